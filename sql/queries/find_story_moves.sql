-- What became of the articles of a story: where they went and when, the last move first.
select to_story_id, moved_at, article_count
from news.story_moves
where from_story_id = %(story_id)s
order by moved_at desc, move_id desc
