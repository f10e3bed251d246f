-- What an article is as a whole: its kind, its languages, how much it is about Syria, how its text was found; and of a
-- digest, the parts it falls into. Rows that were loaded before have no score and no parts until they are processed again.

alter table news.articles
  add column kind text not null default 'article' constraint articles_kind_listed
    check (kind in ('article', 'bulletin', 'live_blog', 'video', 'photo')),
  add column languages text[] not null default '{}',
  add column relevance real constraint articles_relevance_range check (relevance between 0 and 1);
update news.articles set languages = array[language];
alter table news.articles
  alter column kind drop default,
  alter column languages drop default,
  add constraint articles_languages_some check (cardinality(languages) > 0);

alter table news.article_versions
  add column kind text not null default 'article' constraint article_versions_kind_listed
    check (kind in ('article', 'bulletin', 'live_blog', 'video', 'photo')),
  add column languages text[] not null default '{}',
  add column passages jsonb not null default '[]',
  add column relevance real constraint article_versions_relevance_range check (relevance between 0 and 1),
  add column relevance_evidence text[] not null default '{}',
  add column tagger text,
  add column rules text[] not null default '{}',
  add constraint article_versions_scored check ((relevance is null) = (tagger is null));
update news.article_versions set languages = array[language];
alter table news.article_versions
  alter column kind drop default,
  alter column languages drop default,
  alter column passages drop default,
  alter column relevance_evidence drop default,
  alter column rules drop default,
  add constraint article_versions_languages_some check (cardinality(languages) > 0);

create table news.article_parts (
  version_id uuid not null references news.article_versions on delete cascade,
  part_number integer not null constraint article_parts_number_positive check (part_number >= 0),
  kind text not null constraint article_parts_kind_listed
    check (kind in ('headline', 'summary', 'section', 'item', 'background', 'close')),
  start_offset integer not null,
  end_offset integer not null,
  parent_number integer,
  header_start integer,
  header_end integer,
  governorates text[] not null,
  actors text[] not null,
  time_printed text,
  summary_of integer[] not null,
  tagger text not null,
  primary key (version_id, part_number),
  constraint article_parts_span_order check (0 <= start_offset and start_offset < end_offset),
  constraint article_parts_header_whole check ((header_start is null) = (header_end is null)),
  constraint article_parts_header_within check (start_offset <= header_start and header_end <= end_offset),
  constraint article_parts_parent_first check (parent_number < part_number)
);

create index article_parts_by_governorate on news.article_parts using gin (governorates);

comment on column news.articles.kind is 'What sort of article: article, bulletin (a digest of several reports, its parts in article_parts), live_blog, video or photo (a page whose text goes with a film or pictures).';
comment on column news.articles.languages is 'Languages of its paragraphs, that of most of the text first; where there are several, article_versions.passages says which stands where.';
comment on column news.articles.relevance is 'How much it is about Syria, 0-1: d / (d + 1), d being mentions per 100 words of the country, its places and actors, those in the headline threefold. From 0.5 on Syria is the subject. Nothing is filtered by it. Null: not scored yet.';

comment on column news.article_versions.date_candidates is 'All dates found on the page, the chosen one included: origin, raw, at, precision, timezone. Origin header (Last-Modified) only supports others, it is never chosen.';
comment on column news.article_versions.kind is 'What sort of article: article, bulletin, live_blog, video or photo.';
comment on column news.article_versions.languages is 'Languages of its paragraphs, that of most of the text first.';
comment on column news.article_versions.passages is 'Of a text in several languages, which stands where: start, end (characters of text), language, confidence. Empty: all is in one.';
comment on column news.article_versions.relevance is 'How much it is about Syria, 0-1; see articles.relevance.';
comment on column news.article_versions.relevance_evidence is 'The mentions that the score rests on, with their number, the weightiest first; at most 12.';
comment on column news.article_versions.tagger is 'Version of the rules and vocabulary that gave relevance and parts; null: not scored yet.';
comment on column news.article_versions.rules is 'What found and trimmed the text, in order, such as "body .entry-content" (the outlet''s own selector), "trafilatura precision fast", "trimmed". Empty: it was cleaned before this was noted.';

comment on table news.article_parts is 'The parts of digests: headline block, brief, a section a governorate, its items, background, close. Made by rules from the text.';
comment on column news.article_parts.version_id is 'The text.';
comment on column news.article_parts.part_number is '0-based, in order of the text, a part before those nested in it.';
comment on column news.article_parts.kind is 'What it is there for: headline, summary, section, item, background or close.';
comment on column news.article_parts.start_offset is '0-based first character in the text, header and bullet included.';
comment on column news.article_parts.end_offset is 'Character after the last one: substr(text, start_offset + 1, end_offset - start_offset) is the part.';
comment on column news.article_parts.parent_number is 'The part it is nested in; null: none. Parts without one do not overlap, and together hold the whole text.';
comment on column news.article_parts.header_start is 'First character of the words that name its governorate or actor, such as "Idlib Province:"; null: it has none.';
comment on column news.article_parts.header_end is 'Character after the last one of them.';
comment on column news.article_parts.governorates is 'P-codes of the governorates it is about: its section''s, or without a header those it names.';
comment on column news.article_parts.actors is 'Whom the header of a brief names, or else whom the part names, in order; keys of actors.';
comment on column news.article_parts.time_printed is 'Time of an item as printed, such as 14:30.';
comment on column news.article_parts.summary_of is 'Numbers of the parts that a headline or brief repeats: count those, not this.';
comment on column news.article_parts.tagger is 'Version of the rules and vocabulary.';

comment on column news.crawls.declaration_sha256 is 'SHA-256 (hex) of the outlet''s declaration, its file of recurring lines included, as it was when the crawl ran.';
