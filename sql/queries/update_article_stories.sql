update news.articles as a set story_id = n.story_id, updated_at = now()
from (
  select article_id, story_id
  from unnest(%(article_ids)s::uuid[], %(member_story_ids)s::uuid[]) as m (article_id, story_id)
  union all
  select article_id, null from unnest(%(alone)s::uuid[]) as l (article_id)
) as n
where a.article_id = n.article_id and a.story_id is distinct from n.story_id
