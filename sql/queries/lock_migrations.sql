select pg_advisory_lock(%(class)s, 0)
