-- What an outlet took down, and how long after publication
-- A row that came back has `returned_at`; of the rest the last text is kept in `articles`. Days up are a lower bound: from
-- publication, or our first look, to the last visit that found the page.
select
  d.outlet,
  d.how,
  d.gone_at,
  d.returned_at,
  round(extract(epoch from d.last_seen_at - coalesce(a.published_at, a.first_seen_at)) / 86400) as days_up,
  d.title,
  d.url
from news.article_deletions as d
join news.articles as a using (article_id)
order by d.gone_at desc, d.article_id
