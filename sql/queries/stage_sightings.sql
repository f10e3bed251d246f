-- A text that is a known version but for noise is seen again, and no version of its own.
insert into staged_sightings (version_id, article_id, page_key, fetched_at)
select m.version_id, s.article_id, s.page_key, s.fetched_at
from unnest(%(staged_ids)s::uuid[], %(version_ids)s::uuid[]) as m (staged_id, version_id)
join staged_articles as s on s.version_id = m.staged_id;

delete from staged_articles where version_id = any (%(staged_ids)s::uuid[])
