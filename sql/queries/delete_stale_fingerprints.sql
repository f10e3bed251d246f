-- Of some articles the fingerprints of texts that are no longer current, were made by another version of the method, or
-- stand under another time than the article's.
delete from news.fingerprints as m
using news.article_versions as v, news.articles as a
where a.article_id = any (%(article_ids)s::uuid[])
  and v.article_id = a.article_id
  and m.version_id = v.version_id
  and (v.version_id <> a.current_version_id or m.method_version <> %(method_version)s
    or m.period <> news.period_of(coalesce(a.published_at, a.first_seen_at), %(period)s))
returning m.version_id, m.folded_sha256, case when m.has_marks then m.marks end as marks
