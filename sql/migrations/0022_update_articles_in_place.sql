-- Half of all new articles become copies and most come into a story. Each such update of articles wrote all of its twelve
-- indexes anew, the words of the text with them: 1.5 ms and 30 kB of the write-ahead log, more than all else that an article
-- costs (benchmarks/growth.py, 2026-11-29). An update that changes no indexed column writes none of them, where the page has
-- room for the row. So what changes later is found by other tables' indexes: the copies of an article by copy_pairs, the
-- articles of a story by story_articles, changes since a time by article_updates.

drop index news.articles_by_first;
drop index news.articles_by_story;
drop index news.articles_by_updated;

-- Without those indexes, to delete an article or a story would read all articles. copy_pairs and story_articles have the
-- same constraints, and checks say whether articles agrees with them.
alter table news.articles drop constraint articles_copy_of_fkey;
alter table news.articles drop constraint articles_story;

-- Room for the row once more, and rows that are short: texts and their words go out of line sooner.
alter table news.articles set (fillfactor = 60, toast_tuple_target = 1024);

comment on column news.articles.copy_of is 'The first article of those with the same or nearly the same text, where this is not the first itself; null: it is no copy. To find the copies of an article, ask copy_pairs.';
comment on column news.articles.story_id is 'The story it belongs to: articles that report one event, copies of one another included; null: no other is known. To find the articles of a story, ask story_articles or story_reports.';
comment on column news.articles.updated_at is 'When text, metadata, governorates, copy or story last changed; being seen again does not count. Page through changes by article_updates.';

create table news.article_updates (
  updated_at timestamptz not null,
  article_id uuid not null,
  primary key (updated_at, article_id)
);

comment on table news.article_updates is 'All articles in the order of their last change, for paging through what is new or changed. Kept by triggers on articles.';
comment on column news.article_updates.updated_at is 'As in articles.';
comment on column news.article_updates.article_id is 'The article.';

insert into news.article_updates (updated_at, article_id) select updated_at, article_id from news.articles order by 1, 2;

-- `except` and no join of the rows before and after: a plan is kept for the session, and one made for a single row would
-- go through all rows for each row.
create function news.keep_article_updates() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    delete from news.article_updates as u
    using (select updated_at, article_id from before except select updated_at, article_id from noted) as o
    where (u.updated_at, u.article_id) = (o.updated_at, o.article_id);
    insert into news.article_updates (updated_at, article_id)
    select updated_at, article_id from noted except select updated_at, article_id from before order by 1, 2;
  elsif tg_op = 'INSERT' then
    insert into news.article_updates (updated_at, article_id) select updated_at, article_id from noted order by 1, 2;
  else
    delete from news.article_updates as u
    using before as o
    where (u.updated_at, u.article_id) = (o.updated_at, o.article_id);
  end if;
  return null;
end
$$;

create or replace function news.note_changed_articles() returns trigger language plpgsql as $$
begin
  insert into news.unsettled (stage, article_id)
  select 'copies', c.article_id
  from (
    select article_id, current_version_id, published_at, case when published_at is null then first_seen_at end from noted
    except
    select article_id, current_version_id, published_at, case when published_at is null then first_seen_at end from before
  ) as c
  union all
  select 'stories', c.article_id
  from (
    select article_id, current_version_id, published_at, copy_of from noted
    except
    select article_id, current_version_id, published_at, copy_of from before
  ) as c
  on conflict (stage, article_id) do update set stage = excluded.stage;
  return null;
end
$$;

comment on function news.keep_article_updates() is 'Keep article_updates in step with articles.';

create trigger articles_keep_new after insert on news.articles
  referencing new table as noted for each statement execute function news.keep_article_updates();
create trigger articles_keep_changed after update on news.articles
  referencing new table as noted old table as before for each statement execute function news.keep_article_updates();
create trigger articles_keep_gone after delete on news.articles
  referencing old table as before for each statement execute function news.keep_article_updates();
