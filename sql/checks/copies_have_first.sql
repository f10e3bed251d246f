-- fail
-- A copy points to a first article that is none itself, and articles and copy_pairs say the same.
select a.article_id, 'articles.copy_of and copy_pairs differ' as reason
from news.articles as a
left join news.copy_pairs as p using (article_id)
where a.copy_of is distinct from p.first_article_id

union all

select p.article_id, 'it is a copy of a copy'
from news.copy_pairs as p
join news.copy_pairs as f on f.article_id = p.first_article_id
