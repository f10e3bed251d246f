-- The texts of this load have exactly the parts that came with it: a part that is not among them was another splitter's.
delete from news.article_parts as p
using staged_articles as a
where p.version_id = a.version_id
  and not exists (select from staged_parts as s where s.version_id = p.version_id and s is not distinct from p)
