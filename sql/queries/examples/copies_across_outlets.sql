-- What was copied: who had it first, who had it too, and how much later
-- Only texts of several outlets, and only where both dates are known to the minute.
select
  f.outlet_name as first_outlet,
  a.outlet_name as copied_by,
  m.relation,
  round(m.similarity::numeric, 2) as similarity,
  case when f.published_precision in ('second', 'minute') and a.published_precision in ('second', 'minute')
    then to_char(a.published_at - f.published_at, 'DD "d" HH24:MI') end as later_by,
  f.title
from news.stories as s
join news.articles as f on f.article_id = s.first_article_id
join news.story_articles as m on m.story_id = s.story_id and m.relation <> 'lead'
join news.articles as a on a.article_id = m.article_id
where s.outlet_count > 1
order by f.published_at desc nulls last, s.story_id, a.published_at nulls last, a.article_id
