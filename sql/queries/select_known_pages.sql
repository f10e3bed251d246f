-- What is known of an outlet's pages, and which of them this crawl visits again. One row per page.
--
-- A page is looked at again 1, 3, 7 and 30 days after it was first seen, daily while a feed still lists it, and once a
-- week without validators; a page that is not there any more only at the four looks, so that its return is noticed. After
-- the last look nothing is visited again: articles do not change then, and the outlet is asked for less.
--
-- Where several pages are one article, one of them is visited (articles.page_key); the others are known, and left alone.
--
-- 4 hours early is in time for each of these, so that a nightly crawl that begins a little earlier than the last one
-- ended does not skip a day.
with
rule as (
  select
    %(now)s::timestamptz as at, interval '4 hours' as slack, interval '30 days' as listed_for,
    -- the look at 30 days and a page's last bad moments have a week, for nights without a crawl
    interval '37 days' as known_for
),
erased as (  -- by the tables, or by the archive where the tables were made anew
  select key, erased_at from news.erasures
  union all
  select key, %(now)s from unnest(%(erased)s::text[]) as a (key)
  where not exists (select from news.erasures as e where e.key = a.key)
),
attempts as (
  select f.*, c.started_at
  from news.fetches as f
  join news.crawls as c using (crawl_id)
  where c.outlet = %(outlet)s and f.purpose = 'page' and f.key is not null
),
latest as (
  select distinct on (key) key, first_url, outcome, fetched_at
  from attempts
  order by key, started_at desc, sequence desc
),
bodies as (  -- the last attempt that brought a body: its validators, and where the bytes are
  select distinct on (key)
    key, crawl_id, sequence, first_url, etag, last_modified, fetched_at, body_sha256, article_id,
    coalesce(payload_file, warc_file) as warc_file,
    case when payload_file is null then warc_offset else payload_offset end as warc_offset
  from attempts
  where outcome = 'ok'
  order by key, started_at desc, sequence desc
),
spans as (
  select
    key, min(fetched_at) as first_at, max(fetched_at) filter (where outcome in ('ok', 'not_modified')) as fetched_at,
    -- the last attempt that told what there is; what may have been a bad moment does not
    max(fetched_at) filter (where outcome not in (
      'redirected', 'rate_limited', 'server_error', 'unexpected_status', 'empty', 'timeout', 'dns_failed',
      'connection_failed', 'tls_error', 'truncated', 'decode_failed', 'robots_unreachable')) as looked_at
  from attempts
  group by key
),
left_over as (  -- links that were put off, possibly never tried and no longer in any feed
  select distinct on (l.key) l.key, l.url, c.started_at
  from news.links as l
  join news.crawls as c using (crawl_id)
  where c.outlet = %(outlet)s and l.outcome = 'deferred'
  order by l.key, c.started_at desc
),
readings as (  -- the last crawl that read each feed; one that answers 304 lists what it listed before
  select distinct on (l.feed_url) l.feed_url, l.crawl_id
  from news.links as l
  join news.crawls as c using (crawl_id)
  where c.outlet = %(outlet)s and l.feed_url <> 'state:due' and c.started_at > %(now)s - interval '30 days'
  order by l.feed_url, c.started_at desc
),
others as (  -- pages whose article is visited at another one
  select b.key, a.page_key
  from bodies as b
  join news.articles as a using (article_id)
  where a.page_key <> b.key
),
listed as (
  select distinct coalesce(o.page_key, l.key) as key
  from readings as r
  join news.links as l using (crawl_id, feed_url)
  left join others as o on o.key = l.key
),
pages as (
  select
    coalesce(n.key, d.key) as key,
    coalesce(b.first_url, n.first_url, d.url) as url,
    b.etag, b.last_modified,
    least(s.first_at, d.started_at) as first_seen_at,
    coalesce(s.fetched_at, n.fetched_at, d.started_at) as last_fetched_at,
    s.looked_at,
    b.fetched_at as last_full_at,
    n.outcome,
    n.outcome in ('not_found', 'gone')
      or n.outcome in ('ok', 'not_modified') and coalesce(r.reason in ('homepage', 'soft_404', 'parked'), false) as is_gone,
    d.key is not null and (n.key is null or d.started_at > n.fetched_at) as is_deferred,
    b.body_sha256, b.warc_file, b.warc_offset
  from latest as n
  join spans as s using (key)
  left join bodies as b using (key)
  left join (select crawl_id, sequence, reason from news.rejections) as r using (crawl_id, sequence)
  full join left_over as d using (key)
)
select
  p.key, p.url, p.etag, p.last_modified, p.first_seen_at, p.last_fetched_at, p.last_full_at,
  e.key is null and (
    %(forced)s or coalesce(
      -- a page that we may not have, or that is another's now, is left alone
      coalesce(p.outcome, '') not in ('bad_url', 'robots_denied', 'redirect_offsite', 'address_blocked', 'not_in_replay')
      and o.key is null
      and p.first_seen_at > r.at - r.known_for
      and (
        p.is_deferred
        -- what may have been a bad moment is tried again every night
        or p.outcome in (
          'rate_limited', 'server_error', 'unexpected_status', 'empty', 'timeout', 'dns_failed', 'connection_failed',
          'tls_error', 'truncated', 'decode_failed', 'robots_unreachable')
        -- the four looks, each of them once
        or exists (
          select from unnest(array[1, 3, 7, 30]) as looks (day)
          where p.first_seen_at + looks.day * interval '1 day' - r.slack <= r.at
            and p.looked_at < p.first_seen_at + looks.day * interval '1 day' - r.slack)
        or p.first_seen_at > r.at - r.listed_for and not coalesce(p.is_gone, false) and (
          -- what a feed still lists is what the outlet still works on
          l.key is not null and p.looked_at <= r.at - interval '1 day' + r.slack
          -- and once a week in full, because some servers answer 304 to a page that did change
          or p.last_full_at <= r.at - interval '7 days' + r.slack)),
      false)) as due,
  p.body_sha256, p.warc_file, p.warc_offset
from pages as p
cross join rule as r
left join listed as l using (key)
left join others as o using (key)
left join erased as e using (key)

union all

-- erased before it was ever fetched here: known, so that it is not fetched
select e.key, '', null, null, e.erased_at, e.erased_at, null, false, null, null, null
from erased as e
where not exists (select from pages as p where p.key = e.key)
