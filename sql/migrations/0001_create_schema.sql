-- The schema, and the one extension it needs. pg_trgm is a trusted extension (since Postgres 13): whoever owns the
-- database may create it, no superuser needed. It goes where the database's own search_path points, usually `public`.

create schema if not exists news;

comment on schema news is
  'News on the Syria conflict: what outlets published, how it was fetched, and what was found in it. Times are UTC (timestamptz); days in views are Damascus days.';

create extension if not exists pg_trgm;
