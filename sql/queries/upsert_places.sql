insert into news.places as p (place_id, level, name_en, name_ar, name_ru, governorate, district, latitude, longitude)
select r.place_id, r.level, r.name_en, r.name_ar, r.name_ru, r.governorate, r.district, r.latitude, r.longitude
from jsonb_to_recordset(%(rows)s) as r (
  place_id text, level text, name_en text, name_ar text, name_ru text, governorate text, district text,
  latitude double precision, longitude double precision)
left join news.places as o using (place_id)
where o.place_id is null
   or (o.level, o.name_en, o.name_ar, o.name_ru, o.governorate, o.district, o.latitude, o.longitude)
     is distinct from (r.level, r.name_en, r.name_ar, r.name_ru, r.governorate, r.district, r.latitude, r.longitude)
order by r.place_id
on conflict (place_id) do update set
  level = excluded.level, name_en = excluded.name_en, name_ar = excluded.name_ar, name_ru = excluded.name_ru,
  governorate = excluded.governorate, district = excluded.district, latitude = excluded.latitude,
  longitude = excluded.longitude
