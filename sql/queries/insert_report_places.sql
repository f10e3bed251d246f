insert into news.report_places (place, about, article_id)
select n.place, n.about, n.article_id
from unnest(%(places)s::text[], %(days)s::date[], %(place_articles)s::uuid[]) as n (place, about, article_id)
order by n.place, n.about, n.article_id
on conflict do nothing
