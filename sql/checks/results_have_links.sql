-- fail
-- Every article and rejection of a crawl belongs to a link of that crawl that says so.
select v.crawl_id, a.key, 'article of a fetch whose crawl has no such link' as reason
from news.article_versions as v
join news.articles as a using (article_id)
join news.fetches as f on (f.crawl_id, f.sequence) = (v.crawl_id, v.fetch_sequence)
where (%(crawl_ids)s::text[] is null or v.crawl_id = any (%(crawl_ids)s))
  and not exists (
    select from news.links as l
    where l.crawl_id = v.crawl_id and l.key = f.key)

union all

select r.crawl_id, r.key, 'rejection of a fetch whose crawl has no such link'
from news.rejections as r
where (%(crawl_ids)s::text[] is null or r.crawl_id = any (%(crawl_ids)s))
  and not exists (
    select from news.links as l
    where l.crawl_id = r.crawl_id and l.key = r.key and l.outcome in ('rejected', 'quarantined'))
