-- Read only from here on, whatever the query says; and as a reader, where that role is ours to take.
set transaction isolation level repeatable read, read only;
set local statement_timeout = '10min';
select set_config('role', rolname, true)
from pg_roles
where rolname = 'news_reader' and pg_has_role(current_user, oid, 'MEMBER')
