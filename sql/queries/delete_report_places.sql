-- The keys by which some articles were found and are no longer.
delete from news.report_places as p
where p.article_id = any (%(placed_ids)s::uuid[])
  and not exists (
    select
    from unnest(
      %(places)s::text[], %(days)s::date[], %(first_days)s::date[], %(last_days)s::date[], %(place_articles)s::uuid[])
      as n (place, about, first_day, last_day, article_id)
    where n.article_id = p.article_id
      and (n.place, n.about, n.first_day, n.last_day) is not distinct from (p.place, p.about, p.first_day, p.last_day))
