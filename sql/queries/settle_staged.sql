-- Make the staged records fit for merging: one result per page and per article, nothing that was erased, statistics for
-- the planner.

update staged_fetches as f set article_id = a.article_id
from staged_articles as a
where a.fetch_sequence = f.sequence;

-- A page that was fetched twice in one crawl (taken up again after its process died) counts as it was seen last.
create temp table staged_latest on commit drop as
select key, max(sequence) as sequence
from (
  select page_key as key, fetch_sequence as sequence from staged_articles
  union all
  select key, sequence from staged_rejections
) as results
group by key
having count(*) > 1;

delete from staged_articles as a using staged_latest as l where a.page_key = l.key and a.fetch_sequence < l.sequence;
delete from staged_rejections as r using staged_latest as l where r.key = l.key and r.sequence < l.sequence;

-- What must not be loaded: by the table, or by the archive where the tables were made anew.
create temp table staged_erasures (key text primary key) on commit drop;
insert into staged_erasures
select key from news.erasures
union
select unnest(%(erased_keys)s::text[]);
-- Another address of an erased article is as good as its own.
insert into staged_erasures
select page_key from staged_articles where key in (select key from staged_erasures)
on conflict do nothing;

delete from staged_articles where page_key in (select key from staged_erasures);
delete from staged_rejections where key in (select key from staged_erasures);
update staged_links set url = '', title = null, published_raw = null, published_at = null, detail = ''
where key in (select key from staged_erasures);
update staged_fetches set
  url = '', first_url = '', detail = '', content_type = null, etag = null, last_modified = null, redirect_to = null,
  server_ip = null, tls_verified = null, body_bytes = null, body_sha256 = null, payload_file = null,
  payload_offset = null, article_id = null
where key in (select key from staged_erasures);

-- Where several links of the crawl led to one article, its own address counts, whichever came first; without that the
-- page with the smallest key (as processing.crawl.tag_crawl chooses, too).
create temp table staged_twins on commit drop as
select page_key, key, canonical_url
from (
  select page_key, key, canonical_url, row_number() over (partition by key order by page_key <> key, page_key) as place
  from staged_articles
) as placed
where place > 1;

delete from staged_articles as a using staged_twins as t where a.page_key = t.page_key;

-- What the tagger made of a text joins it. Only a plain article turns out to be a digest.
update staged_articles as a set
  relevance = p.relevance, relevance_evidence = p.relevance_evidence, tagger = p.tagger,
  kind = case
    when a.kind = 'article' and a.version_id in (select version_id from staged_parts) then 'bulletin'
    else a.kind
  end
from staged_profiles as p
where p.version_id = a.version_id;

create unique index on staged_articles (version_id);
create index on staged_articles (key);
create index on staged_articles (page_key);
create index on staged_rejections (key);
create index on staged_tags (version_id);
create index on staged_parts (version_id);
create index on staged_statements (version_id);
create index on staged_reports (version_id);
analyze staged_fetches (key, outcome);
analyze staged_links (key);
-- not of the texts: reading them all for statistics that no plan needs took a tenth of the whole load
analyze staged_articles (article_id, version_id, key);
analyze staged_rejections (key);
analyze staged_tags (version_id);
analyze staged_statements (version_id, method, statement_number)
