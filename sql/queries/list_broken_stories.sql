-- Stories to be made anew: an article of theirs has another text now, or another one leads since a date was corrected.
with
members as (
  select s.story_id, s.first_article_id, a.article_id, a.published_at, a.key, m.version_id is null as is_unknown
  from news.stories as s
  left join news.story_articles as t using (story_id)
  left join news.articles as a on a.article_id = t.article_id
  left join news.fingerprints as m on m.version_id = a.current_version_id
)
select story_id
from members
group by story_id, first_article_id
having bool_or(is_unknown)
    or (array_agg(article_id order by published_at nulls last, key))[1] is distinct from first_article_id
order by story_id
