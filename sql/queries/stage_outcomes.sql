-- What each fetched page is to the tables, decided before anything is written. Here `key` is the page's.
create temp table staged_outcomes on commit drop as
select
  s.page_key as key,
  case
    when a.article_id is null then 'loaded_new'
    when v.version_id is null then 'new_version'
    else 'unchanged'
  end as outcome,
  '' as detail
from staged_articles as s
left join news.articles as a on a.article_id = s.article_id
left join news.article_versions as v on v.version_id = s.version_id

union all

select page_key, 'unchanged', '' from staged_sightings

union all

select page_key, 'duplicate_link', 'the article of ' || canonical_url from staged_twins;

analyze staged_outcomes
