-- Functions that an index or a generated column is built on. They must not change once data exists: a change needs a new
-- migration that rebuilds what depends on them. (Functions people call are in sql/views and may change freely.)

-- Bounded: a trigram index entry per letter of a megabyte title helps nobody. Every replacement is spelled out, so that
-- the result does not depend on the database's locale (lower() of a Cyrillic letter does).
create function news.fold(written text) returns text
  language sql immutable parallel safe strict
  set search_path = pg_catalog
as $$
  select translate(
    lower(regexp_replace(
      normalize(left(written, 2000), NFKC),
      -- Arabic vowel signs, tatweel, zero-width and direction marks
      '[\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u0640\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]', '', 'g')),
    'أإآٱىیةکؤئ٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹ёАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ',
    'ااااييهكوي01234567890123456789еабвгдеежзийклмнопрстуфхцчшщъыьэюя')
$$;

comment on function news.fold(text) is
  'Spelling without what writers vary: Arabic vowel signs, tatweel, alef, hamza, ya and ta marbuta forms, digits, case. For matching only, never for display; the first 2,000 characters.';

-- A CASE and not a regconfig column: pg_upgrade refuses tables with some reg* columns.
create function news.search_config(language text) returns regconfig
  language sql immutable parallel safe
as $$
  select case language
    when 'ar' then 'pg_catalog.arabic'::regconfig
    when 'en' then 'pg_catalog.english'::regconfig
    when 'ru' then 'pg_catalog.russian'::regconfig
    when 'tr' then 'pg_catalog.turkish'::regconfig
    else 'pg_catalog.simple'::regconfig  -- Postgres has no Kurdish or Persian
  end
$$;

comment on function news.search_config(text) is
  'The text search configuration for a language code: Arabic, English, Russian and Turkish have stemmers, all others are taken word by word.';

-- A tsvector holds at most 1 MiB of distinct words, and one row over it would lose the whole load. 200,000 characters
-- keep within it for running text (60,000 distinct eight-letter Arabic words, 540,000 characters, did not); for text that
-- is made to break it the bound shrinks, so that an insert never fails over its search index.
create function news.search_vector(title text, body text, language text) returns tsvector
  language plpgsql immutable
as $$
declare
  config constant regconfig := news.search_config(language);
begin
  return setweight(to_tsvector(config, left(title, 2000)), 'A') || to_tsvector(config, left(body, 200000));
exception when program_limit_exceeded then
  return setweight(to_tsvector(config, left(title, 2000)), 'A') || to_tsvector(config, left(body, 20000));
end
$$;

comment on function news.search_vector(text, text, text) is
  'The words of an article for full-text search: its title (weight A) and the first 200,000 characters of its text, stemmed for its language.';
