-- The groups of copies that articles are in: by the id of their first one.
select distinct coalesce(a.copy_of, a.article_id) as group_id
from news.articles as a
where a.article_id = any (%(article_ids)s::uuid[])
  and (a.copy_of is not null or exists (select from news.copy_pairs as p where p.first_article_id = a.article_id))
order by group_id
