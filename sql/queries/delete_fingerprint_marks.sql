delete from news.fingerprint_marks as b
using unnest(%(hashes)s::bigint[], %(version_ids)s::uuid[]) as d (hash, version_id)
where (b.hash, b.version_id) = (d.hash, d.version_id)
