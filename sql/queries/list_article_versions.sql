-- All versions of an article, as explain_article gives the current one.
select a.key, a.outlet, a.outlet_name, v.title, v.text, v.url, v.canonical_url, v.language, v.language_confidence,
       v.published_at, v.published_precision, v.published_from, v.published_raw,
       v.version_id, v.content_sha256, v.body_sha256, v.crawl_id, v.fetch_sequence, v.fetched_at, v.extractor, v.cleaner,
       v.relevance, v.relevance_evidence, v.tagger, v.version_number, v.first_seen_at, v.last_seen_at
from news.articles as a
join news.article_versions as v using (article_id)
where a.key = %(key)s
order by v.version_number
