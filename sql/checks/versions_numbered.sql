-- fail
-- The versions of an article are numbered 1, 2, 3, ... by the time they were first seen, and counted.
with
ordered as (
  select
    article_id, version_number,
    row_number() over (partition by article_id order by version_number) as place,
    lag(first_seen_at) over (partition by article_id order by version_number) as earlier, first_seen_at
  from news.article_versions
)
select article_id, 'version ' || version_number || ' is number ' || place || ' or out of time' as reason
from ordered
where version_number <> place or earlier > first_seen_at

union all

select a.article_id, 'version_count is ' || a.version_count || ', versions: ' || count(v.version_id)
from news.articles as a
left join news.article_versions as v using (article_id)
group by a.article_id
having a.version_count <> count(v.version_id)
