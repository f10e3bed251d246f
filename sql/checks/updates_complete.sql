-- fail
-- Whoever pages through changes is told of every article, under the time of its last change, and of no other.
select coalesce(a.article_id, u.article_id) as article_id, 'articles and article_updates differ' as reason
from news.articles as a
full join news.article_updates as u on (u.updated_at, u.article_id) = (a.updated_at, a.article_id)
where a.article_id is null or u.article_id is null
