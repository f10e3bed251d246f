-- Every mention of a place with the words around it
-- Write your own place into `wanted`; as it stands: the place named most. start_offset finds it again in the text.
with
wanted as (
  select place_id from news.mentions_by_place group by place_id order by sum(mentions) desc, place_id limit 1
)
select
  a.outlet_name as outlet,
  t.start_offset,
  '…' || regexp_replace(substr(v.text, greatest(t.start_offset - 39, 1), least(t.start_offset, 40)), '\s+', ' ', 'g') as before,
  t.matched,
  regexp_replace(substr(v.text, t.end_offset + 1, 40), '\s+', ' ', 'g') || '…' as after,
  a.url
from wanted as w
join news.tags as t on t.kind = 'place' and t.target = w.place_id and t.field = 'text'
join news.article_versions as v using (version_id)
join news.articles as a on a.current_version_id = v.version_id
order by a.published_at desc nulls last, a.article_id, t.start_offset
