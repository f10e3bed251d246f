-- The texts that may be copies of the given ones: those with the very same words, and those that share a mark. Of texts
-- of one period with the same words only one has its marks in the table; it stands for all of them.
--
-- Written so that no plan reads a table as a whole, whatever the statistics say: the marks come from a sub-select, because
-- as constants each is looked up in the histogram (0.2 s for 40,000) and taken for another text; the texts come by `lateral`
-- with `offset 0`, which cannot be made a hash join.
with
alike as (
  -- a copy shares dozens of marks: its text is looked up once
  select distinct b.version_id
  from news.fingerprint_marks as b
  where b.hash = any (array(select unnest(%(marks)s::bigint[])))
),
hashes as (
  select unnest(%(hashes)s::text[]) as folded_sha256
  union
  select m.folded_sha256
  from alike as k
  cross join lateral (
    select f.folded_sha256 from news.fingerprints as f where f.version_id = k.version_id offset 0
  ) as m
)
select
  a.article_id, a.key, a.outlet, a.title, news.out_by(a.published_at, a.published_precision),
  coalesce(a.copy_of, (select p.first_article_id from news.copy_pairs as p where p.first_article_id = a.article_id limit 1))
    as group_id,
  m.version_id, a.text, coalesce(a.published_at, a.first_seen_at) as at, m.period, null as reach,
  case when m.method_version = %(method_version)s then m.marks end as marks
from hashes as h
cross join lateral (
  select f.version_id, f.period, f.method_version, f.marks from news.fingerprints as f where f.folded_sha256 = h.folded_sha256 offset 0
) as m
cross join lateral (select * from news.articles as r where r.current_version_id = m.version_id offset 0) as a
order by a.article_id
