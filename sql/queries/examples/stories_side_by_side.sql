-- What several sides report: stories on more than one source's word, with how their tolls differ
-- Not how sure it is that they report one event: story_reports has the evidence for each.
select
  s.first_published_at, s.first_title, s.outlets, s.languages, s.stances, s.origins,
  s.killed_first, s.killed_last, s.killed_least, s.killed_most, s.story_id
from news.story_summary as s
where s.origin_count > 1
order by s.outlets desc, s.first_published_at desc nulls last, s.story_id
limit 50
