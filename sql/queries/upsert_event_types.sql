insert into news.event_types as t (
  event_type, name, acled_event, acled_sub_event, cameo, plover_event, plover_mode, plover_context)
select
  r.event_type, r.name, r.acled_event, r.acled_sub_event, array(select jsonb_array_elements_text(r.cameo)), r.plover_event,
  r.plover_mode, r.plover_context
from jsonb_to_recordset(%(rows)s) as r (
  event_type text, name text, acled_event text, acled_sub_event text, cameo jsonb, plover_event text, plover_mode text,
  plover_context text)
left join news.event_types as o using (event_type)
where o.event_type is null
   or (o.name, o.acled_event, o.acled_sub_event, o.cameo, o.plover_event, o.plover_mode, o.plover_context)
     is distinct from (
       r.name, r.acled_event, r.acled_sub_event, array(select jsonb_array_elements_text(r.cameo)), r.plover_event,
       r.plover_mode, r.plover_context)
order by r.event_type
on conflict (event_type) do update set
  name = excluded.name, acled_event = excluded.acled_event, acled_sub_event = excluded.acled_sub_event,
  cameo = excluded.cameo, plover_event = excluded.plover_event, plover_mode = excluded.plover_mode,
  plover_context = excluded.plover_context
