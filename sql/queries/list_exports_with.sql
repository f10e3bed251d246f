-- Exported files that held an article, and those of which it is not known. Two ids share 6 bytes once in 10^14 pairs.
select path, made_at, made_by, sha256, row_count, article_ids is not null as is_certain
from news.exports
where article_ids is null or position(decode(left(%(key)s, 12), 'hex') in article_ids) > 0
order by made_at, export_id
