select pg_try_advisory_lock(%(class)s, hashtext(%(outlet)s))
