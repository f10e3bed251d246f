-- The parts of one version of a digest, in order.
select kind, start_offset, end_offset, parent_number, header_start, header_end, governorates, actors, time_printed, summary_of
from news.article_parts
where version_id = %(version_id)s::uuid
order by part_number
