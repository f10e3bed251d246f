-- A crawl cleaned anew: a fetch may bring another article, or none.
update news.fetches as f set article_id = s.article_id
from staged_fetches as s
where f.crawl_id = %(crawl_id)s and f.sequence = s.sequence and f.article_id is distinct from s.article_id
