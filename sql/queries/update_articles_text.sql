-- Another text is current now. Apart from update_articles.sql, because touching the text recomputes the search column.
update news.articles as a set
  title = v.title, text = v.text, language = v.language, current_version_id = v.version_id, updated_at = now()
from staged_current as c
join news.article_versions as v on v.version_id = c.version_id
where a.article_id = c.article_id
  and (a.current_version_id, a.language) is distinct from (c.version_id, c.language)
