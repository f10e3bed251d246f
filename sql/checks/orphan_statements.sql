-- fail
-- Every event type, actor, place and source of a statement is in the vocabulary.
select version_id, method, statement_number, 'actor ' || actor as target, 'not in the vocabulary' as reason
from news.statement_roles
where not exists (select from news.actors as a where a.actor_id = actor)

union all

select version_id, method, statement_number, 'place ' || place, 'not in the vocabulary'
from news.statement_sites
where not exists (select from news.places as p where p.place_id = place)

union all

select version_id, method, statement_number, 'source ' || source, 'not in the vocabulary'
from news.statement_citations
where not exists (select from news.sources as s where s.source_id = source)

union all

select version_id, method, statement_number, 'event type ' || event_type, 'not in the vocabulary'
from news.statements
where not exists (select from news.event_types as t where t.event_type = statements.event_type)
