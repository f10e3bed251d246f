-- Articles that fetches of this crawl brought until now and do not bring any more, since they are known to be another:
-- rules of identity changed, and the crawl was cleaned anew.
create temp table staged_left on commit drop as
select distinct f.article_id
from news.fetches as f
join staged_fetches as s using (crawl_id, sequence)
where f.crawl_id = %(crawl_id)s and f.article_id <> s.article_id
