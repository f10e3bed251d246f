select key, finished_at is not null as is_finished from news.erasures order by key
