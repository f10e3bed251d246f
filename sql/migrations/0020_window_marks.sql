-- A copy with changes is sought among the texts of its time, not of all times: the marks of a period stand together, so that
-- a new article reads and writes a part of the index that does not grow with the years. The very same words are found
-- whenever they came. What stood here was derived and is made anew on the next run.

delete from news.fingerprint_marks;
delete from news.fingerprints;
delete from news.settled_by where stage = 'copies';

alter table news.fingerprints add column period smallint not null;

comment on column news.fingerprints.period is 'When the article was published, or first seen where it has no date: periods of twice the days within which copies with changes are sought, counted from 1970.';
comment on column news.fingerprints.marks is 'Its marks as fingerprint_marks has them, numbers of 8 bytes, little endian.';
comment on column news.fingerprints.has_marks is 'Whether its marks are in fingerprint_marks. Of texts of one period with the same words one has them, for all; very short texts have none.';
comment on column news.fingerprint_marks.hash is 'The mark: the period in the upper 16 bits, so that those of one stand together; below it the hash of two neighbouring ones of the three-word sequences that are sampled.';

create function news.period_of(at timestamp with time zone, days integer) returns smallint language sql immutable parallel safe
return least(greatest(floor(extract(epoch from at) / 86400 / days), 1), 32766)::smallint;

comment on function news.period_of(timestamp with time zone, integer) is 'The period of so many days since 1970 in which an instant lies; earlier ones are in the first.';

create or replace function news.note_changed_articles() returns trigger language plpgsql as $$
begin
  insert into news.unsettled (stage, article_id)
  select 'copies', n.article_id
  from noted as n
  join before as o using (article_id)
  where (n.current_version_id, n.published_at, case when n.published_at is null then n.first_seen_at end)
    is distinct from (o.current_version_id, o.published_at, case when o.published_at is null then o.first_seen_at end)
  union all
  select 'stories', n.article_id
  from noted as n
  join before as o using (article_id)
  where (n.current_version_id, n.published_at, n.copy_of) is distinct from (o.current_version_id, o.published_at, o.copy_of)
  on conflict (stage, article_id) do update set stage = excluded.stage;
  return null;
end
$$;
