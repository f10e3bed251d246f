-- What was looked at on which day: a day without articles means something else when nothing was crawled.
create or replace view news.coverage_daily with (security_invoker = true) as
with
crawled as (
  select
    c.outlet, (c.started_at at time zone 'Asia/Damascus')::date as day,
    count(distinct c.crawl_id) as crawls,
    count(l.crawl_id) as links,
    count(*) filter (where l.outcome in ('loaded_new', 'new_version', 'unchanged', 'not_modified')) as pages,
    count(*) filter (where l.outcome = 'loaded_new') as articles,
    count(*) filter (where l.outcome in ('fetch_failed', 'quarantined', 'deferred', 'robots_denied')) as missed
  from news.crawls as c
  left join news.links as l using (crawl_id)
  group by 1, 2
),
spans as (
  select outlet, min(day) as first_day, (now() at time zone 'Asia/Damascus')::date as last_day from crawled group by outlet
)
select
  s.outlet,
  g.moment::date as day,
  coalesce(c.crawls, 0) as crawls,
  coalesce(c.links, 0) as links,
  coalesce(c.pages, 0) as pages,
  coalesce(c.articles, 0) as articles,
  coalesce(c.missed, 0) as missed,
  c.crawls is null as is_gap
from spans as s
cross join generate_series(s.first_day, greatest(s.first_day, s.last_day), interval '1 day') as g (moment)
left join crawled as c on c.outlet = s.outlet and c.day = g.moment::date;

comment on view news.coverage_daily is 'What was crawled of each outlet on each Damascus day since its first crawl, days without a crawl included.';
comment on column news.coverage_daily.outlet is 'The outlet.';
comment on column news.coverage_daily.day is 'Day in Damascus on which the crawls began.';
comment on column news.coverage_daily.crawls is 'Number of crawls.';
comment on column news.coverage_daily.links is 'Links they discovered.';
comment on column news.coverage_daily.pages is 'Pages that were fetched or confirmed unchanged.';
comment on column news.coverage_daily.articles is 'New articles among them.';
comment on column news.coverage_daily.missed is 'Links whose page we could not or may not have: failed, quarantined, deferred, denied by robots.txt.';
comment on column news.coverage_daily.is_gap is 'True: nothing was crawled that day, so no articles means nothing.';
