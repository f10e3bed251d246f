-- Working tables of the search for copies; derived from article_versions, safe to empty at any time.

create table news.minhashes (
  version_id uuid primary key references news.article_versions on delete cascade,
  method_version text not null,
  shingle_count integer not null,
  word_count integer not null,
  folded_sha256 text not null,
  signature bytea not null
);

create index minhashes_by_text on news.minhashes (folded_sha256);

comment on table news.minhashes is 'Fingerprints of current texts, for finding copies. Derived; may be emptied.';
comment on column news.minhashes.version_id is 'The text.';
comment on column news.minhashes.method_version is 'Version of the method with its parameters.';
comment on column news.minhashes.shingle_count is 'Number of distinct two-word sequences.';
comment on column news.minhashes.word_count is 'Number of folded words.';
comment on column news.minhashes.folded_sha256 is 'SHA-256 (hex) of the folded words: equal for exact copies.';
comment on column news.minhashes.signature is '128 numbers of 4 bytes, little endian; the share of equal ones estimates the Jaccard similarity.';

create table news.minhash_bands (
  band smallint not null,
  hash bigint not null,
  version_id uuid not null references news.minhashes on delete cascade,
  primary key (band, hash, version_id)
);

create index minhash_bands_by_version on news.minhash_bands (version_id);

comment on table news.minhash_bands is 'Fingerprints in 32 bands of 4 numbers: texts that share a band are compared. Derived; may be emptied.';
comment on column news.minhash_bands.band is '0-based band.';
comment on column news.minhash_bands.hash is 'Hash of the band''s numbers.';
comment on column news.minhash_bands.version_id is 'The text.';
