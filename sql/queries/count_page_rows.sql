-- What the tables hold of an article and its pages that an erasure would take out, and how far an erasure has come.
select
  a.article_id, a.outlet, a.title, a.url,
  (select count(*) from news.article_versions as v where v.article_id = a.article_id) as versions,
  (select count(*) from news.fetches as f where f.key = any (%(keys)s) and (f.url, f.first_url) <> ('', '')) as fetches,
  (select count(*) from news.links as l where l.key = any (%(keys)s) and (l.url <> '' or l.title is not null)) as links,
  (select count(*) from news.rejections as r where r.key = any (%(keys)s)) as rejections,
  coalesce(s.article_count, 0) as story_articles,
  e.key is not null as is_decided,
  e.erased_at, e.basis, e.decided_by, e.article_key,
  case when not exists (select from news.erasures as u where u.key = any (%(keys)s) and u.finished_at is null) then e.finished_at end
    as finished_at
from (select %(key)s as key) as p
left join news.articles as a using (key)
left join news.stories as s using (story_id)
left join news.erasures as e using (key)
