-- Fingerprints of texts that are no longer current, or made by another version of the method.
delete from news.fingerprints as m
where m.method_version <> %(method_version)s
   or not exists (select from news.articles as a where a.current_version_id = m.version_id)
returning m.version_id, m.folded_sha256, case when m.has_marks then m.marks end as marks
