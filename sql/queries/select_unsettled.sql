select article_id from news.unsettled where stage = %(stage)s order by article_id limit %(most)s
