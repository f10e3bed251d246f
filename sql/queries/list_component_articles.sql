-- Everybody in the components of some articles, and of the other copies of some texts.
with
touched as (
  select c.component
  from news.story_components as c
  where c.article_id = any (%(article_ids)s::uuid[])
  union
  select c.component
  from unnest(%(first_ids)s::uuid[]) as f (first_id)
  join news.articles as a on a.article_id = f.first_id
  join news.story_components as c on c.article_id = a.article_id
  union
  select c.component
  from unnest(%(first_ids)s::uuid[]) as f (first_id)
  join news.articles as a on a.copy_of = f.first_id
  join news.story_components as c on c.article_id = a.article_id
)
select c.article_id from news.story_components as c join touched using (component)
