-- fail
-- articles repeats the version that was seen last.
select
  a.article_id,
  a.outlet,
  case
    when v.article_id is distinct from a.article_id then 'the current version is another article''s'
    when (a.title, a.text) is distinct from (v.title, v.text) then 'title or text differ from the current version'
    when (a.kind, a.languages, a.relevance) is distinct from (v.kind, v.languages, v.relevance)
      then 'kind, languages or relevance differ from the current version'
    else 'a later seen version is not shown'
  end as reason
from news.articles as a
left join news.article_versions as v on v.version_id = a.current_version_id
where v.article_id is distinct from a.article_id
   or (a.title, a.text, a.kind, a.languages, a.relevance)
     is distinct from (v.title, v.text, v.kind, v.languages, v.relevance)
   or exists (
     select from news.article_versions as w where w.article_id = a.article_id and w.last_seen_at > v.last_seen_at)
