insert into news.copy_pairs as p (article_id, first_article_id, relation, similarity, method, method_version)
select n.article_id, n.first_article_id, n.relation, n.similarity, %(method)s, %(method_version)s
from unnest(%(article_ids)s::uuid[], %(first_article_ids)s::uuid[], %(relations)s::text[], %(similarities)s::real[])
  as n (article_id, first_article_id, relation, similarity)
left join news.copy_pairs as o using (article_id)
where (o.first_article_id, o.relation, o.similarity, o.method, o.method_version)
  is distinct from (n.first_article_id, n.relation, n.similarity, %(method)s, %(method_version)s)
order by n.article_id
on conflict (article_id) do update set
  first_article_id = excluded.first_article_id, relation = excluded.relation, similarity = excluded.similarity,
  method = excluded.method, method_version = excluded.method_version
