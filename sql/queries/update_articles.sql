-- Being seen again is no change: updated_at moves only when something a reader would notice did.
update news.articles as a set
  url = c.url, canonical_url = c.canonical_url, authors = c.authors, modified_at = c.modified_at,
  language_confidence = c.language_confidence, kind = c.kind, languages = c.languages,
  relevance = c.relevance, published_at = c.published_at,
  published_precision = c.published_precision, published_from = c.published_from, published_raw = c.published_raw,
  published_timezone = c.published_timezone, governorates = c.governorates, version_count = c.version_count,
  first_seen_at = c.first_seen_at, last_seen_at = c.last_seen_at, page_key = coalesce(c.page_key, a.page_key),
  updated_at = case
    when (a.url, a.canonical_url, a.authors, a.modified_at, a.language_confidence, a.kind, a.languages, a.relevance, a.published_at,
          a.published_precision, a.published_from, a.published_raw, a.published_timezone, a.governorates,
          a.version_count, a.first_seen_at)
      is distinct from
         (c.url, c.canonical_url, c.authors, c.modified_at, c.language_confidence, c.kind, c.languages, c.relevance, c.published_at,
          c.published_precision, c.published_from, c.published_raw, c.published_timezone, c.governorates,
          c.version_count, c.first_seen_at)
    then now() else a.updated_at end
from staged_current as c
where a.article_id = c.article_id
  and (a.url, a.canonical_url, a.authors, a.modified_at, a.language_confidence, a.kind, a.languages, a.relevance, a.published_at, a.published_precision,
       a.published_from, a.published_raw, a.published_timezone, a.governorates, a.version_count, a.first_seen_at,
       a.last_seen_at, a.page_key)
    is distinct from
      (c.url, c.canonical_url, c.authors, c.modified_at, c.language_confidence, c.kind, c.languages, c.relevance, c.published_at, c.published_precision,
       c.published_from, c.published_raw, c.published_timezone, c.governorates, c.version_count, c.first_seen_at,
       c.last_seen_at, coalesce(c.page_key, a.page_key))
