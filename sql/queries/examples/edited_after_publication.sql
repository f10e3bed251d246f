-- Articles whose text or headline changed after we first read them
-- Each row is one change: what the headline said before and after, and how many words came or went.
select
  a.outlet_name as outlet,
  n.first_seen_at as changed_before,
  v.title as old_title,
  nullif(n.title, v.title) as new_title,
  n.word_count - v.word_count as more_words,
  a.url
from news.article_versions as v
join news.article_versions as n on n.article_id = v.article_id and n.version_number = v.version_number + 1
join news.articles as a on a.article_id = v.article_id
order by n.first_seen_at desc, a.article_id
