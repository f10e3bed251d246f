copy news.minhashes (version_id, method_version, shingle_count, word_count, folded_sha256, signature, has_bands) from stdin
