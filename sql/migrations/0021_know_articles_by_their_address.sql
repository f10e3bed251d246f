-- One article may be reached by several links: a short one, an AMP view, its number alone. A page is what a link leads to
-- (fetches.key, links.key), an article what it turns out to hold (articles.key): each fetch says which.

alter table news.fetches add column article_id uuid
  references news.articles on delete set null deferrable initially deferred;
create index fetches_by_article on news.fetches (article_id) where article_id is not null;
comment on column news.fetches.article_id is
  'The article that this fetch brought, whichever of its addresses it came by; null: it brought none.';

update news.fetches as f set article_id = a.article_id
from news.articles as a
where a.key = f.key and f.purpose = 'page' and f.outcome = 'ok'
  and not exists (
    select from news.rejections as r where (r.crawl_id, r.sequence) = (f.crawl_id, f.sequence));

alter table news.articles add column page_key text;
update news.articles set page_key = key;
alter table news.articles alter column page_key set not null;
create index articles_by_page on news.articles (page_key);
comment on column news.articles.page_key is
  'The page whose visits tell whether the article changed or is gone (fetches.key): that of its own address where a link led there, else the one that led to it first.';
comment on column news.articles.key is
  'SHA-256 (hex) of canonical_url: the same whichever link led here.';
comment on column news.articles.canonical_url is
  'The address it is known by: the one its page declares (rel=canonical) or was redirected to where that is believable, else that of the link, without tracking parameters and other variation. For identity, not for fetching.';
comment on column news.fetches.key is
  'SHA-256 (hex) of the canonical form of the link''s URL; null for feeds and robots.txt. See article_id for what it held.';
comment on column news.links.key is
  'SHA-256 (hex) of the canonical form of the URL, the same as fetches.key.';
comment on column news.links.outcome is 'What became of it. loaded_new: a new article. new_version: new text of a known article. unchanged: fetched, its text is kept already. already_known: known and not due. duplicate_link: linked earlier in this crawl, or fetched and the same article as another link''s (see detail). not_modified: the server said 304. rejected, robots_denied, fetch_failed, quarantined, deferred: see reason. Null: lost; must never happen and counts as a silent loss.';
comment on column news.rejections.key is 'SHA-256 (hex) of the canonical form of the link''s URL.';

alter table news.erasures add column article_key text
  constraint erasures_article_key_form check (article_key ~ '^[0-9a-f]{64}$');
comment on column news.erasures.article_key is
  'Of another address of an erased article: the article''s key; null: the key is the article''s own.';

create function news.article_at(page text) returns uuid language sql stable parallel safe as $$
  select coalesce(
    (select article_id from news.articles where key = page),
    (select article_id from news.fetches
      where key = page and article_id is not null
      order by fetched_at desc, crawl_id desc, sequence desc
      limit 1))
$$;
comment on function news.article_at is 'The article with this key, or the one that the page with this key led to last.';

-- A loader may not take back what was received. Where the rules of identity changed, texts go to another article; these two
-- run as the owner, and delete nothing but what a fetch says is elsewhere, and articles of which no text is left.
create function news.delete_left_versions(left_ids uuid[]) returns setof uuid language sql security definer
set search_path = pg_catalog, pg_temp as $$
  delete from news.article_versions as v
  using news.fetches as f
  where v.article_id = any (left_ids) and (f.crawl_id, f.sequence) = (v.crawl_id, v.fetch_sequence)
    and f.article_id <> v.article_id
  returning v.version_id
$$;
comment on function news.delete_left_versions is
  'For loading: deletes texts of these articles whose fetch is known to have brought another article; returns their ids.';

create function news.delete_left_articles(left_ids uuid[]) returns setof uuid language sql security definer
set search_path = pg_catalog, pg_temp as $$
  delete from news.articles as a
  where a.article_id = any (left_ids)
    and not exists (select from news.article_versions as v where v.article_id = a.article_id)
  returning a.article_id
$$;
comment on function news.delete_left_articles is
  'For loading: deletes those of these articles of which no text is left; returns their ids.';

revoke execute on function news.delete_left_versions(uuid[]), news.delete_left_articles(uuid[]) from public;
