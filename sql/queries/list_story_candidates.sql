-- The reports that may be of one event with some others: found by a key they share, and no further apart in time than the
-- days that they tell leave open. About days lie within a day of told ones, so that the index narrows the days as well.
select distinct p.article_id
from unnest(%(places)s::text[], %(days)s::date[], %(first_days)s::date[], %(last_days)s::date[])
  as l (place, day, first_day, last_day)
join news.report_places as p
  on p.place = l.place and p.about between l.day - %(window)s::integer and l.day + %(window)s::integer
where p.first_day is null or l.first_day is null
   or (p.first_day <= l.last_day + 1 and p.last_day >= l.first_day - 1)
