-- A reader's session only reads by default; this one row is the exception that sql/roles.sql grants.
set transaction read write;
insert into news.exports (path, format, selection, row_count, sha256, article_ids)
values (%(path)s, %(format)s, %(selection)s, %(row_count)s, %(sha256)s, %(article_ids)s)
