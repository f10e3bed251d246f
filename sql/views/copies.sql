create or replace view news.copies with (security_invoker = true) as
with
source as (
  select
    a.story_id, m.relation, m.similarity,
    f.article_id as first_article_id, f.outlet as first_outlet, f.published_at as first_at,
    f.published_precision in ('second', 'minute') as is_first_timed, f.current_version_id as first_version_id,
    -- the moment by which it was out: of one dated by day, month or year, the end of that
    news.out_by(f.published_at, f.published_precision) as first_out_at,
    a.article_id, a.outlet, a.title, a.url, a.published_at, a.current_version_id,
    a.published_precision in ('second', 'minute') as is_timed
  from news.copy_pairs as m
  join news.articles as f on f.article_id = m.first_article_id
  join news.articles as a on a.article_id = m.article_id
)
select
  c.story_id,
  c.first_article_id,
  c.first_outlet,
  c.article_id,
  c.outlet,
  c.title,
  c.url,
  c.relation,
  c.similarity,
  c.published_at,
  case when c.is_first_timed and c.is_timed then c.published_at - c.first_at end as lag,
  c.outlet <> c.first_outlet as is_syndicated,
  c.first_outlet = any (cited.sources) as is_credited,
  array_remove(cited.sources, c.first_outlet) as other_sources,
  coalesce(
    case when c.is_first_timed then c.first_out_at < c.published_at else c.first_out_at <= c.published_at end, false)
    as is_order_known,
  exists (
    select from news.tags as t
    where t.version_id = c.first_version_id and t.kind = 'source' and t.target = c.outlet and t.confidence >= 0.5
      and c.outlet <> c.first_outlet) as is_cited_by_first
from source as c
cross join lateral (
  select array(
    select distinct t.target
    from news.tags as t
    where t.version_id = c.current_version_id and t.kind = 'source' and t.confidence >= 0.5
    order by t.target
  ) as sources
) as cited;

comment on view news.copies is 'Articles that are copies, with who had the text first, how much later they came, and whether they say from whom they have it.';
comment on column news.copies.story_id is 'The story that both belong to; null: stories are still to be worked out.';
comment on column news.copies.first_article_id is 'The article that had it first.';
comment on column news.copies.first_outlet is 'Its outlet.';
comment on column news.copies.article_id is 'The copy.';
comment on column news.copies.outlet is 'Its outlet.';
comment on column news.copies.title is 'Its title.';
comment on column news.copies.url is 'Its address.';
comment on column news.copies.relation is 'exact: the same words. near: most of the words of the shorter one.';
comment on column news.copies.similarity is 'Share of two-word sequences in common with the first article (Jaccard), 0-1; a copy that was cut has a low one.';
comment on column news.copies.published_at is 'When it was published.';
comment on column news.copies.lag is 'How much later than the first; null where one of the dates is not known to the minute.';
comment on column news.copies.is_syndicated is 'Whether it is another outlet''s.';
comment on column news.copies.is_credited is 'Whether it cites the outlet that had it first.';
comment on column news.copies.other_sources is 'Whom else it cites: both may have it from a third, an agency for one.';
comment on column news.copies.is_order_known is 'Whether the dates say that the first came first. False: one has no date, both the same, or one is known only to a day, month or year that holds the other; who had it first is then not known.';
comment on column news.copies.is_cited_by_first is 'Whether the first cites this outlet: where the order is not known, it may have the text from here.';
