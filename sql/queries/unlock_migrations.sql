select pg_advisory_unlock(%(class)s, 0)
