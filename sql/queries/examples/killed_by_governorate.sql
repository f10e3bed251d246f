-- Killed people that reports of the last month give, by governorate and kind of event
-- Sums of reports, not of events: two outlets that report one event count twice. Cumulative tolls are not among them.
select g.name_en as governorate, e.event_name, count(*) as reports, sum(e.killed_low) as killed_at_least,
  count(*) filter (where e.killed_low is null) as without_a_number
from news.events as e
cross join unnest(e.governorates) as code
join news.places as g on g.place_id = code
where e.day_first > (select max(day_first) from news.events) - 31
group by g.name_en, e.event_name
order by 4 desc nulls last, 3 desc, 1, 2
limit 40
