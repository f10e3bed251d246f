-- New pages, complete at once: an update right after would write the search index twice.
insert into news.articles (
  article_id, key, page_key, outlet, outlet_name, url, canonical_url, title, text, authors, published_at, published_precision,
  published_from, published_raw, published_timezone, modified_at, language, language_confidence, kind,
  languages, relevance, governorates, version_count, current_version_id, first_seen_at, last_seen_at)
select
  s.article_id, s.key, s.page_key, s.outlet, o.name, s.url, s.canonical_url, s.title, s.text, s.authors, s.published_at,
  s.published_precision, s.published_from, s.published_raw, s.published_timezone, s.modified_at, s.language,
  s.language_confidence, s.kind, s.languages, s.relevance, coalesce(g.governorates, '{}'), 1, s.version_id, s.fetched_at, s.fetched_at
from staged_articles as s
join news.outlets as o on o.outlet = s.outlet
left join (
  select version_id, array_agg(distinct governorate order by governorate) as governorates
  from staged_tags
  where kind = 'place' and governorate is not null
  group by version_id
) as g on g.version_id = s.version_id
where not exists (select from news.articles as a where a.article_id = s.article_id)
order by s.key  -- two loads that meet wait for each other instead of deadlocking
on conflict do nothing
