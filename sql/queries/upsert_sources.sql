insert into news.sources as p (source_id, kind, name)
select r.source_id, r.kind, r.name
from jsonb_to_recordset(%(rows)s) as r (source_id text, kind text, name text)
left join news.sources as o using (source_id)
where o.source_id is null or (o.kind, o.name) is distinct from (r.kind, r.name)
order by r.source_id
on conflict (source_id) do update set kind = excluded.kind, name = excluded.name
