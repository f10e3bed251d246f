-- fail
-- A text is a bulletin when it has parts, and a plain article when it has none.
select
  v.version_id,
  v.article_id,
  case v.kind when 'bulletin' then 'a bulletin without parts' else 'an article with parts' end as reason
from news.article_versions as v
where v.kind in ('article', 'bulletin')
  and (v.kind = 'bulletin') <> exists (select from news.article_parts as p where p.version_id = v.version_id)
