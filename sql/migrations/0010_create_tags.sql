create table news.tags (
  version_id uuid not null references news.article_versions on delete cascade,
  kind text not null constraint tags_kind_listed check (kind in ('place', 'actor', 'source')),
  target text not null,
  field text not null constraint tags_field_listed check (field in ('title', 'text')),
  start_offset integer not null,
  end_offset integer not null,
  matched text not null,
  rule text not null,
  tagger text not null,
  governorate text,
  confidence real not null constraint tags_confidence_range check (confidence between 0 and 1),
  primary key (version_id, kind, field, start_offset, end_offset, target),
  constraint tags_span_order check (0 <= start_offset and start_offset < end_offset)
);

create index tags_by_target on news.tags (kind, target);

comment on table news.tags is 'Places, actors and cited sources found in a text, each with the characters it rests on. Made by rules; named is not the same as involved.';
comment on column news.tags.version_id is 'The text it was found in.';
comment on column news.tags.kind is 'What it names: place, actor or source (a cited one).';
comment on column news.tags.target is 'Whom or what: a key of places, actors or sources.';
comment on column news.tags.field is 'Where: title or text.';
comment on column news.tags.start_offset is '0-based first character in that field.';
comment on column news.tags.end_offset is 'Character after the last one: substr(text, start_offset + 1, end_offset - start_offset) is matched.';
comment on column news.tags.matched is 'The literal characters.';
comment on column news.tags.rule is 'The alias, policy or pattern that matched.';
comment on column news.tags.tagger is 'Version of the rules.';
comment on column news.tags.governorate is 'P-code of the governorate, for places.';
comment on column news.tags.confidence is 'Confidence that the target is right, 0-1.';
