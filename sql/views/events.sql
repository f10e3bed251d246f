-- Reports of events, one row each: what current texts tell as news, each event once a text.
create or replace view news.events with (security_invoker = true) as
select
  a.article_id,
  s.statement_number,
  a.outlet,
  a.outlet_name,
  a.published_at,
  s.event_type,
  coalesce(t.name, s.event_type) as event_name,
  t.acled_event,
  t.acled_sub_event,
  s.day_first,
  s.day_last,
  s.day_precision,
  sites.places,
  sites.place_names,
  sites.governorates,
  roles.doers,
  roles.targets,
  roles.sides,
  numbers.killed_low,
  numbers.killed_best,
  numbers.killed_high,
  numbers.wounded_low,
  numbers.wounded_best,
  numbers.wounded_high,
  chain.sources,
  s.hedges,
  s.literal,
  s.confidence,
  a.url,
  s.method,
  s.tagger,
  s.version_id
from news.statements as s
join news.articles as a on a.current_version_id = s.version_id
left join news.event_types as t using (event_type)
cross join lateral (
  select
    array_agg(l.place order by l.site_number) as places,
    array_agg(coalesce(p.name_en, l.place) order by l.site_number) as place_names,
    array_agg(distinct l.governorate) filter (where l.governorate is not null) as governorates
  from news.statement_sites as l
  left join news.places as p on p.place_id = l.place
  where (l.version_id, l.method, l.statement_number) = (s.version_id, s.method, s.statement_number)
) as sites
cross join lateral (
  select
    array_agg(r.actor order by r.role_number) filter (where r.role = 'by') as doers,
    array_agg(r.actor order by r.role_number) filter (where r.role = 'to') as targets,
    array_agg(r.actor order by r.role_number) filter (where r.role = 'with') as sides
  from news.statement_roles as r
  where (r.version_id, r.method, r.statement_number) = (s.version_id, s.method, s.statement_number)
) as roles
cross join lateral (
  -- numbers among another are part of it already; of cumulative ones none is this event's
  select
    sum(n.low) filter (where n.kind = 'killed') as killed_low,
    sum(n.best) filter (where n.kind = 'killed') as killed_best,
    case when bool_and(n.high is not null) filter (where n.kind = 'killed')
      then sum(n.high) filter (where n.kind = 'killed') end as killed_high,
    sum(n.low) filter (where n.kind = 'wounded') as wounded_low,
    sum(n.best) filter (where n.kind = 'wounded') as wounded_best,
    case when bool_and(n.high is not null) filter (where n.kind = 'wounded')
      then sum(n.high) filter (where n.kind = 'wounded') end as wounded_high
  from news.statement_numbers as n
  where (n.version_id, n.method, n.statement_number) = (s.version_id, s.method, s.statement_number)
    and n.among is null and n.scope = 'event'
) as numbers
cross join lateral (
  select array_agg(c.source order by c.position) as sources
  from news.statement_citations as c
  where (c.version_id, c.method, c.statement_number) = (s.version_id, s.method, s.statement_number)
) as chain
where s.standing = 'event' and s.summary_of = '{}' and s.event_type not like 'statement.%';

comment on view news.events is 'Reports of events in current texts: statements told as news, without summaries of others. Two outlets that report one event are two rows. An outlet says so; we do not.';
comment on column news.events.article_id is 'The article.';
comment on column news.events.statement_number is 'The statement within its text.';
comment on column news.events.outlet is 'Slug of the publisher.';
comment on column news.events.outlet_name is 'Name of the publisher.';
comment on column news.events.published_at is 'When the article was published; the event''s day is day_first.';
comment on column news.events.event_type is 'Key of event_types.';
comment on column news.events.event_name is 'Its name.';
comment on column news.events.acled_event is 'ACLED event type; null: ACLED does not code it.';
comment on column news.events.acled_sub_event is 'ACLED sub-event type.';
comment on column news.events.day_first is 'Day of the event in Damascus, or the first of several.';
comment on column news.events.day_last is 'The last of several days.';
comment on column news.events.day_precision is 'How exact the day is.';
comment on column news.events.places is 'Keys of places, in order of the text.';
comment on column news.events.place_names is 'Their names in English.';
comment on column news.events.governorates is 'P-codes of their governorates.';
comment on column news.events.doers is 'Who did it, as the text says; keys of actors.';
comment on column news.events.targets is 'To whom.';
comment on column news.events.sides is 'The sides of a clash or an agreement.';
comment on column news.events.killed_low is 'At least so many killed; null: no number is given, or it is said that it is not known.';
comment on column news.events.killed_best is 'The number of killed that is said.';
comment on column news.events.killed_high is 'At most so many killed; null: open.';
comment on column news.events.wounded_low is 'At least so many wounded.';
comment on column news.events.wounded_best is 'The number of wounded that is said.';
comment on column news.events.wounded_high is 'At most so many wounded.';
comment on column news.events.sources is 'On whose word: from whom the publisher has it, the origin last; null: the publisher''s own.';
comment on column news.events.hedges is 'Words by which the text keeps its distance.';
comment on column news.events.literal is 'The sentence.';
comment on column news.events.confidence is 'Confidence in the type, 0-1.';
comment on column news.events.url is 'Address of the article.';
comment on column news.events.method is 'rules, or the name of a model.';
comment on column news.events.tagger is 'Version of the rules and vocabulary.';
comment on column news.events.version_id is 'The text.';
