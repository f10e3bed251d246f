-- The one definition of how an outlet is doing; alarms, documents and exports all read it here.
create or replace view news.outlet_health with (security_invoker = true) as
with
days as (
  select o.outlet, day::date as day
  from news.outlets as o
  cross join generate_series(
    (now() at time zone 'Asia/Damascus')::date - 28, (now() at time zone 'Asia/Damascus')::date - 1, interval '1 day') as day
),
arrivals as (
  select
    outlet, (first_seen_at at time zone 'Asia/Damascus')::date as day, count(*) as articles,
    count(*) filter (where published_at is not null) as dated
  from news.articles
  where first_seen_at >= now() - interval '30 days'
  group by 1, 2
),
normal as (
  select
    d.outlet,
    percentile_cont(0.5) within group (order by coalesce(a.articles, 0)) as daily_median_28d,
    coalesce(sum(a.articles) filter (where d.day >= (now() at time zone 'Asia/Damascus')::date - 7), 0)::bigint as articles_7d,
    coalesce(sum(a.dated) filter (where d.day >= (now() at time zone 'Asia/Damascus')::date - 7), 0)::bigint as dated_7d
  from days as d
  left join arrivals as a using (outlet, day)
  group by d.outlet
),
crawled as (
  select
    outlet, max(finished_at) as last_crawl_at,
    (array_agg(finish_reason order by finished_at desc))[1] as last_finish_reason
  from news.crawls
  group by outlet
),
attempts as (
  select
    c.outlet,
    count(*) filter (where f.outcome not in ('redirected', 'not_in_replay')) as attempts_7d,
    count(*) filter (where f.outcome not in ('ok', 'not_modified', 'redirected', 'not_in_replay')) as failures_7d,
    count(*) filter (where f.outcome in ('forbidden', 'rate_limited', 'robots_denied', 'robots_unreachable')) as refusals_7d
  from news.crawls as c
  join news.fetches as f using (crawl_id)
  where c.started_at >= now() - interval '7 days'
  group by c.outlet
),
latest as (
  select outlet, max(first_seen_at) as last_article_at from news.articles group by outlet
),
final as (
  select
    o.outlet, o.name, o.status, c.last_crawl_at, c.last_finish_reason, l.last_article_at, n.articles_7d,
    n.daily_median_28d, o.expected_daily_low,
    case when n.articles_7d > 0 then round(n.dated_7d::numeric / n.articles_7d, 3) end as dated_share_7d,
    coalesce(t.attempts_7d, 0) as attempts_7d,
    coalesce(t.failures_7d, 0) as failures_7d,
    case
      when o.status in ('closed', 'blocked') then o.status
      when c.last_crawl_at is null then 'never_crawled'
      when c.last_crawl_at < now() - interval '26 hours' then 'stale'
      when t.attempts_7d > 0 and t.refusals_7d * 2 > t.attempts_7d then 'refused'
      when l.last_article_at is null or l.last_article_at < now() - interval '7 days' then 'silent'
      when t.attempts_7d > 0 and t.failures_7d * 2 > t.attempts_7d then 'failing'
      when n.articles_7d < 7 * o.expected_daily_low / 2.0 then 'degraded'
      when n.daily_median_28d >= 2 and n.articles_7d < 7 * n.daily_median_28d / 4 then 'degraded'
      when n.articles_7d >= 10 and n.dated_7d < n.articles_7d * o.expected_dated_share * 0.8 then 'undated'
      else 'ok'
    end as state
  from news.outlets as o
  left join crawled as c using (outlet)
  left join latest as l using (outlet)
  left join normal as n using (outlet)
  left join attempts as t using (outlet)
)
select
  outlet, name, status, state, last_crawl_at, last_finish_reason, last_article_at, articles_7d, daily_median_28d,
  expected_daily_low, dated_share_7d, attempts_7d, failures_7d
from final;

comment on view news.outlet_health is 'How each outlet is doing now; days are Damascus days.';
comment on column news.outlet_health.outlet is 'The outlet.';
comment on column news.outlet_health.name is 'Its name.';
comment on column news.outlet_health.status is 'Status of its declaration: active, unverified, blocked or closed.';
comment on column news.outlet_health.state is 'closed or blocked (declared so); never_crawled; stale: no crawl for 26 hours; refused: over half of the attempts of 7 days met a refusal (401, 403, 429, robots.txt); silent: no new article for 7 days; failing: over half of the attempts failed; degraded: half of the declared low, or a quarter of its own median; undated: dates missing; ok.';
comment on column news.outlet_health.last_crawl_at is 'When its last loaded crawl ended.';
comment on column news.outlet_health.last_finish_reason is 'Why that crawl ended.';
comment on column news.outlet_health.last_article_at is 'When we first fetched its newest article.';
comment on column news.outlet_health.articles_7d is 'New articles of the last 7 full days.';
comment on column news.outlet_health.daily_median_28d is 'Median of new articles a day over the last 28 full days.';
comment on column news.outlet_health.expected_daily_low is 'New articles a normal day brings at least, as declared.';
comment on column news.outlet_health.dated_share_7d is 'Share of the articles of 7 days that have a publication date; null without articles.';
comment on column news.outlet_health.attempts_7d is 'Attempts to fetch in crawls of the last 7 days, redirect hops not counted.';
comment on column news.outlet_health.failures_7d is 'Those that brought neither a page nor a 304.';
