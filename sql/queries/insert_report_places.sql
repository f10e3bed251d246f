insert into news.report_places (place, about, first_day, last_day, article_id)
select n.place, n.about, n.first_day, n.last_day, n.article_id
from unnest(%(places)s::text[], %(days)s::date[], %(first_days)s::date[], %(last_days)s::date[], %(place_articles)s::uuid[])
  as n (place, about, first_day, last_day, article_id)
order by n.place, n.about, n.article_id
on conflict do nothing
