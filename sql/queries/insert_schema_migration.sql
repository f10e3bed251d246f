insert into news.schema_migrations (version, name, sha256)
values (split_part(%(name)s, '_', 1)::integer, %(name)s, %(sha256)s)
