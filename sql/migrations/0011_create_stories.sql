create table news.stories (
  story_id uuid primary key,
  first_article_id uuid not null references news.articles,
  article_count integer not null constraint stories_have_two check (article_count >= 2),
  outlet_count integer not null,
  method text not null,
  method_version text not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create index stories_by_first_article on news.stories (first_article_id);

comment on table news.stories is 'Groups of articles that are copies or near copies of one another. Nothing is dropped: count articles and stories side by side.';
comment on column news.stories.story_id is 'Derived from the key of its first article: a rebuilt database has the same ids.';
comment on column news.stories.first_article_id is 'Its first article: earliest published_at (undated ones last), then smallest key.';
comment on column news.stories.article_count is 'Number of articles.';
comment on column news.stories.outlet_count is 'Number of outlets.';
comment on column news.stories.method is 'How the group was found.';
comment on column news.stories.method_version is 'Version of the method with its parameters.';
comment on column news.stories.created_at is 'When the row was made.';
comment on column news.stories.updated_at is 'When its articles last changed.';

create table news.story_articles (
  article_id uuid primary key references news.articles,
  story_id uuid not null references news.stories deferrable initially deferred,
  relation text not null constraint story_articles_relation_listed
    check (relation in ('lead', 'exact', 'near', 'syndicated', 'same_event')),
  similarity real not null constraint story_articles_similarity_range check (similarity between 0 and 1),
  method text not null,
  method_version text not null
);

create index story_articles_by_story on news.story_articles (story_id);

comment on table news.story_articles is 'Which article belongs to which story, and how it relates to the story''s first article.';
comment on column news.story_articles.article_id is 'The article.';
comment on column news.story_articles.story_id is 'The story.';
comment on column news.story_articles.relation is 'lead: the first article itself. exact: the same words. near: mostly the same words. syndicated and same_event are kept for methods to come.';
comment on column news.story_articles.similarity is 'Estimated share of two-word sequences in common with the first article (Jaccard), 0-1.';
comment on column news.story_articles.method is 'How it was found.';
comment on column news.story_articles.method_version is 'Version of the method with its parameters.';

alter table news.articles add constraint articles_story
  foreign key (story_id) references news.stories deferrable initially deferred;
