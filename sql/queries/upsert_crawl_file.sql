insert into news.crawl_files as f (path, crawl_id, size_bytes, sha256, record_count)
values (%(path)s, %(crawl_id)s, %(size_bytes)s, %(sha256)s, %(record_count)s)
on conflict (path) do update set
  size_bytes = excluded.size_bytes, sha256 = excluded.sha256, record_count = excluded.record_count
where (f.size_bytes, f.sha256, f.record_count) is distinct from
  (excluded.size_bytes, excluded.sha256, excluded.record_count)
