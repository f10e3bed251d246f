update news.articles as a set copy_of = n.first_article_id, updated_at = now()
from (
  select article_id, first_article_id
  from unnest(%(article_ids)s::uuid[], %(first_article_ids)s::uuid[]) as m (article_id, first_article_id)
  union all
  select article_id, null from unnest(%(no_copies)s::uuid[]) as l (article_id)
) as n
where a.article_id = n.article_id and a.copy_of is distinct from n.first_article_id
