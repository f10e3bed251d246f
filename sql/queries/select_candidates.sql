-- The texts that may be copies of the given ones: those with the very same words, and those that share a mark. Of texts
-- of one period with the same words only one has its marks in the table; it stands for all of them.
with
alike as (
  -- a copy shares dozens of marks: its text is looked up once
  select distinct b.version_id from news.fingerprint_marks as b where b.hash = any (%(marks)s::bigint[])
),
hashes as (
  select unnest(%(hashes)s::text[]) as folded_sha256
  union
  select m.folded_sha256 from alike join news.fingerprints as m using (version_id)
)
select
  a.article_id, a.key, a.outlet, a.title, a.published_at,
  case
    when a.copy_of is not null then a.copy_of
    when exists (select from news.copy_pairs as p where p.first_article_id = a.article_id) then a.article_id
  end as group_id,
  m.version_id, a.text, coalesce(a.published_at, a.first_seen_at) as at, m.period, null as reach
from hashes as h
join news.fingerprints as m using (folded_sha256)
join news.articles as a on a.current_version_id = m.version_id
order by a.article_id
