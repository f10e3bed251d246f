-- Where migrate() keeps its books. Not a migration itself: the first one needs them already.
do $$
begin
  if to_regclass('news.schema_migrations') is null then
    create schema if not exists news;
    create table news.schema_migrations (
      version integer primary key,
      name text not null unique,
      sha256 text not null,
      applied_at timestamptz not null default now()
    );
    comment on table news.schema_migrations is 'Migrations that were applied, each once and in one transaction with its row here.';
    comment on column news.schema_migrations.version is 'Number at the front of the file''s name.';
    comment on column news.schema_migrations.name is 'File in sql/migrations, without .sql.';
    comment on column news.schema_migrations.sha256 is 'SHA-256 (hex) of the file as applied; an edited file is refused.';
    comment on column news.schema_migrations.applied_at is 'When it was applied.';

    create table news.schema_views (
      name text primary key,
      sha256 text not null,
      applied_at timestamptz not null default now()
    );
    comment on table news.schema_views is 'Views and functions as last made from sql/views; a file is run again when it changed.';
    comment on column news.schema_views.name is 'File in sql/views without .sql, which is the object''s name.';
    comment on column news.schema_views.sha256 is 'SHA-256 (hex) of the file as applied.';
    comment on column news.schema_views.applied_at is 'When it was applied.';
  end if;
end
$$
