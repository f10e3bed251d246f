-- What each fetched page is to the tables, decided before anything is written.
create temp table staged_outcomes on commit drop as
select
  s.key,
  case
    when a.article_id is null then 'loaded_new'
    when v.version_id is null then 'new_version'
    else 'unchanged'
  end as outcome
from staged_articles as s
left join news.articles as a on a.article_id = s.article_id
left join news.article_versions as v on v.version_id = s.version_id

union all

select key, 'unchanged' from staged_sightings;

analyze staged_outcomes
