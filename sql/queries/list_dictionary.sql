-- Every table, view and function of the schema, and every column, with its comment: the data dictionary.
select
  c.relname as object,
  case c.relkind when 'v' then 'view' else 'table' end as kind,
  coalesce(obj_description(c.oid, 'pg_class'), '') as about,
  a.attnum::integer as place,
  a.attname as name,
  format_type(a.atttypid, a.atttypmod) as type,
  not a.attnotnull and c.relkind = 'r' as is_nullable,
  coalesce(col_description(c.oid, a.attnum), '') as comment
from pg_class as c
join pg_attribute as a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
where c.relnamespace = 'news'::regnamespace and c.relkind in ('r', 'v')

union all

select
  p.proname || '(' || pg_get_function_arguments(p.oid) || ')', 'function', coalesce(obj_description(p.oid, 'pg_proc'), ''),
  0, '', '', false, ''
from pg_proc as p
where p.pronamespace = 'news'::regnamespace
  and not exists (select from pg_depend as d where d.objid = p.oid and d.deptype = 'e')
order by 1, 4
