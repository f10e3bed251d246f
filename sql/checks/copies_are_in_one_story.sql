-- fail
-- A text and its copies are in one story, once no article waits for its stories.
select p.article_id, p.first_article_id
from news.copy_pairs as p
join news.articles as a on a.article_id = p.article_id
join news.articles as f on f.article_id = p.first_article_id
where (a.story_id is null or a.story_id is distinct from f.story_id)
  and not exists (select from news.unsettled)
