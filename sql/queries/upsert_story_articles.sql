-- What a copy's relation and similarity are stands with its pair.
insert into news.story_articles as s (
  article_id, story_id, other_article_id, relation, similarity, weight, evidence, method, method_version)
select
  n.article_id, n.story_id, n.other_article_id, coalesce(p.relation, n.relation), coalesce(p.similarity, n.similarity),
  n.weight, n.evidence, coalesce(p.method, %(method)s), coalesce(p.method_version, %(method_version)s)
from unnest(
  %(article_ids)s::uuid[], %(member_story_ids)s::uuid[], %(other_article_ids)s::uuid[], %(relations)s::text[],
  %(similarities)s::real[], %(weights)s::real[], %(evidence)s::jsonb[])
  as n (article_id, story_id, other_article_id, relation, similarity, weight, evidence)
left join news.copy_pairs as p on p.article_id = n.article_id and n.relation = 'copy'
left join news.story_articles as o on o.article_id = n.article_id
where (o.story_id, o.other_article_id, o.relation, o.similarity, o.weight, o.evidence, o.method, o.method_version)
  is distinct from (
    n.story_id, n.other_article_id, coalesce(p.relation, n.relation), coalesce(p.similarity, n.similarity), n.weight,
    n.evidence, coalesce(p.method, %(method)s), coalesce(p.method_version, %(method_version)s))
order by n.article_id
on conflict (article_id) do update set
  story_id = excluded.story_id, other_article_id = excluded.other_article_id, relation = excluded.relation,
  similarity = excluded.similarity, weight = excluded.weight, evidence = excluded.evidence, method = excluded.method,
  method_version = excluded.method_version
