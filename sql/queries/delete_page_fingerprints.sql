delete from news.fingerprints as m
using news.article_versions as v
join news.articles as a using (article_id)
where m.version_id = v.version_id and a.key = %(key)s
returning m.version_id, m.folded_sha256, case when m.has_marks then m.marks end as marks
