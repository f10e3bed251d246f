-- A text has 32 rows in minhash_bands. Checking a foreign key and keeping a second index for each of them cost more than
-- the rows: 0.45 ms of the server for each text with both, 0.19 ms without. The rows of a text are found by
-- their primary key instead, computed from its signature; which text has rows stands in minhashes.

alter table news.minhash_bands drop constraint minhash_bands_version_id_fkey;
drop index news.minhash_bands_by_version;

alter table news.minhashes add column has_bands boolean not null default false;
update news.minhashes as m set has_bands = true
where exists (select from news.minhash_bands as b where b.version_id = m.version_id);
alter table news.minhashes alter column has_bands drop default;

comment on column news.minhashes.has_bands is 'Whether its bands are in minhash_bands. Of texts with the same words one has them, for all; very short texts have none.';
comment on table news.minhash_bands is 'Fingerprints in 32 bands of 4 numbers: texts that share a band are compared. Derived; may be emptied together with minhashes.';
