-- warn
-- What was decided to be erased is out of tables and archive; `bulletins erase --pending` goes on where it is not.
select key, erased_at, 'erased, but not finished' as reason
from news.erasures
where finished_at is null

union all

select distinct l.key, c.started_at, 'a page that turned out to be an erased article; its bytes are in the archive'
from news.links as l
join news.crawls as c using (crawl_id)
where l.outcome = 'rejected' and l.reason = 'erased'
  and not exists (select from news.erasures as e where e.key = l.key)
