insert into news.erasures (key, erased_at, basis, decided_by)
values (%(key)s, coalesce(%(erased_at)s, now()), %(basis)s, %(decided_by)s)
on conflict (key) do nothing
