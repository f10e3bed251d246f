-- Of texts with the same words one has its bands in the table. Where that one went, another takes its place.
update news.minhashes as m set has_bands = true
from (
  select distinct on (n.folded_sha256) n.version_id
  from news.minhashes as n
  where n.folded_sha256 = any (%(hashes)s)
    and n.shingle_count >= %(fewest_shingles)s
    and not exists (select from news.minhashes as o where o.folded_sha256 = n.folded_sha256 and o.has_bands)
  order by n.folded_sha256, n.version_id
) as heirs
where m.version_id = heirs.version_id
returning m.version_id, m.signature
