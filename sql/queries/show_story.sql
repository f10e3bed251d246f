-- A story's articles in order, by its id (or the id of one that went into it) or by an article of it.
with recursive
followed as (
  select %(story_id)s::uuid as story_id, array[%(story_id)s::uuid] as seen
  union all
  select m.to_story_id, f.seen || m.to_story_id
  from followed as f
  cross join lateral (
    select to_story_id from news.story_moves
    where from_story_id = f.story_id and to_story_id is not null
      and not exists (select from news.stories as s where s.story_id = f.story_id)
    order by moved_at desc, article_count desc, move_id desc
    limit 1
  ) as m
  where not m.to_story_id = any (f.seen)
)
select r.*
from news.story_reports as r
where r.story_id in (select story_id from followed)
   or r.story_id = (select story_id from news.articles where key = %(key)s)
order by r.position
