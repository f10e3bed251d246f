create table news.rejections (
  crawl_id text not null,
  sequence integer not null,
  key text not null,
  outlet text not null references news.outlets,
  url text not null,
  reason text not null constraint rejections_reason_listed check (reason in (
    'not_html', 'undecodable', 'too_large', 'empty', 'too_short', 'extract_lost', 'listing', 'homepage', 'soft_404',
    'challenge', 'consent', 'login', 'parked',
    'clean_timeout', 'clean_memory', 'clean_crashed')),
  detail text not null default '',
  body_sha256 text not null,
  cleaner text not null,
  fetched_at timestamptz not null,
  primary key (crawl_id, sequence),
  foreign key (crawl_id, sequence) references news.fetches
);

create index rejections_by_key on news.rejections (key);

comment on table news.rejections is 'Pages that were fetched and are no article, with the reason. Their bytes stay in the archive; a mended cleaner can turn them into articles.';
comment on column news.rejections.crawl_id is 'The crawl.';
comment on column news.rejections.sequence is 'The fetch in that crawl.';
comment on column news.rejections.key is 'SHA-256 (hex) of the canonical URL.';
comment on column news.rejections.outlet is 'The outlet.';
comment on column news.rejections.url is 'URL the page was read from.';
comment on column news.rejections.reason is 'Why it is no article. clean_timeout, clean_memory and clean_crashed are quarantined: the cleaner failed, not the page.';
comment on column news.rejections.detail is 'One line of evidence.';
comment on column news.rejections.body_sha256 is 'SHA-256 (hex) of the page''s bytes.';
comment on column news.rejections.cleaner is 'Version of the cleaning rules that decided.';
comment on column news.rejections.fetched_at is 'When the page was fetched.';
