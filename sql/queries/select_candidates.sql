-- The texts that may be copies of the given ones: those with the very same words, and those that share a band. Only one
-- text of the same words has its bands in the table; it stands for all of them.
with
hashes as (
  select unnest(%(hashes)s::text[]) as folded_sha256
  union
  select m.folded_sha256
  from unnest(%(bands)s::smallint[], %(band_hashes)s::bigint[]) as f (band, hash)
  join news.minhash_bands as b using (band, hash)
  join news.minhashes as m using (version_id)
)
select
  a.article_id, a.key, a.outlet, a.title, a.published_at, a.story_id, m.version_id, m.shingle_count, m.word_count,
  m.folded_sha256, m.signature
from hashes as h
join news.minhashes as m using (folded_sha256)
join news.articles as a on a.current_version_id = m.version_id
order by a.article_id
