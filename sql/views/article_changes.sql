create or replace view news.article_changes with (security_invoker = true) as
with
source as (
  select
    v.article_id, v.version_id, v.version_number, v.title, v.word_count, v.first_seen_at, v.last_seen_at,
    lag(v.version_id) over one_article as version_before,
    lag(v.title) over one_article as title_before,
    lag(v.word_count) over one_article as words_before,
    lag(v.last_seen_at) over one_article as last_seen_before,
    max(v.last_seen_at) over (one_article rows between unbounded preceding and 1 preceding) > v.last_seen_at
      as is_taken_back
  from news.article_versions as v
  window one_article as (partition by v.article_id order by v.version_number)
)
select
  a.article_id,
  a.outlet,
  a.url,
  c.version_number,
  c.version_id,
  c.version_before,
  -- seen again later, it says nothing of when this one came
  case when c.last_seen_before <= c.first_seen_at then c.last_seen_before end as last_seen_before,
  c.first_seen_at,
  c.title_before,
  c.title,
  c.title_before <> c.title as is_title_changed,
  c.words_before,
  c.word_count as words,
  c.is_taken_back
from source as c
join news.articles as a using (article_id)
where c.version_before is not null;

comment on view news.article_changes is 'Each time an article came with a text that it had never had: when, its title and length then and now. An outlet that goes back to an earlier text makes no row: is_taken_back says so. `bulletins diff` shows the sentences, tolls and sources.';
comment on column news.article_changes.article_id is 'The article.';
comment on column news.article_changes.outlet is 'Its outlet.';
comment on column news.article_changes.url is 'Its address.';
comment on column news.article_changes.version_number is 'Number of the version that came, from 2.';
comment on column news.article_changes.version_id is 'The version that came.';
comment on column news.article_changes.version_before is 'The version before it.';
comment on column news.article_changes.last_seen_before is 'When the version before was seen last: the change came after. Null: that text was there again later, so this is not known.';
comment on column news.article_changes.first_seen_at is 'When this version was seen first: the change came before.';
comment on column news.article_changes.title_before is 'Title of the version before.';
comment on column news.article_changes.title is 'Title now.';
comment on column news.article_changes.is_title_changed is 'Whether the titles differ.';
comment on column news.article_changes.words_before is 'Words of the version before.';
comment on column news.article_changes.words is 'Words now.';
comment on column news.article_changes.is_taken_back is 'Whether an earlier text was there again after this one was seen last: the change was undone.';
