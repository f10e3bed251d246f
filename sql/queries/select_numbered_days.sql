-- Addresses of an outlet's articles whose day a machine-readable date tells, the newest first.
select a.url, (a.published_at at time zone 'Asia/Damascus')::date as day
from news.articles as a
where a.outlet = %(outlet)s
  and a.published_from in ('jsonld', 'meta', 'feed')
  and a.published_precision in ('second', 'minute', 'day')
order by a.published_at desc, a.article_id
limit %(most)s
