-- Another version of a method makes everything anew. Nothing happens where the version is the one that was used.
with
renewed as (
  insert into news.settled_by as s (stage, method_version)
  values (%(stage)s, %(method_version)s)
  on conflict (stage) do update set method_version = excluded.method_version
    where s.method_version <> excluded.method_version
  returning stage
)
insert into news.unsettled (stage, article_id)
select r.stage, a.article_id
from renewed as r
cross join news.articles as a
on conflict do nothing
