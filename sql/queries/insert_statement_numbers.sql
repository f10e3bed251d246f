insert into news.statement_numbers
select s.*
from staged_statement_numbers as s
where s.version_id in (select version_id from staged_articles)
  and not exists (
    select from news.statement_numbers as n
    where (s.version_id, s.method, s.statement_number, s.number_number)
        = (n.version_id, n.method, n.statement_number, n.number_number))
order by s.version_id, s.method, s.statement_number, s.number_number
on conflict do nothing
