-- Make the staged records fit for merging: one result per page, nothing that was erased, statistics for the planner.

-- A page that was fetched twice in one crawl (taken up again after its process died) counts as it was seen last.
delete from staged_articles as a
where exists (
    select from staged_articles as b where b.key = a.key and b.fetch_sequence > a.fetch_sequence)
   or exists (
    select from staged_rejections as b where b.key = a.key and b.sequence > a.fetch_sequence);

delete from staged_rejections as a
where exists (
    select from staged_rejections as b where b.key = a.key and b.sequence > a.sequence)
   or exists (
    select from staged_articles as b where b.key = a.key and b.fetch_sequence > a.sequence);

delete from staged_articles where key in (select key from news.erasures);
delete from staged_rejections where key in (select key from news.erasures);
update staged_links set title = null where title is not null and key in (select key from news.erasures);

create unique index on staged_articles (version_id);
create index on staged_articles (key);
create index on staged_rejections (key);
create index on staged_tags (version_id);
analyze staged_fetches;
analyze staged_links;
analyze staged_articles;
analyze staged_rejections;
analyze staged_tags;

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
left join news.article_versions as v on v.version_id = s.version_id;

analyze staged_outcomes
