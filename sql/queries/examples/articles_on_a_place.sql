-- One place in one week: which outlets named it, in how many articles and stories, and in what share of their output
-- Write your own place and week into `wanted`; as it stands: the place named most, in the last week it was named.
with
wanted as (
  select place_id, day - 6 as first_day, day as last_day
  from (select place_id, sum(articles) as articles, max(day) as day from news.mentions_by_place group by place_id) as m
  order by articles desc, place_id
  limit 1
),
output as (
  select
    a.outlet, a.outlet_name, a.article_id, a.story_id,
    exists (
      select from news.tags as t
      where t.version_id = a.current_version_id and t.kind = 'place' and t.target = w.place_id) as names_it
  from wanted as w
  join news.articles as a
    on (coalesce(a.published_at, a.first_seen_at) at time zone 'Asia/Damascus')::date between w.first_day and w.last_day
)
select
  (select coalesce(p.name_en, w.place_id) from wanted as w left join news.places as p using (place_id)) as place,
  outlet_name as outlet,
  count(*) filter (where names_it) as articles,
  count(distinct coalesce(story_id, article_id)) filter (where names_it) as stories,
  count(*) as all_articles,
  round(100.0 * count(*) filter (where names_it) / count(*), 1) as percent
from output
group by outlet, outlet_name
having count(*) filter (where names_it) > 0
order by articles desc, outlet
