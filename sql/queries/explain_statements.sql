-- The statements of a text in their order, each as one object with the names of processing.statements.records.Statement.
select jsonb_build_object(
  'key', %(key)s::text, 'content_sha256', v.content_sha256, 'number', s.statement_number, 'field', s.field,
  'start', s.start_offset, 'end', s.end_offset, 'literal', s.literal, 'part', s.part_number, 'event_type', s.event_type,
  'standing', s.standing, 'trigger', jsonb_build_array(s.trigger_start, s.trigger_end), 'hedges', s.hedges,
  'summary_of', s.summary_of, 'rule', s.rule, 'confidence', s.confidence, 'method', s.method, 'tagger', s.tagger,
  'day', jsonb_build_object(
    'first', s.day_first, 'last', s.day_last, 'precision', s.day_precision, 'start', s.day_start, 'end', s.day_end,
    'rule', s.day_rule, 'confidence', s.day_confidence),
  'roles', coalesce((
    select jsonb_agg(jsonb_build_object(
      'role', r.role, 'actor', r.actor, 'start', r.start_offset, 'end', r.end_offset, 'is_loaded', r.is_loaded,
      'hedge', r.hedge, 'rule', r.rule, 'confidence', r.confidence) order by r.role_number)
    from news.statement_roles as r
    where (r.version_id, r.method, r.statement_number) = (s.version_id, s.method, s.statement_number)), '[]'),
  'sites', coalesce((
    select jsonb_agg(jsonb_build_object(
      'place', l.place, 'governorate', l.governorate, 'start', l.start_offset, 'end', l.end_offset,
      'relation', l.relation, 'rule', l.rule, 'confidence', l.confidence) order by l.site_number)
    from news.statement_sites as l
    where (l.version_id, l.method, l.statement_number) = (s.version_id, s.method, s.statement_number)), '[]'),
  'numbers', coalesce((
    select jsonb_agg(jsonb_build_object(
      'kind', n.kind, 'counted', n.counted, 'low', n.low, 'best', n.best, 'high', n.high, 'scope', n.scope,
      'start', n.start_offset, 'end', n.end_offset, 'among', n.among, 'is_toll', n.is_toll, 'rule', n.rule,
      'confidence', n.confidence) order by n.number_number)
    from news.statement_numbers as n
    where (n.version_id, n.method, n.statement_number) = (s.version_id, s.method, s.statement_number)), '[]'),
  'chain', coalesce((
    select jsonb_agg(jsonb_build_object(
      'source', c.source, 'start', c.start_offset, 'end', c.end_offset, 'verb', c.verb, 'rule', c.rule,
      'confidence', c.confidence) order by c.position)
    from news.statement_citations as c
    where (c.version_id, c.method, c.statement_number) = (s.version_id, s.method, s.statement_number)), '[]')
)
from news.statements as s
join news.article_versions as v using (version_id)
where s.version_id = %(version_id)s
order by s.method <> 'rules', s.method, s.statement_number
