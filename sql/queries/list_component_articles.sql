select article_id from news.story_components where component = any (%(components)s::uuid[])
