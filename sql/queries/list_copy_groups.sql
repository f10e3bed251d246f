-- The groups of copies that articles are in: by the id of their first one.
select distinct g.group_id
from news.articles as a
cross join lateral (
  select coalesce(
    a.copy_of, (select p.first_article_id from news.copy_pairs as p where p.first_article_id = a.article_id limit 1)
  ) as group_id
) as g
where a.article_id = any (%(article_ids)s::uuid[]) and g.group_id is not null
order by g.group_id
