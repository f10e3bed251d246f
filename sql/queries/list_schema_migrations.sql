select name, sha256 from news.schema_migrations order by version
