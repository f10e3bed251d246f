delete from news.unsettled where stage = %(stage)s and article_id = any (%(article_ids)s::uuid[])
