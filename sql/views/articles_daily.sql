create or replace view news.articles_daily with (security_invoker = true) as
with
source as (
  select * from news.articles
),
dated as (
  select
    s.outlet, s.outlet_name, s.language, s.article_id, s.story_id, s.copy_of,
    -- a date that is only a month or a year would pile everything on its first day
    coalesce(s.published_precision in ('second', 'minute', 'day'), false) as is_published_day,
    s.published_at, s.first_seen_at
  from source as s
),
final as (
  select
    (case when is_published_day then published_at else first_seen_at end at time zone 'Asia/Damascus')::date as day,
    is_published_day, outlet, outlet_name, language, article_id, story_id, copy_of
  from dated
)
select
  day,
  is_published_day,
  outlet,
  outlet_name,
  language,
  count(*) as articles,
  count(distinct coalesce(story_id, article_id)) as stories,
  count(distinct coalesce(copy_of, article_id)) as texts
from final
group by day, is_published_day, outlet, outlet_name, language;

comment on view news.articles_daily is 'Articles by Damascus day, outlet and language. Counts are of what outlets published, not of what happened. Texts and stories that several outlets have count for each of them: of all together see counts_daily.';
comment on column news.articles_daily.day is 'Day in Damascus: of publication where it is known to the day, else of our first fetch.';
comment on column news.articles_daily.is_published_day is 'True: day is the day of publication. False: it is the day we first fetched it.';
comment on column news.articles_daily.outlet is 'The outlet.';
comment on column news.articles_daily.outlet_name is 'Its name.';
comment on column news.articles_daily.language is 'Language of the texts.';
comment on column news.articles_daily.articles is 'Number of articles.';
comment on column news.articles_daily.stories is 'The same with articles on one event counted once, copies of one another included.';
comment on column news.articles_daily.texts is 'Number of articles with copies of one another counted once.';
