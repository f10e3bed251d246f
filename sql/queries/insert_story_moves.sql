insert into news.story_moves (from_story_id, to_story_id, article_count)
select n.from_story_id, n.to_story_id, n.article_count
from unnest(%(from_story_ids)s::uuid[], %(to_story_ids)s::uuid[], %(moved_counts)s::integer[])
  as n (from_story_id, to_story_id, article_count)
