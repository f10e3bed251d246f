-- warn
-- An article that older rules of cleaning knew by the address of its link, and newer ones by another: `bulletins process`
-- on the crawl moves its texts to where they belong.
select distinct a.article_id, v.crawl_id, a.url, 'its page leads to the same article under another address: ' || b.canonical_url as reason
from news.articles as a
join news.article_versions as v on v.version_id = a.current_version_id
join news.fetches as f on f.key = a.key and f.article_id <> a.article_id
join news.articles as b on b.article_id = f.article_id and b.title = a.title
join news.article_versions as w on w.version_id = b.current_version_id and w.cleaner <> v.cleaner
