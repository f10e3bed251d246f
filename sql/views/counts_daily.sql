-- articles_daily counts each outlet by itself, where copies and reports of one event by others cannot be seen: of all outlets
-- together they are counted here.
create or replace view news.counts_daily with (security_invoker = true) as
with
dated as (
  select
    a.article_id, a.outlet, a.story_id, a.copy_of,
    -- as in articles_daily
    coalesce(a.published_precision in ('second', 'minute', 'day'), false) as is_published_day,
    a.published_at, a.first_seen_at
  from news.articles as a
)
select
  (case when is_published_day then published_at else first_seen_at end at time zone 'Asia/Damascus')::date as day,
  count(*) as articles,
  count(distinct coalesce(copy_of, article_id)) as texts,
  count(distinct coalesce(story_id, article_id)) as stories,
  count(distinct outlet) as outlets,
  count(*) filter (where not is_published_day) as undated
from dated
group by 1;

comment on view news.counts_daily is 'Articles, texts and stories by Damascus day, of all outlets together. Counts are of what outlets published, not of what happened.';
comment on column news.counts_daily.day is 'Day in Damascus: of publication where it is known to the day, else of our first fetch.';
comment on column news.counts_daily.articles is 'Number of articles.';
comment on column news.counts_daily.texts is 'The same with copies of one another counted once, whoever published them.';
comment on column news.counts_daily.stories is 'The same with articles on one event counted once.';
comment on column news.counts_daily.outlets is 'Number of outlets.';
comment on column news.counts_daily.undated is 'How many of the articles have no day of publication and count on the day we first fetched them.';
