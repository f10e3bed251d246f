-- The newest texts of an outlet, to learn which lines recur in them. The newest, because a site's lines change with it.
select a.article_id, a.title, a.text
from news.articles as a
where a.outlet = %(outlet)s
order by a.first_seen_at desc, a.article_id
limit %(most)s
