-- The validators each feed of an outlet sent with its last full answer.
select distinct on (f.first_url) f.first_url, f.etag, f.last_modified, f.fetched_at
from news.fetches as f
join news.crawls as c using (crawl_id)
where c.outlet = %(outlet)s and f.purpose = 'feed' and f.outcome = 'ok'
order by f.first_url, c.started_at desc, f.sequence desc
