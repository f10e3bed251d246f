-- When a text was seen first and last: by the fetches that brought it, with other noise or without, and by the 304s that
-- confirmed the current one. A 304 speaks of the last body: where that was a home page or an error page, the article was
-- not seen.
with
sightings as (
  select version_id, fetched_at from staged_articles
  union all
  select version_id, fetched_at from staged_sightings
  union all
  select a.current_version_id, f.fetched_at
  from staged_fetches as f
  join news.articles as a on a.key = f.key
  left join lateral (
    select b.crawl_id, b.sequence
    from news.fetches as b
    where b.key = f.key and b.purpose = 'page' and b.outcome = 'ok' and b.fetched_at < f.fetched_at
    order by b.fetched_at desc
    limit 1
  ) as body on true
  where f.purpose = 'page' and f.outcome = 'not_modified' and f.fetched_at > a.first_seen_at
    and not exists (
      select from news.rejections as r where (r.crawl_id, r.sequence) = (body.crawl_id, body.sequence))
),
spans as (
  select version_id, min(fetched_at) as first_at, max(fetched_at) as last_at from sightings group by version_id
)
update news.article_versions as v set
  first_seen_at = least(v.first_seen_at, s.first_at), last_seen_at = greatest(v.last_seen_at, s.last_at)
from spans as s
where v.version_id = s.version_id and (s.first_at < v.first_seen_at or s.last_at > v.last_seen_at)
