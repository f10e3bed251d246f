select
  a.article_id, a.key, a.outlet, a.title, a.published_at, a.story_id, a.current_version_id as version_id, a.text
from news.articles as a
where a.article_id > %(after)s
  and not exists (select from news.fingerprints as m where m.version_id = a.current_version_id)
order by a.article_id
limit %(most)s
