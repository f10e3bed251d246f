"""How commands reach the database: the user's own, or the embedded one."""

from __future__ import annotations

from psycopg2.extensions import connection as Connection

from bulletins.home import home, lend_database, own_database
from bulletins.postgres import Postgres
from crawlers.records import BulletinsError
from processing import database


def url(role: str = "loader") -> str:
    """Return the address of the news database for `role` (owner, loader or reader).

    BULLETINS_DATABASE_URL holds for all roles when it is set. Raises BulletinsError when the embedded Postgres is down.
    """
    if own := own_database():
        return own
    postgres = Postgres(home())
    if not (home() / "secrets").exists() or postgres.alive() is None:
        raise BulletinsError("Postgres is not running; start it with `bulletins up`, or set BULLETINS_DATABASE_URL")
    return postgres.url(role)


def connect(role: str = "loader") -> Connection:
    """Connect to the news database as `role`; processing's own connections then go there too."""
    address = url(role)
    lend_database(url("loader"))
    return database.connect(address)
