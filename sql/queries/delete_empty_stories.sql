delete from news.stories as s
where s.story_id = any (%(old_story_ids)s::uuid[])
  and not exists (select from news.story_articles as m where m.story_id = s.story_id)
