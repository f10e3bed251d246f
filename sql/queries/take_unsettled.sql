-- Take the next articles from the queue. What a load under way has put there or put back is left: its rows are not to be
-- seen yet. An array and no join: where the statistics say that the queue is empty, a join would look for the next ones anew
-- for each of them.
delete from news.unsettled as u
where u.stage = %(stage)s
  and u.article_id = any (array(
    select n.article_id
    from news.unsettled as n
    where n.stage = %(stage)s
    order by n.article_id
    limit %(most)s
    for update skip locked
  ))
returning u.article_id
