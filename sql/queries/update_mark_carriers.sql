-- Of texts of one period with the same words one has its marks in the table. Where that one went, another takes its place.
update news.fingerprints as m set has_marks = true
from (
  select distinct on (n.folded_sha256, n.period) n.version_id
  from news.fingerprints as n
  where n.folded_sha256 = any (%(hashes)s)
    and n.shingle_count >= %(fewest_shingles)s
    and not exists (
      select from news.fingerprints as o
      where o.folded_sha256 = n.folded_sha256 and o.period = n.period and o.has_marks
    )
  order by n.folded_sha256, n.period, n.version_id
) as heirs
where m.version_id = heirs.version_id
returning m.version_id, m.marks
