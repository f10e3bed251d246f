-- The components that a change of some articles touches: their own, those of the reports that share a place with them
-- within a few days, and those of the other copies of their texts.
select c.component
from news.story_components as c
where c.article_id = any (%(article_ids)s::uuid[])

union

select c.component
from unnest(%(places)s::text[], %(days)s::date[]) as l (place, day)
join news.report_places as p
  on p.place = l.place and p.about between l.day - %(window)s::integer and l.day + %(window)s::integer
join news.story_components as c using (article_id)

union

select c.component
from unnest(%(first_ids)s::uuid[]) as f (first_id)
join news.articles as a on a.article_id = f.first_id or a.copy_of = f.first_id
join news.story_components as c on c.article_id = a.article_id
