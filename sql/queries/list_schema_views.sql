-- Only what is still there: a migration may have dropped a view so as to change what it reads.
select v.name, v.sha256
from news.schema_views as v
where exists (select from pg_class as c where c.relname = v.name and c.relnamespace = 'news'::regnamespace)
   or exists (select from pg_proc as p where p.proname = v.name and p.pronamespace = 'news'::regnamespace)
