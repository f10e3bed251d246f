create or replace view news.mentions_by_place with (security_invoker = true) as
with
source as (
  select
    t.target, t.governorate, a.article_id, a.story_id, a.copy_of, a.outlet,
    (case when a.published_precision in ('second', 'minute', 'day') then a.published_at else a.first_seen_at end
      at time zone 'Asia/Damascus')::date as day
  from news.tags as t
  join news.articles as a on a.current_version_id = t.version_id
  where t.kind = 'place'
),
final as (
  select
    target, governorate, day,
    count(*) as mentions,
    count(distinct article_id) as articles,
    count(distinct coalesce(story_id, article_id)) as stories,
    count(distinct outlet) as outlets,
    count(distinct coalesce(copy_of, article_id)) as texts
  from source
  group by target, governorate, day
)
select
  f.target as place_id,
  coalesce(p.name_en, f.target) as name_en,
  p.name_ar,
  p.level,
  f.governorate,
  g.name_en as governorate_en,
  f.day,
  f.mentions,
  f.articles,
  f.stories,
  f.outlets,
  f.texts
from final as f
left join news.places as p on p.place_id = f.target
left join news.places as g on g.place_id = f.governorate;

comment on view news.mentions_by_place is 'How often current texts name a place, by Damascus day. Named is not the same as: it happened there.';
comment on column news.mentions_by_place.place_id is 'The place.';
comment on column news.mentions_by_place.name_en is 'Its name in English.';
comment on column news.mentions_by_place.name_ar is 'Its name in Arabic.';
comment on column news.mentions_by_place.level is 'Kind of place.';
comment on column news.mentions_by_place.governorate is 'P-code of its governorate.';
comment on column news.mentions_by_place.governorate_en is 'Name of its governorate.';
comment on column news.mentions_by_place.day is 'Day in Damascus: of publication where it is known to the day, else of our first fetch.';
comment on column news.mentions_by_place.mentions is 'Number of times it is named.';
comment on column news.mentions_by_place.articles is 'Number of articles that name it.';
comment on column news.mentions_by_place.stories is 'The same with articles on one event counted once, copies of one another included.';
comment on column news.mentions_by_place.outlets is 'Number of outlets that name it.';
comment on column news.mentions_by_place.texts is 'Number of articles with copies of one another counted once.';
