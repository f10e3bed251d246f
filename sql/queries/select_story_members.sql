select
  a.article_id, a.key, a.outlet, a.title, a.published_at, a.story_id, m.version_id,
  array(
    select distinct t.target from news.tags as t
    where t.version_id = a.current_version_id and t.kind = 'place' and t.target not similar to 'SY[0-9]{2}'
  ) as places,
  case when m.version_id is not null then a.text end as text
from news.articles as a
left join news.fingerprints as m on m.version_id = a.current_version_id
where a.story_id = any (%(story_ids)s::uuid[])
order by a.article_id
