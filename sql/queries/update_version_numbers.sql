with
touched as (
  select article_id from staged_articles
  union
  select article_id from staged_sightings
  union
  select article_id from staged_left
),
ordered as (
  select
    v.version_id,
    row_number() over (partition by v.article_id order by v.first_seen_at, v.created_at, v.content_sha256) as number
  from news.article_versions as v
  join touched using (article_id)
)
update news.article_versions as v set version_number = o.number
from ordered as o
where v.version_id = o.version_id and v.version_number <> o.number
