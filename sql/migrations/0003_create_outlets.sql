create table news.outlets (
  outlet text primary key constraint outlets_outlet_form check (outlet ~ '^[a-z][a-z0-9_]{1,39}$'),
  name text not null,
  name_ar text,
  name_ru text,
  home_url text not null,
  domains text[] not null,
  languages text[] not null,
  status text not null constraint outlets_status_listed check (status in ('active', 'unverified', 'blocked', 'closed')),
  status_on date,
  status_evidence text not null default '',
  full_text_public boolean not null default false,
  expected_daily_low integer,
  expected_daily_high integer,
  expected_dated_share real constraint outlets_share_range check (expected_dated_share between 0 and 1),
  declaration_sha256 text constraint outlets_sha256_form check (declaration_sha256 ~ '^[0-9a-f]{64}$'),
  first_loaded_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint outlets_expected_order check (expected_daily_low <= expected_daily_high)
);

comment on table news.outlets is 'One row per newsroom that is or was followed. Its declaration is crawlers/outlets/<outlet>.toml.';
comment on column news.outlets.outlet is 'Slug: the outlet''s name in every table, file and log.';
comment on column news.outlets.name is 'Name in Latin letters.';
comment on column news.outlets.name_ar is 'Name in Arabic, where it has one.';
comment on column news.outlets.name_ru is 'Name in Russian, where it has one.';
comment on column news.outlets.home_url is 'Home page.';
comment on column news.outlets.domains is 'Hosts whose pages belong to it, their subdomains included.';
comment on column news.outlets.languages is 'Languages it publishes in (ISO 639-1; ckb for Sorani).';
comment on column news.outlets.status is 'active: crawled. unverified: crawled, its addresses were never checked against the live site. blocked: refuses our requests. closed: ceased publishing, only backfilled from web archives.';
comment on column news.outlets.status_on is 'Since when the status holds, where that is known.';
comment on column news.outlets.status_evidence is 'What the status rests on.';
comment on column news.outlets.full_text_public is 'Whether its licence lets full texts be given on; where false, exports carry an extract.';
comment on column news.outlets.expected_daily_low is 'Articles a normal day brings at least; an alarm, never a filter.';
comment on column news.outlets.expected_daily_high is 'Articles a normal day brings at most; an alarm, never a filter.';
comment on column news.outlets.expected_dated_share is 'Share of its articles that should carry a publication date (0-1); an alarm, never a filter.';
comment on column news.outlets.declaration_sha256 is 'SHA-256 of the declaration file that was loaded; null when it was not loaded from a file.';
comment on column news.outlets.first_loaded_at is 'When the outlet was first declared to this database.';
comment on column news.outlets.updated_at is 'When any other column last changed.';

create table news.outlet_affiliations (
  outlet text not null references news.outlets,
  position smallint not null,
  stance text not null,
  since text,
  until text,
  note text not null default '',
  primary key (outlet, position)
);

comment on table news.outlet_affiliations is 'Who stood behind an outlet, and when. One domain can change hands: SANA did in December 2024.';
comment on column news.outlet_affiliations.outlet is 'The outlet.';
comment on column news.outlet_affiliations.position is '0-based place in the declaration, oldest first.';
comment on column news.outlet_affiliations.stance is 'Slug of who stands behind it, for example state_assad, opposition or independent.';
comment on column news.outlet_affiliations.since is 'First day, as YYYY, YYYY-MM or YYYY-MM-DD; a ~ at the end says approximate; null: not known.';
comment on column news.outlet_affiliations.until is 'Last day in the same form; null: still so.';
comment on column news.outlet_affiliations.note is 'What the affiliation rests on.';
