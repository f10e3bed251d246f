insert into news.story_components as c (article_id, component)
select n.article_id, n.component
from unnest(%(component_articles)s::uuid[], %(components)s::uuid[]) as n (article_id, component)
left join news.story_components as o using (article_id)
where o.component is distinct from n.component
order by n.article_id
on conflict (article_id) do update set component = excluded.component
