-- All articles of groups of copies, the group's first one included.
select
  a.article_id, a.key, a.outlet, a.title, news.out_by(a.published_at, a.published_precision),
  coalesce(a.copy_of, a.article_id) as group_id, m.version_id,
  case when m.version_id is not null then a.text end as text,
  coalesce(a.published_at, a.first_seen_at) as at, m.period, null as reach,
  case when m.method_version = %(method_version)s then m.marks end as marks
from (
  select unnest(%(group_ids)s::uuid[]) as article_id
  union
  select p.article_id from news.copy_pairs as p where p.first_article_id = any (%(group_ids)s::uuid[])
) as g
join news.articles as a using (article_id)
left join news.fingerprints as m on m.version_id = a.current_version_id
order by a.article_id
