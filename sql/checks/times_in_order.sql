-- fail
-- Nothing was changed before it was made, seen again before it was seen, or seen in the future.
select
  article_id,
  outlet,
  case
    when updated_at < created_at then 'changed before it was made'
    when last_seen_at < first_seen_at then 'seen last before it was seen first'
    else 'seen in the future: ' || last_seen_at
  end as reason
from news.articles
where updated_at < created_at or last_seen_at < first_seen_at or last_seen_at > now() + interval '1 day'
