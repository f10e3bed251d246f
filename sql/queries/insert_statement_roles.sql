insert into news.statement_roles
select s.*
from staged_statement_roles as s
where s.version_id in (select version_id from staged_articles)
  and not exists (
    select from news.statement_roles as n
    where (s.version_id, s.method, s.statement_number, s.role_number)
        = (n.version_id, n.method, n.statement_number, n.role_number))
order by s.version_id, s.method, s.statement_number, s.role_number
on conflict do nothing
