-- A known text came again with other metadata. The same fetch cleaned anew replaces all of it; a later fetch replaces
-- what differs, but never a date by a less well founded one: a page that has dropped out of its feed has lost the feed's
-- date, not its publication. An earlier fetch, loaded late, changes nothing.
with
staged as (
  select
    s.*,
    (s.crawl_id, s.fetch_sequence) = (v.crawl_id, v.fetch_sequence) as same_fetch,
    (s.crawl_id, s.fetch_sequence) = (v.crawl_id, v.fetch_sequence)
      or v.published_from is null
      or coalesce(array_position(%(origins)s, s.published_from) <= array_position(%(origins)s, v.published_from), false)
      as takes_date
  from staged_articles as s
  join news.article_versions as v on v.version_id = s.version_id
  where s.fetched_at > v.fetched_at or (s.crawl_id, s.fetch_sequence) = (v.crawl_id, v.fetch_sequence)
)
update news.article_versions as v set
  url = s.url, canonical_url = s.canonical_url, authors = s.authors, modified_at = s.modified_at,
  language = s.language, language_confidence = s.language_confidence, flags = s.flags, body_sha256 = s.body_sha256,
  crawl_id = s.crawl_id, fetch_sequence = s.fetch_sequence, fetched_at = s.fetched_at, extractor = s.extractor,
  cleaner = s.cleaner, rules = s.rules, kind = s.kind, languages = s.languages, passages = s.passages,
  relevance = s.relevance, relevance_evidence = s.relevance_evidence, tagger = s.tagger,
  published_at = case when s.takes_date then s.published_at else v.published_at end,
  published_precision = case when s.takes_date then s.published_precision else v.published_precision end,
  published_from = case when s.takes_date then s.published_from else v.published_from end,
  published_raw = case when s.takes_date then s.published_raw else v.published_raw end,
  published_timezone = case when s.takes_date then s.published_timezone else v.published_timezone end,
  date_candidates = case when s.takes_date then s.date_candidates else v.date_candidates end,
  updated_at = now()
from staged as s
where v.version_id = s.version_id
  and (
    (v.url, v.canonical_url, v.authors, v.modified_at, v.language, v.language_confidence, v.flags, v.extractor,
     v.cleaner, v.rules, v.kind, v.languages, v.passages, v.relevance, v.relevance_evidence, v.tagger)
    is distinct from
    (s.url, s.canonical_url, s.authors, s.modified_at, s.language, s.language_confidence, s.flags, s.extractor,
     s.cleaner, s.rules, s.kind, s.languages, s.passages, s.relevance, s.relevance_evidence, s.tagger)
    or s.takes_date and (
      (v.published_at, v.published_precision, v.published_from, v.published_raw, v.published_timezone)
      is distinct from
      (s.published_at, s.published_precision, s.published_from, s.published_raw, s.published_timezone))
    or s.same_fetch and (v.date_candidates, v.body_sha256) is distinct from (s.date_candidates, s.body_sha256))
