-- Who says what of whom: events of the last month with the source they come from, not the one that published them
-- The origin is the last of the chain; without one it is the publisher's own word.
select e.day_first as day, e.outlet as publisher, coalesce(e.sources[cardinality(e.sources)], e.outlet) as origin,
  e.event_name, e.place_names, e.doers, e.targets, e.sides, e.killed_low, e.hedges, left(e.literal, 80) as words
from news.events as e
where e.day_first > (select max(day_first) from news.events) - 31
order by e.day_first desc, e.outlet, e.article_id, e.statement_number
limit 40
