-- Who had a text first was told by dates that may be good for a day or a month only: "February 2026" sorted before the wire
-- of 21 February, 06:00, that it credits. Now they sort by when the text was surely out.
create function news.out_by(published_at timestamptz, published_precision text) returns timestamptz
language sql immutable parallel safe as $$
  select case
    when published_precision in ('second', 'minute') then published_at
    else (published_at at time zone 'Asia/Damascus' + ('1 ' || published_precision)::interval) at time zone 'Asia/Damascus'
  end
$$;

comment on function news.out_by is 'The moment by which something was published: of a date good for a day, a month or a year the end of that, in Damascus.';

create or replace function news.note_changed_articles() returns trigger language plpgsql as $$
begin
  insert into news.unsettled (stage, article_id)
  select 'copies', c.article_id
  from (
    select
      article_id, current_version_id, published_at, published_precision,
      case when published_at is null then first_seen_at end
    from noted
    except
    select
      article_id, current_version_id, published_at, published_precision,
      case when published_at is null then first_seen_at end
    from before
  ) as c
  union all
  select 'stories', c.article_id
  from (
    select article_id, current_version_id, published_at, published_precision, copy_of from noted
    except
    select article_id, current_version_id, published_at, published_precision, copy_of from before
  ) as c
  on conflict (stage, article_id) do update set stage = excluded.stage;
  return null;
end
$$;
