delete from news.minhash_bands as b
using unnest(%(bands)s::smallint[], %(band_hashes)s::bigint[], %(version_ids)s::uuid[]) as d (band, hash, version_id)
where (b.band, b.hash, b.version_id) = (d.band, d.hash, d.version_id)
