select count(*) as stories, coalesce(sum(article_count), 0)::bigint as articles from news.stories
