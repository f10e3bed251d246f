-- fail
-- Every link of every crawl has one outcome, every attempt of the manifest is a row: nothing was lost without a word.
select
  a.crawl_id,
  a.silent_losses,
  'links discovered: ' || a.links_discovered || ', not accounted for: ' || a.silent_losses as reason
from news.crawl_accounting as a
where a.silent_losses <> 0 and (%(crawl_ids)s::text[] is null or a.crawl_id = any (%(crawl_ids)s))

union all

select
  c.crawl_id,
  abs(k.stated - k.kept),
  'attempts in the manifest: ' || k.stated || ', rows in fetches: ' || k.kept
from news.crawls as c
cross join lateral (
  select
    (select coalesce(sum(value::bigint), 0) from jsonb_each_text(c.fetch_outcomes)) as stated,
    (select count(*) from news.fetches as f where f.crawl_id = c.crawl_id) as kept
) as k
where k.stated <> k.kept and (%(crawl_ids)s::text[] is null or c.crawl_id = any (%(crawl_ids)s))
