-- An erasure takes several steps, of which the last may come nights after the first; and whoever erases an article must
-- know into which files it was exported.

alter table news.erasures add column finished_at timestamptz;
comment on column news.erasures.finished_at is
  'When tables and archive held nothing of the page any more; null: `bulletins erase --pending` goes on.';

create table news.exports (
  export_id bigint generated always as identity primary key,
  made_at timestamptz not null default now(),
  made_by text not null default current_user,
  path text not null,
  format text not null constraint exports_format_listed check (format in ('csv', 'jsonl', 'parquet')),
  selection jsonb not null,
  row_count bigint not null constraint exports_count_positive check (row_count >= 0),
  sha256 text not null constraint exports_sha256_form check (sha256 ~ '^[0-9a-f]{64}$'),
  article_ids bytea constraint exports_ids_whole check (length(article_ids) % 6 = 0)
);

comment on table news.exports is
  'Files that were exported, so that an erased article can be taken out of them. Rows of files that are gone may be deleted.';
comment on column news.exports.export_id is 'Number of the export.';
comment on column news.exports.made_at is 'When the file was complete.';
comment on column news.exports.made_by is 'Database role that exported.';
comment on column news.exports.path is 'Where the file was written, on the machine of whoever exported.';
comment on column news.exports.format is 'csv, jsonl or parquet.';
comment on column news.exports.selection is 'What was asked for: filters, or a query.';
comment on column news.exports.row_count is 'Rows in the file.';
comment on column news.exports.sha256 is 'SHA-256 (hex) of the file, by which a copy is known.';
comment on column news.exports.article_ids is
  'First 6 bytes of the id of each article in it, one after the other; null: its columns name no article_id.';
