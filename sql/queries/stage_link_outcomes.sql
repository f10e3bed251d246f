-- Each link's one outcome: what the crawl did with it and, for a fetched one, what the page turned out to be. A fetched
-- link without a result keeps a null outcome: that is a silent loss, and the checks say so.
create temp table staged_link_outcomes on commit drop as
select
  l.*,
  case
    when l.fate <> 'fetched' then l.fate
    when e.key is not null then 'rejected'
    when o.key is not null then o.outcome
    when r.reason = any (%(quarantines)s) then 'quarantined'
    when r.key is not null then 'rejected'
  end as outcome,
  case
    when l.fate <> 'fetched' then l.reason
    when e.key is not null then %(erased)s
    when o.key is not null then ''
    else coalesce(r.reason, '')
  end as outcome_reason,
  case
    when l.fate <> 'fetched' or e.key is not null then l.detail
    when o.key is not null then coalesce(nullif(o.detail, ''), l.detail)
    else coalesce(r.detail, l.detail)
  end as outcome_detail
from staged_links as l
left join staged_erasures as e on e.key = l.key
left join staged_outcomes as o on o.key = l.key
left join staged_rejections as r on r.key = l.key
