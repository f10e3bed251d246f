-- The tags of one version, in order of the text, the title first.
select kind, target, field, start_offset, end_offset, matched, rule, tagger, governorate, confidence
from news.tags
where version_id = %(version_id)s::uuid
order by field desc, start_offset, end_offset, kind, target
