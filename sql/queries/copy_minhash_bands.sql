copy news.minhash_bands (band, hash, version_id) from stdin
