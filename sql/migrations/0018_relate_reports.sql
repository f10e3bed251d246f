-- Copies get pairs of their own, and stories become what their name says: articles that report one event. What is to be
-- worked out stands in a queue that the tables fill themselves, so that a run costs what changed and not what is there.
-- All of it is derived and made anew by the next run.

update news.articles set story_id = null where story_id is not null;
delete from news.story_articles;
delete from news.stories;
delete from news.fingerprint_marks;
delete from news.fingerprints;

alter table news.articles add column copy_of uuid references news.articles constraint articles_not_own_copy check (copy_of <> article_id);
create index articles_by_first on news.articles (copy_of) where copy_of is not null;
comment on column news.articles.copy_of is 'The first article of those with the same or nearly the same text, where this is not the first itself; null: it is no copy.';
comment on column news.articles.story_id is 'The story it belongs to: articles that report one event, copies of one another included; null: no other is known.';

create table news.copy_pairs (
  article_id uuid primary key references news.articles,
  first_article_id uuid not null references news.articles,
  relation text not null constraint copy_pairs_relation_listed check (relation in ('exact', 'near')),
  similarity real not null constraint copy_pairs_similarity_range check (similarity between 0 and 1),
  method text not null,
  method_version text not null,
  constraint copy_pairs_of_two check (article_id <> first_article_id)
);

create index copy_pairs_by_first on news.copy_pairs (first_article_id);

comment on table news.copy_pairs is 'Articles with the same or nearly the same text as an earlier one; the view copies says who had it first and who says so.';
comment on column news.copy_pairs.article_id is 'The copy.';
comment on column news.copy_pairs.first_article_id is 'The first of its copies: earliest published_at (undated ones last), then smallest key. A copy of a copy has the first one here too.';
comment on column news.copy_pairs.relation is 'exact: the same words, whatever their spelling. near: the words of the shorter text stand in the longer one, its numbers and places too.';
comment on column news.copy_pairs.similarity is 'Share of two-word sequences in common (Jaccard), 0-1; a copy that was cut has a low one.';
comment on column news.copy_pairs.method is 'How it was found.';
comment on column news.copy_pairs.method_version is 'Version of the method with its parameters.';

alter table news.story_articles
  add column other_article_id uuid references news.articles,
  add column weight real,
  add column evidence jsonb not null default '[]',
  add constraint story_articles_other check ((relation = 'lead') = (other_article_id is null)),
  add constraint story_articles_weighed check ((relation = 'same_event') = (weight is not null)),
  drop constraint story_articles_relation_listed,
  add constraint story_articles_relation_listed check (relation in ('lead', 'exact', 'near', 'same_event'));

comment on table news.stories is 'Articles that report one event, as far as their places, days, numbers, actors and words tell. Nothing is dropped: count articles and stories side by side.';
comment on column news.stories.story_id is 'Derived from the key of its first article: a rebuilt database has the same ids. story_moves says what became of an id that is gone.';
comment on table news.story_articles is 'Which article belongs to which story, by which other article of it, and what speaks for that.';
comment on column news.story_articles.relation is 'lead: the first article itself. exact, near: a copy of the other. same_event: the same event in words of its own.';
comment on column news.story_articles.other_article_id is 'The other of the pair: of a copy the first with its text, else the earlier report that speaks most for it; null for the first.';
comment on column news.story_articles.similarity is 'Of a copy the share of two-word sequences in common with the other, else of uncommon words of the openings, 0-1.';
comment on column news.story_articles.weight is 'Sum of the evidence, natural logarithm of odds; null for the first and for copies.';
comment on column news.story_articles.evidence is 'What speaks for and against the pair: objects with sign and weight, the weightiest first.';

create table news.story_moves (
  move_id bigint generated always as identity primary key,
  moved_at timestamptz not null default now(),
  from_story_id uuid not null,
  to_story_id uuid,
  article_count integer not null constraint story_moves_some check (article_count > 0),
  constraint story_moves_elsewhere check (from_story_id <> to_story_id)
);

create index story_moves_by_from on news.story_moves (from_story_id);

comment on table news.story_moves is 'Merges and splits: articles that went from one story to another, so that an old story_id can be followed.';
comment on column news.story_moves.move_id is 'Number of the move.';
comment on column news.story_moves.moved_at is 'When.';
comment on column news.story_moves.from_story_id is 'The story they were in; it may be gone.';
comment on column news.story_moves.to_story_id is 'The story they are in since; null: none.';
comment on column news.story_moves.article_count is 'How many articles.';

create table news.reports (
  version_id uuid primary key references news.article_versions on delete cascade,
  about date not null,
  record jsonb not null,
  tagger text not null,
  fingerprint text not null
);

comment on table news.reports is 'What each text reports, cut down to what is compared with others: places, days, numbers, sides, hashes of words.';
comment on column news.reports.version_id is 'The text.';
comment on column news.reports.about is 'Day by which it is looked up: of the event, else of the publication, else of the fetch.';
comment on column news.reports.record is 'The fields of processing.same_event.records.Report.';
comment on column news.reports.tagger is 'Version of the rules and vocabulary.';
comment on column news.reports.fingerprint is 'MD5 (hex) of the record: a load replaces one whose fingerprint differs.';

create table news.report_places (
  place text not null,
  about date not null,
  article_id uuid not null references news.articles on delete cascade,
  first_day date,
  last_day date,
  primary key (place, about, article_id),
  constraint report_places_days_order check (first_day <= last_day)
);

create index report_places_by_article on news.report_places (article_id);

comment on table news.report_places is 'Reports that share a place here and lie a few days apart are weighed against each other. Derived.';
comment on column news.report_places.place is 'Key of places, or a P-code where no place is prominent.';
comment on column news.report_places.about is 'The report''s day.';
comment on column news.report_places.article_id is 'The article.';
comment on column news.report_places.first_day is 'First of the days that it tells; null: it tells none.';
comment on column news.report_places.last_day is 'The last of them.';

create table news.story_components (
  article_id uuid primary key references news.articles on delete cascade,
  component uuid not null
);

create index story_components_by_component on news.story_components (component);

comment on table news.story_components is 'Articles connected by any chain of likely pairs: what is looked at together when one of them changes. Derived.';
comment on column news.story_components.article_id is 'The article.';
comment on column news.story_components.component is 'Smallest article_id of those that are connected.';

create table news.unsettled (
  stage text not null constraint unsettled_stage_listed check (stage in ('copies', 'stories')),
  article_id uuid not null references news.articles on delete cascade,
  primary key (stage, article_id)
);

comment on table news.unsettled is 'Articles that are new or changed and whose copies or stories are still to be worked out. Filled by triggers.';
comment on column news.unsettled.stage is 'copies: deduplicate. stories: relate.';
comment on column news.unsettled.article_id is 'The article.';

create table news.settled_by (
  stage text primary key constraint settled_by_stage_listed check (stage in ('copies', 'stories')),
  method_version text not null
);

comment on table news.settled_by is 'The version of each method that worked out what stands in the tables. Delete a row to have it all made anew.';
comment on column news.settled_by.stage is 'copies or stories.';
comment on column news.settled_by.method_version is 'Version of the method with its parameters.';

-- A row that is there already is written again: that locks it, so that no batch takes it before this change is to be seen.
create function news.note_new_articles() returns trigger language plpgsql as $$
begin
  insert into news.unsettled (stage, article_id)
  select s.stage, n.article_id from noted as n cross join (values ('copies'), ('stories')) as s (stage)
  on conflict (stage, article_id) do update set stage = excluded.stage;
  return null;
end
$$;

comment on function news.note_new_articles() is 'Put new articles in the queue unsettled.';

create function news.note_changed_articles() returns trigger language plpgsql as $$
begin
  insert into news.unsettled (stage, article_id)
  select 'copies', n.article_id
  from noted as n
  join before as o using (article_id)
  where (n.current_version_id, n.published_at) is distinct from (o.current_version_id, o.published_at)
  union all
  select 'stories', n.article_id
  from noted as n
  join before as o using (article_id)
  where (n.current_version_id, n.published_at, n.copy_of) is distinct from (o.current_version_id, o.published_at, o.copy_of)
  on conflict (stage, article_id) do update set stage = excluded.stage;
  return null;
end
$$;

comment on function news.note_changed_articles() is 'Put articles with another text, date or first copy in the queue unsettled.';

create function news.note_reports() returns trigger language plpgsql as $$
begin
  insert into news.unsettled (stage, article_id)
  select 'stories', a.article_id
  from noted as n
  join news.articles as a on a.current_version_id = n.version_id
  on conflict (stage, article_id) do update set stage = excluded.stage;
  return null;
end
$$;

comment on function news.note_reports() is 'Put articles that were read anew in the queue unsettled.';

create trigger articles_note_new after insert on news.articles
  referencing new table as noted for each statement execute function news.note_new_articles();
create trigger articles_note_changed after update on news.articles
  referencing new table as noted old table as before for each statement execute function news.note_changed_articles();
create trigger reports_note after insert on news.reports
  referencing new table as noted for each statement execute function news.note_reports();

-- what is there already waits for the next run
insert into news.unsettled (stage, article_id)
select s.stage, a.article_id from news.articles as a cross join (values ('copies'), ('stories')) as s (stage);
