-- Days on which we looked at an outlet not at all, or could not get all of its pages
-- Read this before taking a quiet day for a quiet day. Days on which all went well come last.
select
  outlet,
  day,
  case
    when is_gap then 'not crawled'
    when missed > 0 then missed || ' of ' || links || ' links missed'
    else 'complete'
  end as coverage,
  crawls,
  articles
from news.coverage_daily
order by is_gap desc, missed desc, day desc, outlet
