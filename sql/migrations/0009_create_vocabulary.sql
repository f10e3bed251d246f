-- Reference tables: what a tag's target stands for. Loaded from processing/vocabulary, which is where to correct them.

create table news.places (
  place_id text primary key,
  level text not null,
  name_en text not null,
  name_ar text,
  name_ru text,
  governorate text,
  district text,
  latitude double precision,
  longitude double precision
);

comment on table news.places is 'Places of Syria that tags point to, from governorate to neighbourhood.';
comment on column news.places.place_id is 'Official p-code where there is one, else our own id.';
comment on column news.places.level is 'Kind of place: governorate, district, town, village, ...';
comment on column news.places.name_en is 'Name in English.';
comment on column news.places.name_ar is 'Name in Arabic.';
comment on column news.places.name_ru is 'Name in Russian.';
comment on column news.places.governorate is 'P-code of the governorate it lies in; null where it spans several.';
comment on column news.places.district is 'P-code of the district it lies in.';
comment on column news.places.latitude is 'Latitude in degrees (WGS 84), of the place''s middle.';
comment on column news.places.longitude is 'Longitude in degrees (WGS 84).';

create table news.actors (
  actor_id text primary key,
  name_en text not null,
  name_ar text,
  name_ru text,
  bloc text,
  active_from text,
  active_until text
);

comment on table news.actors is 'States, armed groups, bodies and other actors that tags point to.';
comment on column news.actors.actor_id is 'Slug of the actor.';
comment on column news.actors.name_en is 'Name in English.';
comment on column news.actors.name_ar is 'Name in Arabic.';
comment on column news.actors.name_ru is 'Name in Russian.';
comment on column news.actors.bloc is 'Group of actors it is counted with, for example rebel_opposition.';
comment on column news.actors.active_from is 'Since when it existed, as YYYY, YYYY-MM or YYYY-MM-DD.';
comment on column news.actors.active_until is 'Until when it existed; null: still.';

create table news.sources (
  source_id text primary key,
  kind text not null constraint sources_kind_listed check (kind in ('outlet', 'class')),
  name text not null
);

comment on table news.sources is 'Whom articles cite: other outlets, and classes of source such as opposition sources or a military source.';
comment on column news.sources.source_id is 'Slug of an outlet, or id of a class of source.';
comment on column news.sources.kind is 'outlet: a newsroom, followed here or not. class: a kind of source.';
comment on column news.sources.name is 'Name in English.';
