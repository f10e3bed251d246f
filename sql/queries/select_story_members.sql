select
  a.article_id, a.key, a.outlet, a.title, a.published_at, a.story_id, m.version_id,
  case when m.version_id is not null then a.text end as text
from news.articles as a
left join news.fingerprints as m on m.version_id = a.current_version_id
where a.story_id = any (%(story_ids)s::uuid[])
order by a.article_id
