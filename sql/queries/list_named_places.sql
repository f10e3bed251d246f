-- The places that texts name, governorates left out: of texts that are alike otherwise they tell one event from another.
select t.version_id, array_agg(distinct t.target)
from news.tags as t
where t.version_id = any (%(version_ids)s::uuid[]) and t.kind = 'place' and t.target is distinct from t.governorate
group by t.version_id
