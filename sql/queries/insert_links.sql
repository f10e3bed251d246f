insert into news.links (
  crawl_id, position_in_crawl, key, url, feed_url, title, published_raw, published_at, outcome, reason, detail)
select
  %(crawl_id)s, s.position_in_crawl, s.key, s.url, s.feed_url, s.title, s.published_raw, s.published_at, s.outcome,
  s.outcome_reason, s.outcome_detail
from staged_link_outcomes as s
where not exists (
  select from news.links as l where l.crawl_id = %(crawl_id)s and l.position_in_crawl = s.position_in_crawl)
order by s.position_in_crawl
on conflict do nothing
