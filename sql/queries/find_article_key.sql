select key from news.articles where article_id = news.article_at(%(key)s)
