select
  a.article_id, a.key, a.outlet, news.out_by(a.published_at, a.published_precision),
  coalesce(a.copy_of, a.article_id) as first_id, a.story_id, r.record::text
from news.articles as a
left join news.reports as r on r.version_id = a.current_version_id
where a.article_id = any (%(article_ids)s::uuid[])
order by a.article_id
