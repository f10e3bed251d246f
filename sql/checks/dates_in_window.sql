-- warn
-- Publication dates lie between 2000 and two days after the page was fetched. Later ones were misread, or are announced.
select
  article_id,
  outlet,
  published_at,
  'published ' || published_at || ' (' || published_from || '), first fetched ' || first_seen_at as reason
from news.articles
where published_at < '2000-01-01' or published_at > first_seen_at + interval '2 days'
