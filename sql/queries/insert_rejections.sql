insert into news.rejections
select s.*
from staged_rejections as s
where not exists (
  select from news.rejections as r where r.crawl_id = s.crawl_id and r.sequence = s.sequence)
order by s.sequence
on conflict do nothing
