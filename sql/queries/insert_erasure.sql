insert into news.erasures (key, erased_at, basis, decided_by, article_key)
values (%(key)s, coalesce(%(erased_at)s, now()), %(basis)s, %(decided_by)s, %(article_key)s)
on conflict (key) do nothing
