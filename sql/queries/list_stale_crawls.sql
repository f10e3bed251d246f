-- Crawls whose articles another version of rules and vocabulary has tagged, or none yet.
select distinct crawl_id
from news.article_versions
where tagger is distinct from %(tagger)s
order by crawl_id
