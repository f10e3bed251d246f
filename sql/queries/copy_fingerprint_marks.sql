copy news.fingerprint_marks (hash, version_id) from stdin
