-- fail
-- An article has a title or a text; the cleaner rejects pages without.
select article_id, outlet, 'neither title nor text' as reason
from news.articles
where btrim(title) = '' and btrim(text) = ''
