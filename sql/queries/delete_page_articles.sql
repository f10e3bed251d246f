-- With all that hangs on it: versions, tags, parts, statements.
delete from news.articles where key = %(key)s
