-- Of some articles those whose text has no fingerprint, with the periods in which its copies may lie.
select
  a.article_id, a.key, a.outlet, a.title, news.out_by(a.published_at, a.published_precision),
  null::uuid as group_id, a.current_version_id as version_id, a.text,
  t.at, news.period_of(t.at, %(period)s) as period,
  array[
    news.period_of(t.at - make_interval(days => %(window)s), %(period)s),
    news.period_of(t.at + make_interval(days => %(window)s), %(period)s)
  ] as reach,
  null as marks
from news.articles as a
cross join lateral (select coalesce(a.published_at, a.first_seen_at) as at) as t
where a.article_id = any (%(article_ids)s::uuid[])
  and not exists (select from news.fingerprints as m where m.version_id = a.current_version_id)
order by a.article_id
