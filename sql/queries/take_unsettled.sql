-- Take the next articles from the queue. What a load under way has put there or put back is left: its rows are not to be
-- seen yet.
delete from news.unsettled as u
using (
  select article_id
  from news.unsettled
  where stage = %(stage)s
  order by article_id
  limit %(most)s
  for update skip locked
) as n
where u.stage = %(stage)s and u.article_id = n.article_id
returning u.article_id
