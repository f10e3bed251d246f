-- Which of these crawls are loaded.
select crawl_id from news.crawls where crawl_id = any (%(crawl_ids)s) order by crawl_id
