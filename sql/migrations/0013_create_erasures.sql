create table news.erasures (
  key text primary key constraint erasures_key_form check (key ~ '^[0-9a-f]{64}$'),
  erased_at timestamptz not null default now(),
  basis text not null,
  decided_by text not null default ''
);

comment on table news.erasures is 'Pages that must never be loaded again. Keeps the key alone, no address and no text.';
comment on column news.erasures.key is 'SHA-256 (hex) of the canonical URL.';
comment on column news.erasures.erased_at is 'When it was decided.';
comment on column news.erasures.basis is 'On what ground: a law, a request, a policy.';
comment on column news.erasures.decided_by is 'Role that decided; no personal name is needed.';
