-- fail
-- Every tag points to a row of the vocabulary of its kind, and its characters are where it says.
select t.version_id, t.kind, t.target, 'not in the vocabulary' as reason
from news.tags as t
where case t.kind
  when 'place' then not exists (select from news.places as p where p.place_id = t.target)
  when 'actor' then not exists (select from news.actors as a where a.actor_id = t.target)
  when 'source' then not exists (select from news.sources as s where s.source_id = t.target)
end

union all

select t.version_id, t.kind, t.target, 'the text does not read ' || quote_literal(t.matched) || ' there'
from news.tags as t
join news.article_versions as v using (version_id)
where substr(case t.field when 'title' then v.title else v.text end, t.start_offset + 1, t.end_offset - t.start_offset)
  <> t.matched
