-- Crawls of the live or replayed web in which no feed answered: the outlet is silent, whatever the reason.
select crawl_id
  from news.crawls
 where crawl_id = any (%(crawl_ids)s)
   and not exists (
         select from news.fetches
          where fetches.crawl_id = crawls.crawl_id and purpose = 'feed' and outcome in ('ok', 'not_modified'))
 order by crawl_id
