-- Everybody in the components of some articles, and of the other copies of some texts. `lateral` with `offset 0`: looked up
-- one by one, whatever the statistics say.
with
named as (
  select unnest(%(article_ids)s::uuid[]) as article_id
  union
  select unnest(%(first_ids)s::uuid[])
  union
  select p.article_id
  from unnest(%(first_ids)s::uuid[]) as f (first_id)
  cross join lateral (
    select c.article_id from news.copy_pairs as c where c.first_article_id = f.first_id offset 0
  ) as p
),
touched as (
  select distinct c.component
  from named as n
  cross join lateral (
    select s.component from news.story_components as s where s.article_id = n.article_id offset 0
  ) as c
)
select c.article_id
from touched as t
cross join lateral (
  select s.article_id from news.story_components as s where s.component = t.component offset 0
) as c
