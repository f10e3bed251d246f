select story_id from news.articles where key = %(key)s and story_id is not null
