-- What has little to do with Syria, and why it is thought so
-- Nothing is filtered by the score: put `where relevance >= 0.5` into your own query if you want that.
select a.outlet_name as outlet, a.kind, a.relevance, v.relevance_evidence[:3] as evidence, left(a.title, 60) as title
from news.articles as a
join news.article_versions as v on v.version_id = a.current_version_id
where a.relevance < 0.5
order by a.relevance, a.article_id
limit 30
