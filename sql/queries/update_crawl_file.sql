-- An erasure rewrote the file; its size stays.
update news.crawl_files set sha256 = %(sha256)s where path = %(path)s and sha256 <> %(sha256)s
