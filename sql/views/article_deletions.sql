create or replace view news.article_deletions with (security_invoker = true) as
with
-- What says that a page is not there. A bad moment (timeout, 403, 429, 5xx) says nothing, nor do walls and challenges.
gone_pages as (
  select a.article_id, a.page_key as key, f.crawl_id, f.sequence, f.outcome as how
  from news.fetches as f
  join news.articles as a on a.page_key = f.key
  where f.purpose = 'page' and f.outcome in ('not_found', 'gone')
  union all
  select a.article_id, a.page_key, r.crawl_id, r.sequence,
    case r.reason when 'homepage' then 'redirected_home' when 'listing' then 'redirected_to_list' else 'soft_404' end
  from news.rejections as r
  join news.articles as a on a.page_key = r.key
  -- an article that seems a list where it stands may be the cleaner's mistake; one that leads to a list is gone
  where r.reason in ('homepage', 'soft_404') or r.reason = 'listing' and r.url <> a.url
),
missed as (
  select distinct article_id, key from gone_pages
),
visits as (  -- of articles that were missed once: every visit that brought a body, a 304 or an absence
  select
    m.article_id, f.crawl_id, f.sequence, f.fetched_at, f.outcome, g.how,
    -- a page that holds another article now says nothing of this one
    g.how is null and (r.crawl_id is not null or f.outcome = 'ok' and f.article_id is distinct from m.article_id)
      as is_unclear,
    count(*) filter (where f.outcome = 'ok') over one_page as body_number
  from missed as m
  join news.fetches as f using (key)
  left join gone_pages as g on (g.article_id, g.crawl_id, g.sequence) = (m.article_id, f.crawl_id, f.sequence)
  left join news.rejections as r on (r.crawl_id, r.sequence) = (f.crawl_id, f.sequence)
  where f.purpose = 'page' and f.outcome in ('ok', 'not_modified', 'not_found', 'gone')
  window one_page as (partition by m.article_id order by f.fetched_at, f.crawl_id, f.sequence)
),
page_events as (  -- a 304 says what the last body said
  select
    article_id, fetched_at as first_at, fetched_at as last_at, 1::bigint as times,
    case when outcome = 'not_modified' then max(how) filter (where outcome = 'ok') over one_body else how end as how,
    case when outcome = 'not_modified' then bool_or(is_unclear) over one_body else is_unclear end as is_unclear,
    false as is_host
  from visits
  window one_body as (partition by article_id, body_number)
),

-- What says that a whole domain is not there: in crawls of two days or more, nothing of it answered.
sick_hosts as (
  select c.outlet, lower(split_part(split_part(f.url, '/', 3), ':', 1)) as host
  from news.fetches as f
  join news.crawls as c using (crawl_id)
  left join news.rejections as r using (crawl_id, sequence)
  where f.outcome in ('dns_failed', 'connection_failed') or r.reason = 'parked'
  group by 1, 2
  having count(distinct (f.fetched_at at time zone 'Asia/Damascus')::date) >= 2
),
host_fetches as (
  select
    s.outlet, s.host, c.crawl_id, c.started_at, f.fetched_at,
    f.outcome in ('dns_failed', 'connection_failed') or r.reason is not distinct from 'parked' as is_gone,
    r.reason is not distinct from 'parked' as is_parked,
    -- who holds a parked domain answers robots.txt and feeds as well
    f.status_code is not null and f.outcome not in ('redirected', 'redirect_offsite') and r.reason is distinct from 'parked' as is_answer,
    f.purpose = 'page' as is_page,
    f.outcome in ('redirected', 'redirect_offsite', 'robots_unreachable', 'robots_denied', 'not_in_replay') as is_mute
  from sick_hosts as s
  join news.crawls as c using (outlet)
  join news.fetches as f using (crawl_id)
  left join news.rejections as r using (crawl_id, sequence)
  where lower(split_part(split_part(f.url, '/', 3), ':', 1)) = s.host
),
host_crawls as (
  select
    outlet, host, crawl_id, started_at, min(fetched_at) as first_at, max(fetched_at) as last_at,
    bool_or(is_gone) and not bool_or(is_answer and (is_page or not is_parking)) and bool_and(is_gone or is_answer or is_mute)
      as is_gone,
    bool_or(is_answer and (is_page or not is_parking)) as is_there
  from (select *, bool_or(is_parked) over (partition by host, outlet, crawl_id) as is_parking from host_fetches) as f
  group by outlet, host, crawl_id, started_at
),
host_runs as (
  select *, count(*) filter (where is_there) over (partition by outlet, host order by started_at, crawl_id) as run
  from host_crawls
  where is_gone or is_there
),
host_spells as (
  select
    outlet, host, min(first_at) filter (where is_gone) as first_at, max(last_at) filter (where is_gone) as last_at,
    count(*) filter (where is_gone) as times,
    lead(min(first_at) filter (where is_there)) over (partition by outlet, host order by run) as back_at,
    count(distinct (first_at at time zone 'Asia/Damascus')::date) filter (where is_gone) >= 2 as is_sure
  from host_runs
  group by outlet, host, run
),
host_events as (
  select a.article_id, s.first_at, s.last_at, s.times, s.back_at
  from host_spells as s
  join news.articles as a
    on a.outlet = s.outlet and lower(split_part(split_part(a.url, '/', 3), ':', 1)) = s.host
  where s.is_sure and a.first_seen_at < s.first_at
),
events as (
  select article_id, first_at, last_at, times, how, how is null as is_there, is_host
  from page_events
  where how is not null or not is_unclear
  union all
  select article_id, first_at, last_at, times, 'domain_gone', false, true from host_events
  union all
  -- the article was there up to then, also where no visit of its own went amiss
  select h.article_id, v.last_at, v.last_at, 1, null, true, false
  from host_events as h
  join news.articles as a using (article_id)
  cross join lateral (
    select max(f.fetched_at) as last_at
    from news.fetches as f
    left join news.rejections as r using (crawl_id, sequence)
    where f.key = a.page_key and f.purpose = 'page' and f.outcome in ('ok', 'not_modified') and r.crawl_id is null
      and f.fetched_at < h.first_at
  ) as v
  where v.last_at is not null
  union all
  select article_id, back_at, back_at, 1, null, true, true from host_events where back_at is not null
),
ordered as (
  select *, lag(how) over (partition by article_id order by first_at, is_there) as how_before from events
),
numbered as (  -- a domain that answers again brings back what was gone with it, and no page that went before
  select
    *, count(*) filter (where is_there and (not is_host or how_before = 'domain_gone'))
      over (partition by article_id order by first_at, is_there) as spell,
    max(first_at) filter (where is_there and not is_host) over (partition by article_id order by first_at, is_there)
      as alive_at
  from ordered
  where not (is_there and is_host) or how_before = 'domain_gone'
),
spells as (
  select
    article_id, spell,
    (array_agg(how order by first_at) filter (where not is_there))[1] as how,
    min(first_at) filter (where not is_there) as gone_at,
    max(last_at) filter (where not is_there) as last_gone_at,
    min(alive_at) as last_seen_at,
    lead(min(first_at) filter (where is_there)) over (partition by article_id order by spell) as returned_at,
    coalesce(sum(times) filter (where not is_there), 0)::bigint as times_gone
  from numbered
  group by article_id, spell
)
select
  s.article_id,
  a.outlet,
  a.url,
  a.title,
  s.how,
  s.gone_at,
  s.last_seen_at,
  s.last_gone_at,
  s.returned_at,
  s.times_gone
from spells as s
join news.articles as a using (article_id)
where s.gone_at is not null and s.last_seen_at is not null;

comment on view news.article_deletions is 'What an outlet took down: one row per article and spell in which its page was not there, and whether it came back. Errors that may pass (timeouts, 403, 429, 5xx, one night without DNS) are no deletion. The article keeps its last text. Erasures at our side are in deletions.';
comment on column news.article_deletions.article_id is 'The article.';
comment on column news.article_deletions.outlet is 'Its outlet.';
comment on column news.article_deletions.url is 'The address its last text was read from.';
comment on column news.article_deletions.title is 'Its last title.';
comment on column news.article_deletions.how is 'What the first visit that missed it found. not_found: 404. gone: 410. redirected_home: the outlet''s first page. redirected_to_list: a page of teasers. soft_404: a page that says it is not there. domain_gone: in the crawls of two days or more nothing of the domain answered (no DNS, no connection, or parked).';
comment on column news.article_deletions.gone_at is 'When it was first found gone: it went between last_seen_at and then.';
comment on column news.article_deletions.last_seen_at is 'When a visit last found it there before.';
comment on column news.article_deletions.last_gone_at is 'When it was last found gone in this spell. Pages are looked for up to a month after they were first seen.';
comment on column news.article_deletions.returned_at is 'When a visit found it there again; of domain_gone, when its domain answered again. Null: gone as far as we know.';
comment on column news.article_deletions.times_gone is 'Visits that found it gone; of a domain, crawls.';
