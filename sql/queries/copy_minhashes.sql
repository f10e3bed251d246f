copy news.minhashes (version_id, method_version, shingle_count, word_count, folded_sha256, signature) from stdin
