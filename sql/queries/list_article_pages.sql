-- The keys of everything that an erasure of the article with this key takes: the article's, of all pages that led to it,
-- and of those that were erased with it.
select %(key)s as key
union
select f.key from news.fetches as f where f.article_id = (select article_id from news.articles where key = %(key)s)
union
select e.key
from news.erasures as e
where coalesce(e.article_key, e.key) = (
  select coalesce(d.article_key, d.key) from news.erasures as d where d.key = %(key)s)
