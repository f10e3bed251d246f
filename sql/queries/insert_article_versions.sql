insert into news.article_versions (
  version_id, article_id, version_number, title, text, authors, published_at, published_precision, published_from,
  published_raw, published_timezone, modified_at, url, canonical_url, language, language_confidence, date_candidates,
  flags, word_count, content_sha256, body_sha256, crawl_id, fetch_sequence, fetched_at, extractor, cleaner,
  rules, kind, languages, passages, relevance, relevance_evidence, tagger, first_seen_at, last_seen_at)
select
  s.version_id, s.article_id,
  1 + (select count(*) from news.article_versions as v where v.article_id = s.article_id),
  s.title, s.text, s.authors, s.published_at, s.published_precision, s.published_from, s.published_raw,
  s.published_timezone, s.modified_at, s.url, s.canonical_url, s.language, s.language_confidence, s.date_candidates,
  s.flags, s.word_count, s.content_sha256, s.body_sha256, s.crawl_id, s.fetch_sequence, s.fetched_at, s.extractor,
  s.cleaner, s.rules, s.kind, s.languages, s.passages, s.relevance, s.relevance_evidence, s.tagger, s.fetched_at,
  s.fetched_at
from staged_articles as s
where not exists (select from news.article_versions as v where v.version_id = s.version_id)
order by s.key
on conflict (version_id) do nothing
