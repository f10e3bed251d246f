-- The places by which some articles were found and are no longer.
delete from news.report_places as p
where p.article_id = any (%(placed_ids)s::uuid[])
  and not exists (
    select from unnest(%(places)s::text[], %(days)s::date[], %(place_articles)s::uuid[]) as n (place, about, article_id)
    where (n.place, n.about, n.article_id) = (p.place, p.about, p.article_id))
