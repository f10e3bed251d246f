update news.erasures set finished_at = now() where key = any (%(keys)s) and finished_at is null
