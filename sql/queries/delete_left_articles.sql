select * from news.delete_left_articles(%(article_ids)s::uuid[])
