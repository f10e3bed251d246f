-- Someone's own query, as one statement: opened from inside, where a second one after a semicolon is refused.
select set_config('bulletins.export', %(query)s, true);
do $$
declare
  export refcursor := 'export';
begin
  open export for execute current_setting('bulletins.export');
end
$$
