delete from news.story_articles where article_id = any (%(alone)s::uuid[])
