-- Articles for an export. The text of outlets whose licence does not let it be passed on is cut to an extract.
select
  a.article_id, a.outlet, a.outlet_name, a.url, a.canonical_url, a.title,
  case when o.full_text_public or %(full_text)s then a.text else left(a.text, 280) end as text,
  o.full_text_public or %(full_text)s or length(a.text) <= 280 as is_full_text,
  a.authors, a.language, a.published_at, a.published_precision, a.published_from, a.published_raw,
  a.published_timezone, a.modified_at, a.kind, a.languages, a.relevance, a.governorates, a.story_id, a.version_count, v.word_count, v.content_sha256,
  a.first_seen_at, a.last_seen_at, a.updated_at
from news.articles as a
join news.outlets as o using (outlet)
join news.article_versions as v on v.version_id = a.current_version_id
where (%(since)s::date is null
       or coalesce(a.published_at, a.first_seen_at) >= %(since)s::date::timestamp at time zone 'Asia/Damascus')
  and (%(outlets)s::text[] is null or a.outlet = any (%(outlets)s))
  and (%(governorates)s::text[] is null or a.governorates && %(governorates)s)
order by a.article_id
