-- An article's current text by id or by key, with the day it is read as being of.
select a.title, a.text, a.outlet, (coalesce(a.published_at, a.first_seen_at) at time zone 'Asia/Damascus')::date
from news.articles as a
where a.article_id = %(article_id)s::uuid or a.key = %(key)s
