delete from news.fingerprints as m
using news.article_versions as v
where m.version_id = v.version_id and v.article_id = %(article_id)s
returning m.version_id, m.folded_sha256, case when m.has_marks then m.marks end as marks
