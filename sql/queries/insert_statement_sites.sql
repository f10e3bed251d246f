insert into news.statement_sites
select s.*
from staged_statement_sites as s
where s.version_id in (select version_id from staged_articles)
  and not exists (
    select from news.statement_sites as n
    where (s.version_id, s.method, s.statement_number, s.site_number)
        = (n.version_id, n.method, n.statement_number, n.site_number))
order by s.version_id, s.method, s.statement_number, s.site_number
on conflict do nothing
