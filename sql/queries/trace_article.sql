-- The way of an article's current text back to the WARC record: by id or by key.
select a.article_id, a.key, f.key as page_key, a.outlet, a.title, a.canonical_url, a.version_count,
       a.published_at, a.published_precision, a.published_from,
       v.version_number, v.content_sha256, v.body_sha256, v.extractor, v.cleaner, v.crawl_id, v.fetch_sequence, v.fetched_at,
       f.url, f.warc_file, f.warc_offset, c.declaration_sha256,
       coalesce(l.url, f.first_url) as link_url, l.feed_url
  from news.articles a
  join news.article_versions v on v.version_id = a.current_version_id
  join news.fetches f on f.crawl_id = v.crawl_id and f.sequence = v.fetch_sequence
  join news.crawls c on c.crawl_id = v.crawl_id
  left join lateral (
         select url, feed_url from news.links
          where links.crawl_id = v.crawl_id and links.key = f.key and outcome <> 'duplicate_link'
          order by position_in_crawl limit 1) l on true
 where a.article_id = coalesce(%(article_id)s::uuid, news.article_at(%(key)s))
