select
  a.article_id, a.key, a.outlet, a.title, a.published_at, a.story_id, m.version_id, m.shingle_count, m.word_count,
  m.folded_sha256, m.signature
from news.articles as a
left join news.minhashes as m on m.version_id = a.current_version_id
where a.story_id = any (%(story_ids)s::uuid[])
order by a.article_id
