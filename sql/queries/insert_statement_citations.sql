insert into news.statement_citations
select s.*
from staged_statement_citations as s
where s.version_id in (select version_id from staged_articles)
  and not exists (
    select from news.statement_citations as n
    where (s.version_id, s.method, s.statement_number, s.position)
        = (n.version_id, n.method, n.statement_number, n.position))
order by s.version_id, s.method, s.statement_number, s.position
on conflict do nothing
