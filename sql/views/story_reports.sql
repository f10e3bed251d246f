-- A story's articles side by side: who reports it, from whom, when, with which tolls, and why it is in the story.
create or replace view news.story_reports with (security_invoker = true) as
with
source as (
  select
    m.story_id, m.relation, m.other_article_id, m.similarity, m.weight, m.evidence,
    a.article_id, a.outlet, a.outlet_name, a.language, a.published_at, a.first_seen_at, a.title, a.url, a.key,
    a.published_precision in ('second', 'minute') as is_timed,
    (coalesce(a.published_at, a.first_seen_at) at time zone 'Asia/Damascus')::date::text as day,
    o.outlet as other_outlet,
    r.record,
    f.record as other_record
  from news.story_articles as m
  join news.articles as a on a.article_id = m.article_id
  left join news.articles as o on o.article_id = m.other_article_id
  left join news.reports as r on r.version_id = a.current_version_id
  left join news.reports as f on f.version_id = o.current_version_id
),
told as (
  select
    s.*,
    -- a copy that was cut may have lost whom its first one cites: it is still that one's word
    coalesce(
      nullif(s.record ->> 'origin', ''),
      case when s.relation in ('exact', 'near') then coalesce(nullif(s.other_record ->> 'origin', ''), s.other_outlet) end,
      s.outlet) as cited
  from source as s
),
traced as (
  -- who cites an outlet of the story that does nothing but cite another there has it from that one
  select t.*, coalesce(q.origin, t.cited) as origin
  from told as t
  left join lateral (
    select min(r.record ->> 'origin') as origin
    from news.story_articles as m
    join news.articles as a on a.article_id = m.article_id
    left join news.reports as r on r.version_id = a.current_version_id
    where m.story_id = t.story_id and a.outlet = t.cited and t.cited <> t.outlet
    having count(distinct r.record ->> 'origin') = 1
      and bool_and(coalesce(r.record ->> 'origin', '') not in ('', t.outlet, t.cited))
  ) as q on true
)
select
  t.story_id,
  row_number() over story as position,
  t.article_id,
  t.outlet,
  t.outlet_name,
  b.stance,
  t.language,
  t.published_at,
  case when t.is_timed and first_value(t.is_timed) over story then t.published_at - first_value(t.published_at) over story end
    as lag,
  t.relation,
  t.other_article_id,
  t.similarity,
  t.weight,
  t.evidence,
  t.origin,
  t.origin = t.outlet as is_own_word,
  (t.record -> 'killed' ->> 'low')::integer as killed_low,
  (t.record -> 'killed' ->> 'best')::integer as killed_best,
  (t.record -> 'killed' ->> 'high')::integer as killed_high,
  (t.record -> 'wounded' ->> 'low')::integer as wounded_low,
  (t.record -> 'wounded' ->> 'best')::integer as wounded_best,
  (t.record -> 'wounded' ->> 'high')::integer as wounded_high,
  t.title,
  t.url
from traced as t
left join lateral (
  -- YYYY, YYYY-MM or YYYY-MM-DD, ~ for about: all of a year counts where no more is known
  select f.stance
  from news.outlet_affiliations as f
  where f.outlet = t.outlet
    and coalesce(rtrim(f.since, '~'), '') <= t.day
    and coalesce(rtrim(f.until, '~'), '9999') || '-99' >= t.day
  order by f.position
  limit 1
) as b on true
window story as (partition by t.story_id order by t.published_at nulls last, t.key);

comment on view news.story_reports is 'The articles of each story side by side: who reports it, when, on whose word, with which tolls, and why it is there. That articles report one event is our inference; see evidence.';
comment on column news.story_reports.story_id is 'The story.';
comment on column news.story_reports.position is '1 for the first report; undated ones last.';
comment on column news.story_reports.article_id is 'The article.';
comment on column news.story_reports.outlet is 'Slug of the publisher.';
comment on column news.story_reports.outlet_name is 'Its name.';
comment on column news.story_reports.stance is 'Who stood behind the outlet on that day in Damascus; null: not declared.';
comment on column news.story_reports.language is 'Language of the text.';
comment on column news.story_reports.published_at is 'When it was published.';
comment on column news.story_reports.lag is 'How much later than the first report; null where one of the dates is not known to the minute.';
comment on column news.story_reports.relation is 'lead: the first. exact, near: a copy of the other article. same_event: the same event in words of its own.';
comment on column news.story_reports.other_article_id is 'The article of the story that it is tied to.';
comment on column news.story_reports.similarity is 'How much of the words they share, 0-1.';
comment on column news.story_reports.weight is 'Sum of the evidence, natural logarithm of odds; null for the first and for copies.';
comment on column news.story_reports.evidence is 'What speaks for and against the tie: objects with sign and weight.';
comment on column news.story_reports.origin is 'Whose word it is: the source at the end of the chain it cites; its own where it cites none; of a copy that cites none whose word the text is that it copies, or the outlet it is copied from. Where that is an outlet of the story which only quotes another there, it is that other. Count distinct ones: publishers that quote one source are one origin.';
comment on column news.story_reports.is_own_word is 'Whether it is the publisher''s own word.';
comment on column news.story_reports.killed_low is 'At least so many killed, as it first says.';
comment on column news.story_reports.killed_best is 'The number of killed that it first says.';
comment on column news.story_reports.killed_high is 'At most so many killed; null: open, or none given.';
comment on column news.story_reports.wounded_low is 'At least so many wounded.';
comment on column news.story_reports.wounded_best is 'The number of wounded that it first says.';
comment on column news.story_reports.wounded_high is 'At most so many wounded.';
comment on column news.story_reports.title is 'Headline.';
comment on column news.story_reports.url is 'Address.';
