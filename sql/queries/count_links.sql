select coalesce(outcome, 'unaccounted') as outcome, reason, count(*)
from news.links
where crawl_id = %(crawl_id)s
group by 1, 2
order by 1, 2
