-- fail
-- Every statement stands where it says, and so does every name and number in it; what it sums up exists.
with
spoken as (
  select s.version_id, s.method, s.statement_number, s.field, s.literal, s.start_offset, s.end_offset, s.summary_of,
    case s.field when 'title' then v.title else v.text end as whole
  from news.statements as s
  join news.article_versions as v using (version_id)
),
spans as (
  select version_id, method, statement_number, start_offset, end_offset from news.statement_roles
  union all
  select version_id, method, statement_number, start_offset, end_offset from news.statement_sites where end_offset is not null
  union all
  select version_id, method, statement_number, start_offset, end_offset from news.statement_numbers
  union all
  select version_id, method, statement_number, start_offset, end_offset from news.statement_citations
)
select version_id, method, statement_number, 'the text does not read so there' as reason
from spoken
where substr(whole, start_offset + 1, end_offset - start_offset) <> literal

union all

select version_id, method, statement_number, 'a name or number in it ends behind the text'
from spans
join spoken as p using (version_id, method, statement_number)
where spans.end_offset > length(p.whole)

union all

select s.version_id, s.method, s.statement_number, 'it sums up a statement that is not there'
from spoken as s
cross join unnest(s.summary_of) as told
where not exists (
  select from news.statements as n where (n.version_id, n.method, n.statement_number) = (s.version_id, s.method, told))
