-- articles is what researchers query; article_versions keeps every text a page ever had. Both derive their ids from the
-- canonical URL, so that a rebuilt database, or anyone else's, has the same ones.

create table news.articles (
  article_id uuid primary key,
  key text not null unique constraint articles_key_form check (key ~ '^[0-9a-f]{64}$'),
  outlet text not null references news.outlets,
  outlet_name text not null,
  url text not null,
  canonical_url text not null,

  -- what the outlet says
  title text not null,
  text text not null,
  authors text[] not null,
  published_at timestamptz,
  published_precision text constraint articles_precision_listed
    check (published_precision in ('second', 'minute', 'day', 'month', 'year')),
  published_from text constraint articles_origin_listed
    check (published_from in ('jsonld', 'meta', 'feed', 'time', 'url', 'visible', 'text')),
  published_raw text,
  published_timezone text,
  modified_at timestamptz,

  -- what we say
  language text not null,
  language_confidence real not null,
  governorates text[] not null default '{}',
  story_id uuid,
  version_count integer not null,
  current_version_id uuid not null unique,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  search tsvector generated always as (news.search_vector(title, text, language)) stored,

  constraint articles_id_from_key check (article_id = left(key, 32)::uuid),
  constraint articles_published_whole check (
    (published_at is null) = (published_precision is null) and (published_at is null) = (published_from is null)),
  constraint articles_seen_order check (first_seen_at <= last_seen_at)
);

create table news.article_versions (
  version_id uuid primary key,
  article_id uuid not null references news.articles on delete cascade,
  version_number integer not null,

  -- what the outlet says
  title text not null,
  text text not null,
  authors text[] not null,
  published_at timestamptz,
  published_precision text constraint article_versions_precision_listed
    check (published_precision in ('second', 'minute', 'day', 'month', 'year')),
  published_from text constraint article_versions_origin_listed
    check (published_from in ('jsonld', 'meta', 'feed', 'time', 'url', 'visible', 'text')),
  published_raw text,
  published_timezone text,
  modified_at timestamptz,

  -- what we say
  url text not null,
  canonical_url text not null,
  language text not null,
  language_confidence real not null,
  date_candidates jsonb not null,
  flags text[] not null,
  word_count integer not null,
  content_sha256 text not null,
  body_sha256 text not null,
  crawl_id text not null,
  fetch_sequence integer not null,
  fetched_at timestamptz not null,
  extractor text not null,
  cleaner text not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),

  unique (article_id, content_sha256),
  -- checked when the statement ends: an older text found later renumbers the ones after it
  constraint article_versions_number unique (article_id, version_number) deferrable,
  constraint article_versions_fetch foreign key (crawl_id, fetch_sequence) references news.fetches (crawl_id, sequence),
  constraint article_versions_published_whole check (
    (published_at is null) = (published_precision is null) and (published_at is null) = (published_from is null)),
  constraint article_versions_seen_order check (first_seen_at <= last_seen_at)
);

alter table news.articles add constraint articles_current_version
  foreign key (current_version_id) references news.article_versions deferrable initially deferred;

create index articles_by_outlet on news.articles (outlet, published_at);
create index articles_by_published on news.articles (published_at);
create index articles_by_first_seen on news.articles (first_seen_at);
create index articles_by_updated on news.articles (updated_at, article_id);  -- paging through changes
create index articles_by_story on news.articles (story_id) where story_id is not null;
create index articles_by_governorate on news.articles using gin (governorates);
create index articles_by_words on news.articles using gin (search);
create index articles_by_folded_title on news.articles using gin (news.fold(title) gin_trgm_ops);
create index article_versions_by_fetch on news.article_versions (crawl_id, fetch_sequence);
create index article_versions_by_body on news.article_versions (body_sha256);

comment on table news.articles is 'The table to query: one row per page, with its current text and metadata. Earlier texts are in article_versions. What an outlet wrote is what it said, not what happened.';
comment on column news.articles.article_id is 'First 16 bytes of the SHA-256 of the canonical URL: the same in every database built from the same pages.';
comment on column news.articles.key is 'SHA-256 (hex) of the canonical URL of the link that led here.';
comment on column news.articles.outlet is 'The outlet that published it.';
comment on column news.articles.outlet_name is 'The outlet''s name, so that this table can be read alone.';
comment on column news.articles.url is 'URL the page was read from, redirects followed.';
comment on column news.articles.canonical_url is 'The same without tracking parameters and other variation; for identity, not for fetching.';
comment on column news.articles.title is 'Headline as printed.';
comment on column news.articles.text is 'Text as printed, menus and boilerplate taken off; paragraphs parted by one newline.';
comment on column news.articles.authors is 'Authors as printed; often empty.';
comment on column news.articles.published_at is 'When the outlet says it published this (UTC); start of the day, month or year where that is all it says. Of several texts'' dates the best founded. Null: no sound date was found.';
comment on column news.articles.published_precision is 'How exact published_at is: second, minute, day, month or year.';
comment on column news.articles.published_from is 'Where the date was read, best first: jsonld, meta, feed, time (a <time> element), url, visible (a date line), text.';
comment on column news.articles.published_raw is 'The date as printed.';
comment on column news.articles.published_timezone is 'Time zone or offset that was applied because the printed date had none; null: it carried its own.';
comment on column news.articles.modified_at is 'When the outlet says it last changed this.';
comment on column news.articles.language is 'Language of the text (ISO 639-1; ckb for Sorani, und where unknown).';
comment on column news.articles.language_confidence is 'Confidence of the language, 0-1.';
comment on column news.articles.governorates is 'P-codes of the governorates that its place tags lie in, sorted. Places named, not places where something happened.';
comment on column news.articles.story_id is 'The group of copies and near copies it belongs to; null: none is known.';
comment on column news.articles.version_count is 'How many distinct texts this page has had.';
comment on column news.articles.current_version_id is 'The version shown here: the text seen last.';
comment on column news.articles.first_seen_at is 'When we first fetched this page. Not the publication date.';
comment on column news.articles.last_seen_at is 'When a fetch last confirmed a text of this page (200 or 304).';
comment on column news.articles.created_at is 'When the row was made.';
comment on column news.articles.updated_at is 'When text, metadata, governorates or story last changed; being seen again does not count. Page through changes by (updated_at, article_id).';
comment on column news.articles.search is 'Words of title and text for full-text search; use news.search().';

comment on table news.article_versions is 'Every distinct text of every page, never overwritten. Metadata of a text (date, authors, flags) follows the newest fetch that differs.';
comment on column news.article_versions.version_id is 'First 16 bytes of the SHA-256 of key and content_sha256.';
comment on column news.article_versions.article_id is 'The article.';
comment on column news.article_versions.version_number is '1-based, by first_seen_at. An older text found later (a backfill) renumbers the ones after it; version_id stays.';
comment on column news.article_versions.title is 'Headline as printed.';
comment on column news.article_versions.text is 'Text as printed, menus and boilerplate taken off.';
comment on column news.article_versions.authors is 'Authors as printed.';
comment on column news.article_versions.published_at is 'Publication date found with this text (UTC).';
comment on column news.article_versions.published_precision is 'How exact it is.';
comment on column news.article_versions.published_from is 'Where it was read.';
comment on column news.article_versions.published_raw is 'As printed.';
comment on column news.article_versions.published_timezone is 'Time zone that was applied; null: the date carried its own.';
comment on column news.article_versions.modified_at is 'When the outlet says it last changed this.';
comment on column news.article_versions.url is 'URL the page was read from.';
comment on column news.article_versions.canonical_url is 'The same in canonical form.';
comment on column news.article_versions.language is 'Language of the text.';
comment on column news.article_versions.language_confidence is 'Confidence of the language, 0-1.';
comment on column news.article_versions.date_candidates is 'All dates found on the page, the chosen one included: origin, raw, at, precision, timezone.';
comment on column news.article_versions.flags is 'Quality flags of the cleaner, sorted.';
comment on column news.article_versions.word_count is 'Words in the text, parted by white space.';
comment on column news.article_versions.content_sha256 is 'SHA-256 (hex) of title, newline, text.';
comment on column news.article_versions.body_sha256 is 'SHA-256 (hex) of the page''s bytes this row was made from.';
comment on column news.article_versions.crawl_id is 'The crawl whose fetch this row was made from.';
comment on column news.article_versions.fetch_sequence is 'That fetch''s number in the crawl; its row in fetches names the archive record.';
comment on column news.article_versions.fetched_at is 'When that fetch ended.';
comment on column news.article_versions.extractor is 'Library and version that found the text.';
comment on column news.article_versions.cleaner is 'Version of our own cleaning rules.';
comment on column news.article_versions.first_seen_at is 'Earliest fetch that brought this text.';
comment on column news.article_versions.last_seen_at is 'Latest fetch that brought this text, or was told it had not changed (304).';
comment on column news.article_versions.created_at is 'When the row was made.';
comment on column news.article_versions.updated_at is 'When its metadata last changed.';
