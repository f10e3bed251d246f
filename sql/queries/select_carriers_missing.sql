-- Of texts with the same words only one has its bands in the table. Where that one went, another takes its place.
select distinct on (m.folded_sha256) m.version_id, m.signature
from news.minhashes as m
where m.folded_sha256 = any (%(hashes)s)
  and m.shingle_count >= %(fewest_shingles)s
  and not exists (
    select from news.minhashes as n
    join news.minhash_bands as b using (version_id)
    where n.folded_sha256 = m.folded_sha256)
order by m.folded_sha256, m.version_id
