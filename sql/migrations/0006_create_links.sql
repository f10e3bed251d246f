create table news.links (
  crawl_id text not null references news.crawls,
  position_in_crawl integer not null,
  key text not null,
  url text not null,
  feed_url text not null,
  title text,
  published_raw text,
  published_at timestamptz,
  outcome text constraint links_outcome_listed check (outcome in (
    'loaded_new', 'new_version', 'unchanged', 'already_known', 'duplicate_link', 'not_modified', 'rejected',
    'robots_denied', 'fetch_failed', 'quarantined', 'deferred')),
  reason text not null default '',
  detail text not null default '',
  primary key (crawl_id, position_in_crawl),
  constraint links_rejected_listed check (outcome <> 'rejected' or reason in (
    'bad_url', 'off_domain', 'not_an_article_url',
    'not_html', 'undecodable', 'too_large', 'empty', 'too_short', 'extract_lost', 'listing', 'homepage', 'soft_404',
    'challenge', 'consent', 'login', 'parked',
    'erased')),
  constraint links_fetch_failed_listed check (outcome <> 'fetch_failed' or reason in (
    'ok', 'redirected', 'not_modified', 'not_found', 'gone', 'forbidden', 'rate_limited', 'client_error', 'server_error',
    'unexpected_status', 'empty', 'timeout', 'dns_failed', 'connection_failed', 'tls_error', 'truncated', 'too_large',
    'decode_failed', 'redirect_limit', 'redirect_offsite', 'address_blocked', 'bad_url', 'robots_denied',
    'robots_unreachable', 'not_in_replay')),
  constraint links_quarantined_listed check (outcome <> 'quarantined' or reason in (
    'clean_timeout', 'clean_memory', 'clean_crashed')),
  constraint links_deferred_listed check (outcome <> 'deferred' or reason in (
    'robots_unreachable', 'rate_limited', 'crawl_limit', 'interrupted'))
);

create index links_by_key on news.links (key);

comment on table news.links is 'Every link every crawl discovered, each with exactly one outcome: together they account for the whole crawl.';
comment on column news.links.crawl_id is 'The crawl.';
comment on column news.links.position_in_crawl is '0-based number of the link within its crawl.';
comment on column news.links.key is 'SHA-256 (hex) of the canonical URL: the identity of the page, the same as articles.key.';
comment on column news.links.url is 'URL as the feed wrote it, made absolute.';
comment on column news.links.feed_url is 'The feed that offered it.';
comment on column news.links.title is 'Title the feed gave it.';
comment on column news.links.published_raw is 'Date as the feed wrote it.';
comment on column news.links.published_at is 'That date, parsed; null when it is no sound date.';
comment on column news.links.outcome is 'What became of it. loaded_new: a new article. new_version: new text under a known URL. unchanged: fetched, its text is kept already. already_known: known and not due. duplicate_link: linked earlier in this crawl. not_modified: the server said 304. rejected, robots_denied, fetch_failed, quarantined, deferred: see reason. Null: lost; must never happen and counts as a silent loss.';
comment on column news.links.reason is 'Why it was rejected, failed, quarantined or deferred; empty for other outcomes.';
comment on column news.links.detail is 'One line of evidence for the outcome.';
