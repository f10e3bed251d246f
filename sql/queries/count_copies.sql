select count(distinct first_article_id) as groups, count(*) as copies from news.copy_pairs
