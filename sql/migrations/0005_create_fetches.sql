create table news.fetches (
  crawl_id text not null references news.crawls,
  sequence integer not null,
  purpose text not null constraint fetches_purpose_listed check (purpose in ('robots', 'feed', 'page')),
  key text,
  url text not null,
  first_url text not null,
  outcome text not null constraint fetches_outcome_listed check (outcome in (
    'ok', 'redirected', 'not_modified', 'not_found', 'gone', 'forbidden', 'rate_limited', 'client_error', 'server_error',
    'unexpected_status', 'empty', 'timeout', 'dns_failed', 'connection_failed', 'tls_error', 'truncated', 'too_large',
    'decode_failed', 'redirect_limit', 'redirect_offsite', 'address_blocked', 'bad_url', 'robots_denied',
    'robots_unreachable', 'not_in_replay')),
  detail text not null default '',
  status_code integer,
  fetched_at timestamptz not null,
  elapsed_ms integer,
  content_type text,
  etag text,
  last_modified text,
  redirect_to text,
  is_conditional boolean not null,
  server_ip text,
  tls_verified boolean,
  body_bytes bigint,
  body_sha256 text,
  warc_file text,
  warc_offset bigint,
  payload_file text,
  payload_offset bigint,
  primary key (crawl_id, sequence)
);

create index fetches_by_key on news.fetches (key, fetched_at) where key is not null;
create index fetches_by_body on news.fetches (body_sha256) where body_sha256 is not null;

comment on table news.fetches is 'One row per attempt to fetch one URL, whatever came of it. A redirect hop is an attempt of its own.';
comment on column news.fetches.crawl_id is 'The crawl.';
comment on column news.fetches.sequence is '0-based number of the attempt within its crawl, in the order attempts ended.';
comment on column news.fetches.purpose is 'robots: robots.txt. feed: a list of links. page: a page a link leads to.';
comment on column news.fetches.key is 'SHA-256 (hex) of the page''s canonical URL, the same as articles.key; null for feeds and robots.txt.';
comment on column news.fetches.url is 'URL requested in this attempt.';
comment on column news.fetches.first_url is 'URL where the chain of redirects began; the same as url for its first hop.';
comment on column news.fetches.outcome is 'How the attempt ended: ok, redirected, not_modified (304), or the kind of failure. In a replay not_in_replay says the recording holds no answer.';
comment on column news.fetches.detail is 'One line on the outcome, control characters escaped.';
comment on column news.fetches.status_code is 'HTTP status; null when no answer came.';
comment on column news.fetches.fetched_at is 'When the attempt ended.';
comment on column news.fetches.elapsed_ms is 'How long it took, in milliseconds.';
comment on column news.fetches.content_type is 'Content-Type header.';
comment on column news.fetches.etag is 'ETag header.';
comment on column news.fetches.last_modified is 'Last-Modified header.';
comment on column news.fetches.redirect_to is 'Where a redirect points.';
comment on column news.fetches.is_conditional is 'Whether the server was asked to answer only if the page changed.';
comment on column news.fetches.server_ip is 'Address that answered.';
comment on column news.fetches.tls_verified is 'Whether the server''s certificate was verified; null where there was none.';
comment on column news.fetches.body_bytes is 'Size of the body in bytes, content encoding undone.';
comment on column news.fetches.body_sha256 is 'SHA-256 (hex) of the body, content encoding undone: the bytes the cleaner reads.';
comment on column news.fetches.warc_file is 'Archive file that keeps the answer, below the archive''s root.';
comment on column news.fetches.warc_offset is 'Byte offset of the response (or revisit) record in warc_file.';
comment on column news.fetches.payload_file is 'Archive file with the bytes where the record is a revisit of an identical earlier answer.';
comment on column news.fetches.payload_offset is 'Byte offset of that earlier record in payload_file.';
