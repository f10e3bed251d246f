-- How the publication dates of each outlet are known, and how exactly
-- Before counting by day: a date read from a URL or a text is weaker evidence than one the page declares.
select
  outlet_name as outlet,
  coalesce(published_from, 'no date') as read_from,
  coalesce(published_precision, '') as exact_to,
  count(*) as articles,
  round(100.0 * count(*) / sum(count(*)) over (partition by outlet), 1) as percent
from news.articles
group by outlet, outlet_name, published_from, published_precision
order by outlet_name, articles desc, read_from
