-- The parts of an article's current text, by id or by key; one row without a part where it is no digest.
select
  p.part_number, p.kind, p.start_offset, p.end_offset, p.parent_number, p.governorates, p.actors, p.time_printed,
  p.summary_of, substr(a.text, p.start_offset + 1, p.end_offset - p.start_offset) as text
from news.articles as a
left join news.article_parts as p on p.version_id = a.current_version_id
where a.article_id = coalesce(%(article_id)s::uuid, news.article_at(%(key)s))
order by p.part_number
