-- Other articles that some of these pages led to at another time: what was received for them under these keys goes as well.
select distinct a.key, a.url
from news.fetches as f
join news.articles as a on a.article_id = f.article_id
where f.key = any (%(keys)s::text[]) and a.key <> %(key)s
order by a.url
