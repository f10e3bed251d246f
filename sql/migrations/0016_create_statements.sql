-- Statements: what an article says, sentence by sentence, with everything that was read of it and by which rule.

create table news.event_types (
  event_type text primary key,
  name text not null,
  acled_event text,
  acled_sub_event text,
  cameo text[] not null,
  plover_event text not null,
  plover_mode text,
  plover_context text,
  constraint event_types_acled_whole check ((acled_event is null) = (acled_sub_event is null))
);

create table news.statements (
  version_id uuid not null references news.article_versions on delete cascade,
  method text not null,
  statement_number integer not null constraint statements_number_positive check (statement_number >= 0),
  field text not null constraint statements_field_listed check (field in ('title', 'text')),
  start_offset integer not null,
  end_offset integer not null,
  literal text not null,
  part_number integer,
  event_type text not null,
  standing text not null constraint statements_standing_listed
    check (standing in ('event', 'background', 'cumulative', 'intention', 'denial', 'accusation')),
  trigger_start integer not null,
  trigger_end integer not null,
  hedges text[] not null,
  day_first date,
  day_last date,
  day_precision text not null constraint statements_day_precision_listed
    check (day_precision in ('day', 'night', 'since', 'span', 'month', 'year', 'unknown')),
  day_start integer,
  day_end integer,
  day_rule text not null,
  day_confidence real not null constraint statements_day_confidence_range check (day_confidence between 0 and 1),
  summary_of integer[] not null,
  rule text not null,
  confidence real not null constraint statements_confidence_range check (confidence between 0 and 1),
  tagger text not null,
  fingerprint text not null,
  primary key (version_id, method, statement_number),
  constraint statements_span_order check (0 <= start_offset and start_offset < end_offset),
  constraint statements_trigger_within check (start_offset <= trigger_start and trigger_start < trigger_end and trigger_end <= end_offset),
  constraint statements_day_order check (day_first <= day_last),
  constraint statements_day_known check (day_precision <> 'day' or day_first = day_last),
  constraint statements_day_span_whole check ((day_start is null) = (day_end is null)),
  constraint statements_not_of_itself check (not statement_number = any (summary_of))
);

create index statements_by_event on news.statements (event_type, day_first);

create table news.statement_roles (
  version_id uuid not null,
  method text not null,
  statement_number integer not null,
  role_number integer not null,
  role text not null constraint statement_roles_role_listed check (role in ('by', 'to', 'with')),
  actor text not null,
  start_offset integer not null,
  end_offset integer not null,
  is_loaded boolean not null,
  hedge text,
  rule text not null,
  confidence real not null constraint statement_roles_confidence_range check (confidence between 0 and 1),
  primary key (version_id, method, statement_number, role_number),
  constraint statement_roles_statement foreign key (version_id, method, statement_number)
    references news.statements on delete cascade,
  constraint statement_roles_span_order check (0 <= start_offset and start_offset < end_offset)
);

create index statement_roles_by_actor on news.statement_roles (actor, role);

create table news.statement_sites (
  version_id uuid not null,
  method text not null,
  statement_number integer not null,
  site_number integer not null,
  place text not null,
  governorate text,
  start_offset integer,
  end_offset integer,
  relation text,
  rule text not null,
  confidence real not null constraint statement_sites_confidence_range check (confidence between 0 and 1),
  primary key (version_id, method, statement_number, site_number),
  constraint statement_sites_statement foreign key (version_id, method, statement_number)
    references news.statements on delete cascade,
  constraint statement_sites_span_whole check ((start_offset is null) = (end_offset is null)),
  constraint statement_sites_span_order check (0 <= start_offset and start_offset < end_offset)
);

create index statement_sites_by_place on news.statement_sites (place);
create index statement_sites_by_governorate on news.statement_sites (governorate);

create table news.statement_numbers (
  version_id uuid not null,
  method text not null,
  statement_number integer not null,
  number_number integer not null,
  kind text not null constraint statement_numbers_kind_listed
    check (kind in ('killed', 'wounded', 'casualties', 'captured', 'displaced', 'missing')),
  counted text not null constraint statement_numbers_counted_listed
    check (counted in ('people', 'civilians', 'fighters', 'children', 'women')),
  low integer constraint statement_numbers_low_positive check (low >= 0),
  best integer,
  high integer,
  scope text not null constraint statement_numbers_scope_listed check (scope in ('event', 'period', 'cumulative')),
  start_offset integer not null,
  end_offset integer not null,
  among integer,
  is_toll boolean not null,
  rule text not null,
  confidence real not null constraint statement_numbers_confidence_range check (confidence between 0 and 1),
  primary key (version_id, method, statement_number, number_number),
  constraint statement_numbers_statement foreign key (version_id, method, statement_number)
    references news.statements on delete cascade,
  constraint statement_numbers_span_order check (0 <= start_offset and start_offset < end_offset),
  constraint statement_numbers_range check (low <= high and low <= best and best <= high),
  constraint statement_numbers_among_another check (among <> number_number)
);

create table news.statement_citations (
  version_id uuid not null,
  method text not null,
  statement_number integer not null,
  position integer not null constraint statement_citations_position_positive check (position >= 0),
  source text not null,
  start_offset integer not null,
  end_offset integer not null,
  verb text,
  rule text not null,
  confidence real not null constraint statement_citations_confidence_range check (confidence between 0 and 1),
  primary key (version_id, method, statement_number, position),
  constraint statement_citations_statement foreign key (version_id, method, statement_number)
    references news.statements on delete cascade,
  constraint statement_citations_span_order check (0 <= start_offset and start_offset < end_offset)
);

create index statement_citations_by_source on news.statement_citations (source);

comment on table news.event_types is 'Types of event that statements are of, with their codes in ACLED, CAMEO and PLOVER. Loaded from processing/vocabulary/event_types.csv.';
comment on column news.event_types.event_type is 'Our id: family.type.';
comment on column news.event_types.name is 'Name in English.';
comment on column news.event_types.acled_event is 'ACLED event type; null: ACLED does not code it.';
comment on column news.event_types.acled_sub_event is 'ACLED sub-event type.';
comment on column news.event_types.cameo is 'CAMEO codes, the closest first.';
comment on column news.event_types.plover_event is 'PLOVER event.';
comment on column news.event_types.plover_mode is 'PLOVER mode.';
comment on column news.event_types.plover_context is 'PLOVER contexts, parted by semicolons.';

comment on table news.statements is 'What a text says, sentence by sentence. That it says so is not that it happened: see standing, hedges and statement_citations. The view events has one row for each that counts.';
comment on column news.statements.version_id is 'The text.';
comment on column news.statements.method is 'Who read it: rules, or the name of a model. Both can stand side by side; neither overwrites the other.';
comment on column news.statements.statement_number is '0-based, in order of the text, the title''s first.';
comment on column news.statements.field is 'Where: title or text.';
comment on column news.statements.start_offset is '0-based first character of the sentence, or of the part of one, in that field.';
comment on column news.statements.end_offset is 'Character after the last one.';
comment on column news.statements.literal is 'The sentence as printed: substr(text, start_offset + 1, end_offset - start_offset).';
comment on column news.statements.part_number is 'The innermost part of a digest that it stands in; null: no digest.';
comment on column news.statements.event_type is 'What is reported; key of event_types.';
comment on column news.statements.standing is 'event: told as news. background: told again, or as a state of things. cumulative: a sum over a time, never that day''s. intention, denial, accusation: not an event.';
comment on column news.statements.trigger_start is 'First character of the words by which the type was told.';
comment on column news.statements.trigger_end is 'Character after the last one of them.';
comment on column news.statements.hedges is 'Words by which the text keeps its distance, as printed: reportedly, believed, so-called.';
comment on column news.statements.day_first is 'Day of the event in Damascus, or the first of several; null: not known.';
comment on column news.statements.day_last is 'The last of several days; null: open, or not known.';
comment on column news.statements.day_precision is 'day, night (the one that ends on day_last), since (began on day_first and lasts), span, month, year or unknown.';
comment on column news.statements.day_start is 'First character of the words that say the day; null: taken from the publication.';
comment on column news.statements.day_end is 'Character after the last one of them.';
comment on column news.statements.day_rule is 'How the day was read.';
comment on column news.statements.day_confidence is 'Confidence in the day, 0-1.';
comment on column news.statements.summary_of is 'Numbers of the statements that it sums up: count those, not this.';
comment on column news.statements.rule is 'The words that told type and standing.';
comment on column news.statements.confidence is 'Confidence in the type, 0-1.';
comment on column news.statements.tagger is 'Version of the rules and vocabulary, or of the model.';
comment on column news.statements.fingerprint is 'MD5 (hex) of the statement with all its parts: a load replaces a statement whose fingerprint differs.';

comment on table news.statement_roles is 'Who did what an event was, to whom, or with whom.';
comment on column news.statement_roles.version_id is 'The text.';
comment on column news.statement_roles.method is 'Who read the statement.';
comment on column news.statement_roles.statement_number is 'The statement.';
comment on column news.statement_roles.role_number is '0-based, in order of the text.';
comment on column news.statement_roles.role is 'by: did it, or says it. to: suffered it. with: one of the sides.';
comment on column news.statement_roles.actor is 'Key of actors, as of the day of publication.';
comment on column news.statement_roles.start_offset is 'First character of the words that name it, in the statement''s field.';
comment on column news.statement_roles.end_offset is 'Character after the last one of them.';
comment on column news.statement_roles.is_loaded is 'Whether those words take sides.';
comment on column news.statement_roles.hedge is 'The word that says the role is only suspected; null: it is told as a fact.';
comment on column news.statement_roles.rule is 'What told the role.';
comment on column news.statement_roles.confidence is 'Confidence in actor and role, 0-1.';

comment on table news.statement_sites is 'Where a statement puts what it reports.';
comment on column news.statement_sites.version_id is 'The text.';
comment on column news.statement_sites.method is 'Who read the statement.';
comment on column news.statement_sites.statement_number is 'The statement.';
comment on column news.statement_sites.site_number is '0-based, in order of the text.';
comment on column news.statement_sites.place is 'Key of places.';
comment on column news.statement_sites.governorate is 'P-code of its governorate; null: it spans several.';
comment on column news.statement_sites.start_offset is 'First character of its name in the statement''s field; null: not named there, see rule.';
comment on column news.statement_sites.end_offset is 'Character after the last one.';
comment on column news.statement_sites.relation is 'How it lies to the place, as printed: near, west, ريف; null: not said.';
comment on column news.statement_sites.rule is 'sentence: named there. header: the section is about it. dateline: the text was sent from there, no other place is named. sentence before: taken over from there.';
comment on column news.statement_sites.confidence is 'Confidence in the place, 0-1.';

comment on table news.statement_numbers is 'Numbers of people that a statement gives. low, best and high all null: it says that the number is not known. All 0: it says that there were none.';
comment on column news.statement_numbers.version_id is 'The text.';
comment on column news.statement_numbers.method is 'Who read the statement.';
comment on column news.statement_numbers.statement_number is 'The statement.';
comment on column news.statement_numbers.number_number is '0-based, in order of the text.';
comment on column news.statement_numbers.kind is 'killed, wounded, casualties (killed and wounded in one figure), captured, displaced or missing.';
comment on column news.statement_numbers.counted is 'Who: people (not said), civilians, fighters, children or women.';
comment on column news.statement_numbers.low is 'The least it can be, as said.';
comment on column news.statement_numbers.best is 'The figure that is said; null for words such as dozens.';
comment on column news.statement_numbers.high is 'The most it can be; null: open.';
comment on column news.statement_numbers.scope is 'event: of this event. period: of a day, week or operation. cumulative: of a long time; never that day''s.';
comment on column news.statement_numbers.start_offset is 'First character of the words that say it, in the statement''s field.';
comment on column news.statement_numbers.end_offset is 'Character after the last one.';
comment on column news.statement_numbers.among is 'The number of which this one is a part: nine, three of them children. Do not add them.';
comment on column news.statement_numbers.is_toll is 'Whether it is the total so far of something reported before: the toll rose to seven.';
comment on column news.statement_numbers.rule is 'How it was read.';
comment on column news.statement_numbers.confidence is 'Confidence, 0-1.';

comment on table news.statement_citations is 'On whose word: the chain from the source that the publisher has it from (position 0) to the one it comes from. None: the publisher''s own word.';
comment on column news.statement_citations.version_id is 'The text.';
comment on column news.statement_citations.method is 'Who read the statement.';
comment on column news.statement_citations.statement_number is 'The statement.';
comment on column news.statement_citations.position is '0: whom the publisher has it from; the highest: the origin.';
comment on column news.statement_citations.source is 'Key of sources: an outlet, or a class of source.';
comment on column news.statement_citations.start_offset is 'First character of its name, in the statement''s field.';
comment on column news.statement_citations.end_offset is 'Character after the last one.';
comment on column news.statement_citations.verb is 'The word that attributes, as printed; null: brackets, a dateline.';
comment on column news.statement_citations.rule is 'What told it; "inherited": from a sentence before in the paragraph, "circular": it leads back to the publisher.';
comment on column news.statement_citations.confidence is 'Confidence, 0-1.';
