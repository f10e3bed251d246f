-- What the rows of `articles` this load touched should say, from all their versions and the current one's tags.
create temp table staged_current on commit drop as
with
touched as (
  select article_id from staged_articles
  union
  select article_id from staged_sightings
  union
  select article_id from staged_left
  union
  select article_id from staged_confirmed
),
spans as (
  select
    article_id, count(*)::integer as version_count, min(first_seen_at) as first_seen_at, max(last_seen_at) as last_seen_at
  from news.article_versions
  join touched using (article_id)
  group by article_id
),
shown as (  -- the text seen last; of one fetch cleaned twice, the later cleaning
  select distinct on (article_id) *
  from news.article_versions
  join touched using (article_id)
  order by article_id, last_seen_at desc, created_at desc, content_sha256
),
dated as (  -- the best founded date any of the texts carries
  select distinct on (article_id)
    article_id, published_at, published_precision, published_from, published_raw, published_timezone
  from news.article_versions
  join touched using (article_id)
  order by article_id, array_position(%(origins)s, published_from) nulls last, last_seen_at desc, content_sha256
),
visited as (
  select a.article_id, f.key as page_key
  from touched
  join news.articles as a using (article_id)
  cross join lateral (
    select n.key
    from news.fetches as n
    where n.article_id = a.article_id
    order by n.key <> a.key, n.fetched_at, n.key
    limit 1
  ) as f
),
located as (
  select s.article_id, array_agg(distinct t.governorate order by t.governorate) as governorates
  from shown as s
  join news.tags as t on t.version_id = s.version_id
  where t.kind = 'place' and t.governorate is not null
  group by s.article_id
)
select
  s.article_id, s.version_id, s.url, s.canonical_url, s.authors, s.modified_at, s.language, s.language_confidence,
  s.kind, s.languages, s.relevance,
  d.published_at, d.published_precision, d.published_from, d.published_raw, d.published_timezone,
  coalesce(l.governorates, '{}') as governorates, p.version_count, p.first_seen_at, p.last_seen_at,
  w.page_key
from shown as s
join spans as p using (article_id)
join dated as d using (article_id)
left join located as l using (article_id)
left join visited as w using (article_id)
order by s.article_id;

analyze staged_current
