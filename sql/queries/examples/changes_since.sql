-- What is new, changed or erased since your last download
-- Keep the last (changed_at, article_id) you saw and write it into `seen`; take 1,000 rows at a time until none is left.
with
seen as (
  select timestamptz '2000-01-01' as changed_at, uuid '00000000-0000-0000-0000-000000000000' as article_id
),
changes as (
  select updated_at as changed_at, article_id, false as is_erased from news.article_updates
  union all
  select erased_at, article_id, true from news.deletions
),
page as (
  select c.changed_at, c.article_id, c.is_erased
  from changes as c, seen as s
  where (c.changed_at, c.article_id) > (s.changed_at, s.article_id)
  order by c.changed_at, c.article_id
  limit 1000
)
select
  p.changed_at, p.article_id,
  case when p.is_erased then 'erased' when a.updated_at = a.created_at then 'new' else 'changed' end as change,
  a.outlet, a.title
from page as p
left join news.articles as a on a.article_id = p.article_id and not p.is_erased
order by p.changed_at, p.article_id
