-- Of some articles the fingerprints of texts that are no longer current, or made by another version of the method.
delete from news.fingerprints as m
using news.article_versions as v, news.articles as a
where a.article_id = any (%(article_ids)s::uuid[])
  and v.article_id = a.article_id
  and m.version_id = v.version_id
  and (v.version_id <> a.current_version_id or m.method_version <> %(method_version)s)
returning m.version_id, m.folded_sha256, case when m.has_marks then m.marks end as marks
