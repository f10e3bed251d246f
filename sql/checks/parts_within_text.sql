-- fail
-- A part lies within its text and within the part it is nested in; numbers run on without a gap.
select
  p.version_id,
  p.part_number,
  case
    when p.end_offset > length(v.text) then 'ends behind the text'
    when p.parent_number is not null and parent.version_id is null then 'its parent is missing'
    when p.start_offset < parent.start_offset or p.end_offset > parent.end_offset then 'lies outside its parent'
    else 'a number before it is missing'
  end as reason
from news.article_parts as p
join news.article_versions as v using (version_id)
left join news.article_parts as parent
  on parent.version_id = p.version_id and parent.part_number = p.parent_number
where p.end_offset > length(v.text)
  or (p.parent_number is not null and parent.version_id is null)
  or p.start_offset < parent.start_offset
  or p.end_offset > parent.end_offset
  or (p.part_number > 0 and not exists (
        select from news.article_parts as before
        where before.version_id = p.version_id and before.part_number = p.part_number - 1))
