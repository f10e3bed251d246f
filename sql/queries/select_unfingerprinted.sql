-- Of some articles those whose text has no fingerprint.
select
  a.article_id, a.key, a.outlet, a.title, a.published_at, null::uuid as group_id, a.current_version_id as version_id, a.text,
  coalesce(a.published_at, a.first_seen_at) as at,
  news.period_of(coalesce(a.published_at, a.first_seen_at), %(window)s) as period
from news.articles as a
where a.article_id = any (%(article_ids)s::uuid[])
  and not exists (select from news.fingerprints as m where m.version_id = a.current_version_id)
order by a.article_id
