-- fail
-- A text belongs to the article that its fetch brought. An erased address names none any more.
select v.version_id, v.article_id, 'its fetch brought another article' as reason
from news.article_versions as v
join news.fetches as f on (f.crawl_id, f.sequence) = (v.crawl_id, v.fetch_sequence)
where f.article_id <> v.article_id
