insert into news.stories as s (story_id, first_article_id, article_count, outlet_count, method, method_version)
select n.story_id, n.first_article_id, n.article_count, n.outlet_count, %(method)s, %(method_version)s
from unnest(
  %(story_ids)s::uuid[], %(first_article_ids)s::uuid[], %(article_counts)s::integer[], %(outlet_counts)s::integer[],
  %(changed)s::boolean[]) as n (story_id, first_article_id, article_count, outlet_count, is_changed)
left join news.stories as o using (story_id)
where o.story_id is null or n.is_changed
   or (o.first_article_id, o.article_count, o.outlet_count, o.method, o.method_version)
     is distinct from (n.first_article_id, n.article_count, n.outlet_count, %(method)s, %(method_version)s)
order by n.story_id
on conflict (story_id) do update set
  first_article_id = excluded.first_article_id, article_count = excluded.article_count,
  outlet_count = excluded.outlet_count, method = excluded.method, method_version = excluded.method_version,
  updated_at = now()
