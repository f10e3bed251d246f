-- When a text was seen first and last: by the fetches that brought it, with other noise or without, and by the 304s that
-- confirmed the current one.
with
sightings as (
  select version_id, fetched_at from staged_articles
  union all
  select version_id, fetched_at from staged_sightings
  union all
  select a.current_version_id, c.fetched_at
  from staged_confirmed as c
  join news.articles as a using (article_id)
  where c.fetched_at > a.first_seen_at
),
spans as (
  select version_id, min(fetched_at) as first_at, max(fetched_at) as last_at from sightings group by version_id
)
update news.article_versions as v set
  first_seen_at = least(v.first_seen_at, s.first_at), last_seen_at = greatest(v.last_seen_at, s.last_at)
from spans as s
where v.version_id = s.version_id and (s.first_at < v.first_seen_at or s.last_at > v.last_seen_at)
