insert into news.story_articles as s (article_id, story_id, relation, similarity, method, method_version)
select n.article_id, n.story_id, n.relation, n.similarity, %(method)s, %(method_version)s
from unnest(%(article_ids)s::uuid[], %(member_story_ids)s::uuid[], %(relations)s::text[], %(similarities)s::real[])
  as n (article_id, story_id, relation, similarity)
left join news.story_articles as o using (article_id)
where (o.story_id, o.relation, o.similarity, o.method, o.method_version)
  is distinct from (n.story_id, n.relation, n.similarity, %(method)s, %(method_version)s)
order by n.article_id
on conflict (article_id) do update set
  story_id = excluded.story_id, relation = excluded.relation, similarity = excluded.similarity, method = excluded.method,
  method_version = excluded.method_version
