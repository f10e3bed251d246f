select a.outlet from news.articles as a where a.key = %(key)s
union
select c.outlet from news.fetches as f join news.crawls as c using (crawl_id) where f.key = %(key)s
union
select c.outlet from news.links as l join news.crawls as c using (crawl_id) where l.key = %(key)s
order by 1
