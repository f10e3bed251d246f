copy news.fingerprints (version_id, method_version, shingle_count, word_count, folded_sha256, marks, has_marks, period) from stdin
