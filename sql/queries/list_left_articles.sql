select l.article_id::text
from staged_left as l
where not exists (select from news.article_versions as v where v.article_id = l.article_id)
order by 1
