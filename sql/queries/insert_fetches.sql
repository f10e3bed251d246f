insert into news.fetches
select s.*
from staged_fetches as s
where not exists (
  select from news.fetches as f where f.crawl_id = s.crawl_id and f.sequence = s.sequence)
order by s.sequence
on conflict do nothing
