-- Current texts with the spans of their place tags, in the order of their ids: what `places unknown` reads through.
select v.version_id::text, v.title, v.text,
  coalesce((
    select jsonb_agg(jsonb_build_array(t.field, t.start_offset, t.end_offset))
    from news.tags as t
    where t.version_id = v.version_id and t.kind = 'place' and t.rule not like 'unlisted%%'), '[]') as spans
from news.articles as a
join news.article_versions as v on v.version_id = a.current_version_id
order by v.version_id
