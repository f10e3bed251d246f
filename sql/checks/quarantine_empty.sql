-- warn
-- Pages on which the cleaner failed wait for it to be mended; their bytes are in the archive.
select crawl_id, outlet, url, reason || ' (' || detail || ')' as reason
from news.rejections
where reason in ('clean_timeout', 'clean_memory', 'clean_crashed')
  and (%(crawl_ids)s::text[] is null or crawl_id = any (%(crawl_ids)s))
