-- Which page, when, how it ended and where the record stands: what is left in the archive, too.
update news.fetches set
  url = '', first_url = '', detail = '', content_type = null, etag = null, last_modified = null, redirect_to = null,
  server_ip = null, tls_verified = null, body_bytes = null, body_sha256 = null, payload_file = null,
  payload_offset = null, article_id = null
where key = %(key)s
  and ((url, first_url, detail) <> ('', '', '')
       or num_nonnulls(content_type, etag, last_modified, redirect_to, server_ip, tls_verified, body_bytes, body_sha256,
                       payload_file, payload_offset, article_id) > 0)
