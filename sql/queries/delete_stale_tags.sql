-- The texts of this load carry exactly the tags that came with it: what is not among them was another tagger's.
delete from news.tags as t
using staged_articles as a
where t.version_id = a.version_id
  and not exists (
    select from staged_tags as s
    where (s.version_id, s.kind, s.field, s.start_offset, s.end_offset, s.target, s.matched, s.rule, s.tagger, s.confidence)
        = (t.version_id, t.kind, t.field, t.start_offset, t.end_offset, t.target, t.matched, t.rule, t.tagger, t.confidence)
      and s.governorate is not distinct from t.governorate)
