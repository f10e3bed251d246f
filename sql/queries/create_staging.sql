-- Where a load's records arrive by COPY before they are merged. Gone with the transaction.
create temp table staged_fetches (like news.fetches) on commit drop;

create temp table staged_links (
  position_in_crawl integer not null, key text not null, url text not null, feed_url text not null, title text,
  published_raw text, published_at timestamptz, fate text not null, reason text not null, detail text not null
) on commit drop;

create temp table staged_articles (
  article_id uuid not null, version_id uuid not null, key text not null, page_key text not null, outlet text not null,
  url text not null,
  canonical_url text not null, title text not null, text text not null, authors text[] not null,
  published_at timestamptz, published_precision text, published_from text, published_raw text, published_timezone text,
  modified_at timestamptz, language text not null, language_confidence real not null, date_candidates jsonb not null,
  flags text[] not null, word_count integer not null, content_sha256 text not null, body_sha256 text not null,
  crawl_id text not null, fetch_sequence integer not null, fetched_at timestamptz not null, extractor text not null,
  cleaner text not null, rules text[] not null, kind text not null, languages text[] not null, passages jsonb not null,
  -- from the profile
  relevance real, relevance_evidence text[] not null default '{}', tagger text
) on commit drop;

-- texts that are a known version but for noise
create temp table staged_sightings (
  version_id uuid not null, article_id uuid not null, page_key text not null, fetched_at timestamptz not null
) on commit drop;

create temp table staged_rejections (like news.rejections) on commit drop;

create temp table staged_tags (like news.tags) on commit drop;

create temp table staged_profiles (
  version_id uuid not null, relevance real not null, relevance_evidence text[] not null, tagger text not null
) on commit drop;

create temp table staged_parts (like news.article_parts) on commit drop;

create temp table staged_reports (like news.reports) on commit drop;

create temp table staged_statements (like news.statements) on commit drop;

create temp table staged_statement_roles (like news.statement_roles) on commit drop;

create temp table staged_statement_sites (like news.statement_sites) on commit drop;

create temp table staged_statement_numbers (like news.statement_numbers) on commit drop;

create temp table staged_statement_citations (like news.statement_citations) on commit drop
