-- A page cleaned anew may be an article now, or rejected for another reason.
delete from news.rejections as r
where r.crawl_id = %(crawl_id)s
  and not exists (
    select from staged_rejections as s
    where (s.sequence, s.key, s.outlet, s.url, s.reason, s.detail, s.body_sha256, s.cleaner)
        = (r.sequence, r.key, r.outlet, r.url, r.reason, r.detail, r.body_sha256, r.cleaner))
