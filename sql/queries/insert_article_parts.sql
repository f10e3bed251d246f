insert into news.article_parts
select s.*
from staged_parts as s
where s.version_id in (select version_id from staged_articles)
  and not exists (
    select from news.article_parts as p where (s.version_id, s.part_number) = (p.version_id, p.part_number))
order by s.version_id, s.part_number
on conflict do nothing
