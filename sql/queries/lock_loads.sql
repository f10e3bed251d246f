-- Wait until no outlet is being loaded, and let none begin until the transaction ends.
select pg_advisory_xact_lock(%(class)s, hashtext(outlet)) from news.outlets order by outlet
