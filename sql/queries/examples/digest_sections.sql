-- Daily bulletins by governorate: what each said of it
-- Headlines and briefs repeat the sections, so they are left out.
select
  (coalesce(a.published_at, a.first_seen_at) at time zone 'Asia/Damascus')::date as day,
  a.outlet_name as outlet,
  coalesce(g.name_en, p.governorates[1]) as governorate,
  left(substr(a.text, p.start_offset + 1, p.end_offset - p.start_offset), 100) as text
from news.articles as a
join news.article_parts as p on p.version_id = a.current_version_id
left join news.places as g on g.place_id = p.governorates[1]
where p.kind = 'section'
order by 1 desc, 2, p.part_number
limit 30
