create or replace view news.crawl_accounting with (security_invoker = true) as
with
counted as (
  select
    crawl_id,
    count(*) as links_kept,
    count(*) filter (where outcome = 'loaded_new') as loaded_new,
    count(*) filter (where outcome = 'new_version') as new_version,
    count(*) filter (where outcome = 'unchanged') as unchanged,
    count(*) filter (where outcome = 'already_known') as already_known,
    count(*) filter (where outcome = 'duplicate_link') as duplicate_link,
    count(*) filter (where outcome = 'not_modified') as not_modified,
    count(*) filter (where outcome = 'rejected') as rejected,
    count(*) filter (where outcome = 'robots_denied') as robots_denied,
    count(*) filter (where outcome = 'fetch_failed') as fetch_failed,
    count(*) filter (where outcome = 'quarantined') as quarantined,
    count(*) filter (where outcome = 'deferred') as deferred,
    count(*) filter (where outcome is null) as unaccounted
  from news.links
  group by crawl_id
)
select
  c.outlet,
  c.crawl_id,
  c.started_at,
  c.links_discovered,
  coalesce(n.loaded_new, 0) as loaded_new,
  coalesce(n.new_version, 0) as new_version,
  coalesce(n.unchanged, 0) as unchanged,
  coalesce(n.already_known, 0) as already_known,
  coalesce(n.duplicate_link, 0) as duplicate_link,
  coalesce(n.not_modified, 0) as not_modified,
  coalesce(n.rejected, 0) as rejected,
  coalesce(n.robots_denied, 0) as robots_denied,
  coalesce(n.fetch_failed, 0) as fetch_failed,
  coalesce(n.quarantined, 0) as quarantined,
  coalesce(n.deferred, 0) as deferred,
  coalesce(n.unaccounted, 0) as unaccounted,
  abs(c.links_discovered - coalesce(n.links_kept, 0)) + coalesce(n.unaccounted, 0) as silent_losses
from news.crawls as c
left join counted as n using (crawl_id);

comment on view news.crawl_accounting is 'The books of every crawl: links discovered on the left, what became of them on the right. silent_losses must be 0.';
comment on column news.crawl_accounting.outlet is 'The outlet.';
comment on column news.crawl_accounting.crawl_id is 'The crawl.';
comment on column news.crawl_accounting.started_at is 'When it began.';
comment on column news.crawl_accounting.links_discovered is 'Links the crawl says it discovered.';
comment on column news.crawl_accounting.loaded_new is 'Links that brought a new article.';
comment on column news.crawl_accounting.new_version is 'Links that brought a new text of a known article.';
comment on column news.crawl_accounting.unchanged is 'Links that were fetched and brought a text that is kept already.';
comment on column news.crawl_accounting.already_known is 'Links to known pages that were not due.';
comment on column news.crawl_accounting.duplicate_link is 'Links to a page that was linked earlier in the same crawl.';
comment on column news.crawl_accounting.not_modified is 'Links whose page the server said had not changed (304).';
comment on column news.crawl_accounting.rejected is 'Links or pages that are no article; reasons in links.reason.';
comment on column news.crawl_accounting.robots_denied is 'Links that robots.txt forbids.';
comment on column news.crawl_accounting.fetch_failed is 'Links that could not be fetched; kinds in links.reason.';
comment on column news.crawl_accounting.quarantined is 'Pages on which the cleaner failed.';
comment on column news.crawl_accounting.deferred is 'Links left for the next crawl; reasons in links.reason.';
comment on column news.crawl_accounting.unaccounted is 'Links of which nothing is known; must be 0.';
comment on column news.crawl_accounting.silent_losses is 'What the two sides differ by, and what is unaccounted for; must be 0.';
