-- Current versions that a name may mean: by the start of the key, of which the id is one, or by an address of the page, which
-- may be one of several. Two rows are enough to know that a name is not clear. The function stands in a sub-select, so that it
-- is asked once and not for each row: of 100 thousand that was 2.4 s instead of 0.1.
select a.key, a.outlet, a.outlet_name, a.title, a.text, a.url, a.canonical_url, a.language, a.language_confidence,
       a.published_at, a.published_precision, a.published_from, a.published_raw,
       v.version_id, v.content_sha256, v.body_sha256, v.crawl_id, v.fetch_sequence, v.fetched_at, v.extractor, v.cleaner,
       v.relevance, v.relevance_evidence, v.tagger
from news.articles as a
join news.article_versions as v on v.version_id = a.current_version_id
where a.key like %(key)s || '%%' or a.url = %(url)s or a.canonical_url = %(url)s or a.article_id = (select news.article_at(%(key)s))
order by a.key
limit 2
