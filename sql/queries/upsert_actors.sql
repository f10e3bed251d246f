insert into news.actors as p (actor_id, name_en, name_ar, name_ru, bloc, active_from, active_until)
select r.actor_id, r.name_en, r.name_ar, r.name_ru, r.bloc, r.active_from, r.active_until
from jsonb_to_recordset(%(rows)s) as r (
  actor_id text, name_en text, name_ar text, name_ru text, bloc text, active_from text, active_until text)
left join news.actors as o using (actor_id)
where o.actor_id is null
   or (o.name_en, o.name_ar, o.name_ru, o.bloc, o.active_from, o.active_until)
     is distinct from (r.name_en, r.name_ar, r.name_ru, r.bloc, r.active_from, r.active_until)
order by r.actor_id
on conflict (actor_id) do update set
  name_en = excluded.name_en, name_ar = excluded.name_ar, name_ru = excluded.name_ru, bloc = excluded.bloc,
  active_from = excluded.active_from, active_until = excluded.active_until
