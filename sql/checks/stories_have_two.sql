-- fail
-- A story has two articles or more, counts them right, names its first one as lead, and its articles know it.
with
counted as (
  select
    s.story_id, s.article_count, s.outlet_count,
    count(m.article_id) as articles,
    count(distinct a.outlet) as outlets,
    count(*) filter (where m.relation = 'lead' and m.article_id = s.first_article_id) as leads,
    count(*) filter (where m.relation = 'lead') as all_leads,
    count(*) filter (where a.story_id is distinct from s.story_id) as strangers,
    count(*) filter (where o.article_id is not null and o.story_id is distinct from m.story_id) as others
  from news.stories as s
  left join news.story_articles as m using (story_id)
  left join news.story_articles as o on o.article_id = m.other_article_id
  left join news.articles as a on a.article_id = m.article_id
  group by s.story_id
)
select
  story_id,
  articles,
  case
    when articles < 2 then 'fewer than two articles'
    when article_count <> articles or outlet_count <> outlets then 'counted wrong'
    when leads <> 1 or all_leads <> 1 then 'not exactly one lead'
    when others > 0 then 'an article of it is there because of one of another story'
    else 'an article of it does not point to it'
  end as reason
from counted
where articles < 2 or article_count <> articles or outlet_count <> outlets or leads <> 1 or all_leads <> 1
   or strangers > 0 or others > 0

union all

select a.story_id, 1, 'article ' || a.article_id || ' points to it and is not in it'
from news.articles as a
where a.story_id is not null
  and not exists (
    select from news.story_articles as m where m.article_id = a.article_id and m.story_id = a.story_id)
