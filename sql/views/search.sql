-- Full-text search in one call: select * from news.search('قصف إدلب') limit 20;
--
-- Each language is searched with its own stemmer. Postgres's Arabic stemmer keeps ه and ة apart at the end of a word
-- (المدرسه, المدرسة), as readers' keyboards do not, so an Arabic query is tried in both spellings. Titles are found by
-- likeness of their folded spelling as well, which forgives hamza, alef and ya forms and a missing letter.
create or replace function news.search(query text, most integer default 200)
returns table (
  article_id uuid, rank real, outlet text, language text, published_at timestamptz, title text, url text)
language sql stable parallel safe
-- The planner does not count that a scan would fetch every article's word list from where large values are kept: on 20,000
-- articles it chose the scan, at fifty times the time of the index.
set enable_seqscan = off
as $$
  with
  configs as materialized (
    select
      config,
      case
        -- with an exclusion, either spelling of it would let the other one through
        when query ~ '-' then websearch_to_tsquery(config, query)
        -- not \M for the end of a word: it does not know Arabic letters in every locale
        else websearch_to_tsquery(config, query)
          || websearch_to_tsquery(config, regexp_replace(query, 'ه(?![\u0621-\u06D3])', 'ة', 'g'))
          || websearch_to_tsquery(config, regexp_replace(query, 'ة(?![\u0621-\u06D3])', 'ه', 'g'))
      end as words
    from (values ('pg_catalog.arabic'::regconfig), ('pg_catalog.english'), ('pg_catalog.russian'), ('pg_catalog.turkish'),
      ('pg_catalog.simple')) as c (config)
  ),
  by_words as (
    select a.article_id, ts_rank_cd(a.search, c.words, 1) as rank
    from configs as c
    cross join lateral (
      -- offset 0 keeps the language out of this look-up, which must be by the words alone to use their index
      select article_id, search, language from news.articles where search @@ c.words offset 0
    ) as a
    where numnode(c.words) > 0 and news.search_config(a.language) = c.config
  ),
  by_title as (
    select a.article_id, word_similarity(news.fold(query), news.fold(a.title)) as rank
    from news.articles as a
    -- an excluded word or a quoted phrase means it exactly: no guessing then
    where news.fold(query) <% news.fold(a.title) and query !~ '["-]'
  ),
  found as (
    select article_id, sum(rank)::real as rank
    from (select * from by_words union all select * from by_title) as hits
    group by article_id
    order by 2 desc, 1
    limit most
  )
  select f.article_id, f.rank, a.outlet, a.language, a.published_at, a.title, a.url
  from found as f
  join news.articles as a using (article_id)
  order by f.rank desc, a.published_at desc nulls last, f.article_id
$$;

comment on function news.search(text, integer) is
  'Articles that match a query, best first, at most `most` of them. Words must all occur; "..." is a phrase, - excludes, or is or. Arabic, English, Russian and Turkish words are found in their inflected forms; titles also when spelled a little differently.';
