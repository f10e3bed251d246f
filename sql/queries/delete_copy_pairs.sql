delete from news.copy_pairs where article_id = any (%(no_copies)s::uuid[])
