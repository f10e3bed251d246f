create or replace view news.deletions with (security_invoker = true) as
select
  left(key, 32)::uuid as article_id,
  erased_at
from news.erasures;

comment on view news.deletions is 'Articles that were erased: remove them from copies of the data.';
comment on column news.deletions.article_id is 'Id the article had.';
comment on column news.deletions.erased_at is 'When it was erased.';
