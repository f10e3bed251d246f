-- Texts that would be new versions, each with the versions it may be but for noise: same title, made from another fetch.
-- Of one fetch cleaned anew the later cleaning counts, however little it changed. The likeliest version comes first: one
-- of the same rules, then the one seen last. Five are enough: an outlet that goes back to an earlier text goes back a step.
select
  s.version_id as staged_id, s.title as staged_title, s.text as staged_text, s.fetched_at as staged_at,
  v.version_id, v.title, v.text, v.fetched_at
from staged_articles as s
join lateral (
  select n.version_id, n.title, n.text, n.fetched_at, n.cleaner, n.last_seen_at
  from news.article_versions as n
  where n.article_id = s.article_id and n.title = s.title
    and (n.crawl_id, n.fetch_sequence) <> (s.crawl_id, s.fetch_sequence)
  order by n.cleaner = s.cleaner desc, n.last_seen_at desc, n.version_id
  limit 5
) as v on true
where not exists (select from news.article_versions as k where k.version_id = s.version_id)
order by s.version_id, v.cleaner = s.cleaner desc, v.last_seen_at desc, v.version_id
