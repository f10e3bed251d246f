-- What was copied: who had it first, who had it too, how much later, and whether it says from whom
-- Only texts of several outlets; how much later only where both dates are known to the minute.
select
  f.outlet_name as first_outlet,
  a.outlet_name as copied_by,
  c.relation,
  round(c.similarity::numeric, 2) as similarity,
  to_char(c.lag, 'DD "d" HH24:MI') as later_by,
  c.is_credited,
  f.title
from news.copies as c
join news.articles as f on f.article_id = c.first_article_id
join news.articles as a on a.article_id = c.article_id
where c.is_syndicated
order by f.published_at desc nulls last, c.first_article_id, a.published_at nulls last, a.article_id
