create table news.crawls (
  crawl_id text primary key,
  outlet text not null references news.outlets,
  started_at timestamptz not null,
  finished_at timestamptz not null,
  finish_reason text not null,
  resumed_count integer not null,
  is_forced boolean not null,
  replay text,
  code_version text not null,
  declaration_sha256 text not null,
  links_discovered integer not null,
  link_fates jsonb not null,
  fetch_outcomes jsonb not null,
  stats jsonb not null,
  airflow_run_id text,
  loaded_at timestamptz not null default now()
);

create index crawls_by_outlet on news.crawls (outlet, started_at);

comment on table news.crawls is 'One row per pass over one outlet: the unit of work and of re-running. Copied from the manifest in the archive.';
comment on column news.crawls.crawl_id is '<outlet>-<UTC time>-<8 hex>; also the folder of its archive files.';
comment on column news.crawls.outlet is 'The outlet that was crawled.';
comment on column news.crawls.started_at is 'When the crawl began.';
comment on column news.crawls.finished_at is 'When its manifest was written.';
comment on column news.crawls.finish_reason is 'Why it ended: finished, page_limit, time_limit, error_limit, interrupted or robots_unreachable.';
comment on column news.crawls.resumed_count is 'How often it was taken up again after its process died.';
comment on column news.crawls.is_forced is 'Whether every page was fetched again, known or not.';
comment on column news.crawls.replay is 'Name of the WARC file it was answered from; null: the live web.';
comment on column news.crawls.code_version is 'Version of the crawler.';
comment on column news.crawls.declaration_sha256 is 'SHA-256 of the outlet''s declaration in force.';
comment on column news.crawls.links_discovered is 'Links the crawl says it discovered: the left side of the accounting (view crawl_accounting).';
comment on column news.crawls.link_fates is 'Links by what the crawl did with them; sums to links_discovered.';
comment on column news.crawls.fetch_outcomes is 'Attempts by outcome; sums to the crawl''s rows in fetches.';
comment on column news.crawls.stats is 'Counters of the crawler that an operator may want.';
comment on column news.crawls.airflow_run_id is 'The Airflow run that loaded it first; null when loaded by hand.';
comment on column news.crawls.loaded_at is 'When it was first loaded into this database.';

create table news.crawl_files (
  path text primary key,
  crawl_id text not null references news.crawls,
  size_bytes bigint not null,
  sha256 text not null,
  record_count integer not null
);

create index crawl_files_by_crawl on news.crawl_files (crawl_id);

comment on table news.crawl_files is 'The WARC files a crawl left in the archive.';
comment on column news.crawl_files.path is 'Path below the archive''s root.';
comment on column news.crawl_files.crawl_id is 'The crawl that wrote it.';
comment on column news.crawl_files.size_bytes is 'Size in bytes.';
comment on column news.crawl_files.sha256 is 'SHA-256 of the file (hex).';
comment on column news.crawl_files.record_count is 'Number of WARC records in it.';
