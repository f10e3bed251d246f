insert into news.reports
select s.*
from staged_reports as s
where s.version_id in (select version_id from staged_articles)
  and not exists (select from news.reports as r where r.version_id = s.version_id)
order by s.version_id
on conflict do nothing
