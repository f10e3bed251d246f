-- What a 304 of this crawl confirms: the article that the page's last body was. Of a home page or an error page it confirms
-- that, and no article.
create temp table staged_confirmed on commit drop as
select a.article_id, f.fetched_at
from staged_fetches as f
join lateral (
  select b.article_id
  from news.fetches as b
  where b.key = f.key and b.purpose = 'page' and b.outcome = 'ok' and b.fetched_at < f.fetched_at
  order by b.fetched_at desc
  limit 1
) as body on true
join news.articles as a on a.article_id = body.article_id
where f.purpose = 'page' and f.outcome = 'not_modified'
