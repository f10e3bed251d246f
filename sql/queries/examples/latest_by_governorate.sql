-- The latest article that names each governorate
-- Change the number to see more of each.
with
ranked as (
  select
    g.governorate, a.outlet_name, a.title, a.language, a.published_at, a.url,
    row_number() over (partition by g.governorate order by a.published_at desc nulls last, a.article_id) as place
  from news.articles as a
  cross join unnest(a.governorates) as g (governorate)
)
select
  coalesce(p.name_en, r.governorate) as governorate,
  r.outlet_name as outlet,
  r.title,
  to_char(r.published_at at time zone 'Asia/Damascus', 'YYYY-MM-DD HH24:MI') as published_damascus
from ranked as r
left join news.places as p on p.place_id = r.governorate
where r.place <= 1
order by r.published_at desc nulls last, 1
