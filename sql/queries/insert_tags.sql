insert into news.tags
select s.*
from staged_tags as s
where s.version_id in (select version_id from staged_articles)
  and not exists (
    select from news.tags as t
    where (s.version_id, s.kind, s.field, s.start_offset, s.end_offset, s.target)
        = (t.version_id, t.kind, t.field, t.start_offset, t.end_offset, t.target))
order by s.version_id, s.kind, s.field, s.start_offset, s.end_offset, s.target
on conflict do nothing
