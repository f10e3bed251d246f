-- Texts are compared where they share a stretch of words, and no longer where they share a band of a MinHash signature: of
-- copies cut to half or with a fifth of their words changed a band was shared by 0.86 and 0.87, a stretch by 0.99 and
-- more, at about as many rows (benchmarks/duplicates.py). What stood here was derived and is made anew.

comment on column news.story_articles.similarity is 'Share of two-word sequences in common with the first article (Jaccard), 0-1; a copy that was cut has a low one.';

drop table news.minhash_bands;
drop table news.minhashes;

create table news.fingerprints (
  version_id uuid primary key references news.article_versions on delete cascade,
  method_version text not null,
  shingle_count integer not null,
  word_count integer not null,
  folded_sha256 text not null,
  marks bytea not null,
  has_marks boolean not null
);

create index fingerprints_by_text on news.fingerprints (folded_sha256);

comment on table news.fingerprints is 'Fingerprints of current texts, for finding copies. Derived; may be emptied together with fingerprint_marks.';
comment on column news.fingerprints.version_id is 'The text.';
comment on column news.fingerprints.method_version is 'Version of the method with its parameters.';
comment on column news.fingerprints.shingle_count is 'Number of distinct two-word sequences.';
comment on column news.fingerprints.word_count is 'Number of folded words.';
comment on column news.fingerprints.folded_sha256 is 'SHA-256 (hex) of the folded words: equal for exact copies.';
comment on column news.fingerprints.marks is 'Its marks, numbers of 8 bytes, little endian: hashes of two neighbouring ones of the three-word sequences that are sampled.';
comment on column news.fingerprints.has_marks is 'Whether its marks are in fingerprint_marks. Of texts with the same words one has them, for all; very short texts have none.';

-- A text has about 45 rows here. A foreign key and a second index would cost more than the rows: which text has rows
-- stands in fingerprints, and the rows of a text are found by their primary key.
create table news.fingerprint_marks (
  hash bigint not null,
  version_id uuid not null,
  primary key (hash, version_id)
);

comment on table news.fingerprint_marks is 'Texts that share a mark are compared. Derived; may be emptied together with fingerprints.';
comment on column news.fingerprint_marks.hash is 'The mark.';
comment on column news.fingerprint_marks.version_id is 'The text.';
