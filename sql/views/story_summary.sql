-- One row a story: how many report it, of which sides, on how many words, and how the toll moved.
create or replace view news.story_summary with (security_invoker = true) as
select
  r.story_id,
  (array_agg(r.article_id order by r.position))[1] as first_article_id,
  (array_agg(r.outlet order by r.position))[1] as first_outlet,
  (array_agg(r.title order by r.position))[1] as first_title,
  min(r.published_at) as first_published_at,
  max(r.published_at) as last_published_at,
  count(*) as articles,
  count(*) filter (where r.relation in ('lead', 'same_event')) as texts,
  count(distinct r.outlet) as outlets,
  array_agg(distinct r.language order by r.language) as languages,
  array_agg(distinct r.stance order by r.stance) filter (where r.stance is not null) as stances,
  array_agg(distinct r.origin order by r.origin) as origins,
  count(distinct r.origin) as origin_count,
  min(r.killed_best) as killed_least,
  max(r.killed_best) as killed_most,
  (array_agg(r.killed_best order by r.position) filter (where r.killed_best is not null))[1] as killed_first,
  (array_agg(r.killed_best order by r.position desc) filter (where r.killed_best is not null))[1] as killed_last
from news.story_reports as r
group by r.story_id;

comment on view news.story_summary is 'Stories with who reports them, on how many sources'' word, and how the toll differs and moves. A story is our inference from what articles say.';
comment on column news.story_summary.story_id is 'The story.';
comment on column news.story_summary.first_article_id is 'Its first report.';
comment on column news.story_summary.first_outlet is 'Who published that.';
comment on column news.story_summary.first_title is 'Its headline.';
comment on column news.story_summary.first_published_at is 'When; null: none of the reports has a date.';
comment on column news.story_summary.last_published_at is 'When the last report was published.';
comment on column news.story_summary.articles is 'Number of articles.';
comment on column news.story_summary.texts is 'Number of articles with copies of one another counted once.';
comment on column news.story_summary.outlets is 'Number of publishers.';
comment on column news.story_summary.languages is 'Languages it is reported in.';
comment on column news.story_summary.stances is 'Who stands behind the publishers.';
comment on column news.story_summary.origins is 'On whose word: sources at the end of the chains, or publishers themselves.';
comment on column news.story_summary.origin_count is 'How many different ones.';
comment on column news.story_summary.killed_least is 'The lowest number of killed that a report first says.';
comment on column news.story_summary.killed_most is 'The highest.';
comment on column news.story_summary.killed_first is 'The number that the first report with one says.';
comment on column news.story_summary.killed_last is 'The number that the last report with one says.';
