-- What came in by outlet, for the crawls of one run: the table at the end of `bulletins demo`.
-- The last column is the number of links that are not accounted for; it must be 0.
with counted as (
  select c.crawl_id, c.outlet, c.links_discovered,
         count(l.crawl_id) filter (where l.outcome in
           ('loaded_new', 'new_version', 'unchanged', 'rejected', 'quarantined') and l.reason is distinct from 'bad_url'
           and l.reason is distinct from 'off_domain' and l.reason is distinct from 'not_an_article_url') as fetched,
         count(l.crawl_id) filter (where l.outcome = 'loaded_new') as articles,
         count(l.crawl_id) filter (where l.outcome = 'new_version') as new_versions,
         c.links_discovered - count(l.crawl_id) as lost
    from news.crawls c
    left join news.links l using (crawl_id)
   where c.crawl_id = any(%(crawl_ids)s)
   group by c.crawl_id, c.outlet, c.links_discovered
), copies as (
  select a.outlet, count(*) as duplicates
    from news.copy_pairs p
    join news.articles a using (article_id)
   group by a.outlet
), rejected as (
  select crawl_id, string_agg(reason || ' ' || number, ', ' order by number desc, reason) as reasons
    from (select crawl_id, reason, count(*) as number from news.links
           where crawl_id = any(%(crawl_ids)s) and outcome in ('rejected', 'quarantined') group by 1, 2) each_reason
   group by crawl_id
)
select k.outlet, k.links_discovered, k.fetched, k.articles, k.new_versions, coalesce(d.duplicates, 0), r.reasons, k.lost
  from counted k
  left join copies d using (outlet)
  left join rejected r using (crawl_id)
 order by k.outlet
