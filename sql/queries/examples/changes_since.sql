-- What is new, changed or erased since your last download
-- Keep the last (changed_at, article_id) you saw and write it into `seen`; take 1,000 rows at a time until none is left.
with
seen as (
  select timestamptz '2000-01-01' as changed_at, uuid '00000000-0000-0000-0000-000000000000' as article_id
),
changes as (
  select
    updated_at as changed_at, article_id,
    case when updated_at = created_at then 'new' else 'changed' end as change, outlet, title
  from news.articles
  union all
  select erased_at, article_id, 'erased', null, null
  from news.deletions
)
select c.changed_at, c.article_id, c.change, c.outlet, c.title
from changes as c, seen as s
where (c.changed_at, c.article_id) > (s.changed_at, s.article_id)
order by c.changed_at, c.article_id
limit 1000
