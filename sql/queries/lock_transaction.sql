select pg_advisory_xact_lock(%(class)s, hashtext(%(name)s))
