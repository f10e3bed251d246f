-- The texts that may be copies of the given ones: those with the very same words (one of them is enough, they are in one
-- story already) and those that share a band.
with
exact as (
  select distinct on (m.folded_sha256) m.version_id
  from news.minhashes as m
  where m.folded_sha256 = any (%(hashes)s)
  order by m.folded_sha256, m.version_id
),
sharing as (
  select distinct b.version_id
  from unnest(%(bands)s::smallint[], %(band_hashes)s::bigint[]) as f (band, hash)
  join news.minhash_bands as b using (band, hash)
)
select
  a.article_id, a.key, a.outlet, a.published_at, a.story_id, m.version_id, m.shingle_count, m.word_count,
  m.folded_sha256, m.signature
from (select version_id from exact union select version_id from sharing) as c
join news.minhashes as m using (version_id)
join news.articles as a on a.current_version_id = m.version_id
order by a.article_id
