select pg_advisory_unlock(%(class)s, hashtext(%(outlet)s))
