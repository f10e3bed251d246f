insert into news.statements
select s.*
from staged_statements as s
where s.version_id in (select version_id from staged_articles)
  and not exists (
    select from news.statements as n
    where (s.version_id, s.method, s.statement_number) = (n.version_id, n.method, n.statement_number))
order by s.version_id, s.method, s.statement_number
on conflict do nothing
