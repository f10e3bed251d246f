"""The database door: connect, migrate, and the SQL files that everything else runs.

    DatabaseError    a database that cannot be reached, is too old, or holds other migrations than ours
    OutletBusy       another crawl of the same outlet is under way

Migrations are applied by the few lines of `migrate` and not by a tool: dbmate keeps only the version number and does
not notice an edited file; yoyo's last release is of 2024; both are one more thing to install for a loop and a hash.
"""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg2
from psycopg2 import errors
from psycopg2.extensions import connection as Connection
from psycopg2.extensions import cursor as Cursor
from psycopg2.sql import SQL as Sql
from psycopg2.sql import Identifier

from crawlers.records import BulletinsError

logger = logging.getLogger(__name__)

SQL = Path(__file__).resolve().parent.parent / "sql"
_SCHEMES = ("postgresql", "postgres")
_OLDEST_SERVER = 150000  # security_invoker views came with Postgres 15

# First number of our advisory locks, so that they cannot meet another application's.
_LOCK_MIGRATE, _LOCK_OUTLET, LOCK_LOAD, LOCK_DEDUPLICATE, LOCK_RELATE = 7_301, 7_302, 7_303, 7_304, 7_305


class DatabaseError(BulletinsError):
    """The database cannot be reached or is not what we need; the text never holds a password."""


class OutletBusy(BulletinsError):
    """Another process is crawling this outlet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What one call of `migrate` did; all empty when there was nothing to do."""

    migrations: tuple[str, ...]  # names of the files applied
    views: tuple[str, ...]  # names of the views and functions made anew
    notices: tuple[str, ...]  # what the server could not do, such as making roles


def database_url() -> str:
    """Return the database's URL from BULLETINS_DATABASE_URL; raises DatabaseError when it is not set."""
    url = os.environ.get("BULLETINS_DATABASE_URL", "").strip()
    if not url:
        raise DatabaseError(
            "BULLETINS_DATABASE_URL is not set: `bulletins db url` prints the address of the local database, "
            "or give your own as postgresql://user:password@host:5432/name"
        )
    return url


def connect(url: str | None = None, role: str | None = None) -> Connection:
    """Connect in UTC, with the rights of `role` (owner, loader or reader) where that group role exists.

    `url` defaults to `database_url()`. Without membership in the role the connection keeps its user's own rights.
    Raises DatabaseError; its text names user, host and database, never the password.
    """
    options = _options(url or database_url())
    address = f"{options.get('user', '')}@{options['host']}:{options['port']}/{options['dbname']}"
    try:
        connection: Connection = psycopg2.connect(
            **options, application_name=f"bulletins {role or ''}".strip(), options="-c TimeZone=UTC -c DateStyle=ISO"
        )
    except psycopg2.Error as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        if password := options.get("password"):
            reason = reason.replace(password, "***")
        # `from None`: the driver's own exception may quote the address it was given.
        raise DatabaseError(f"cannot connect to {address}: {reason}") from None
    if role:
        _take_role(connection, f"news_{role}", read_only=role == "reader")
    return connection


def _options(url: str) -> dict[str, Any]:
    """Take the URL apart ourselves: libpq quotes a malformed one, password and all, in its error."""
    try:
        parts = urlsplit(url)
        port = parts.port or 5432
        extra = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        parts = None
    if parts is None or parts.scheme not in _SCHEMES or len(parts.path) < 2:
        raise DatabaseError(
            "the database address (BULLETINS_DATABASE_URL) is not of the form "
            "postgresql://user:password@host:5432/name; a special character in user or password is written as "
            "% and its code, as in p%40ss"
        )
    options = {"host": parts.hostname or "localhost", "port": port, "dbname": unquote(parts.path[1:]), **extra}
    if parts.username:
        options["user"] = unquote(parts.username)
    if parts.password:
        options["password"] = unquote(parts.password)
    return options


@contextmanager
def transaction(connection: Connection) -> Iterator[Cursor]:
    """Give a cursor; commit when the block ends well, roll back when it does not.

    Raises DatabaseError when the connection is lost on the way; then nothing of the block stays, or all of it when the
    reply to the commit is what was lost.
    """
    try:
        with connection.cursor() as cursor:
            yield cursor
        connection.commit()
    except psycopg2.OperationalError as error:
        if not connection.closed:
            connection.rollback()
            raise
        raise DatabaseError(f"the connection to the database was lost: {' '.join(str(error).split())}") from error
    except BaseException:
        if not connection.closed:
            connection.rollback()
        raise


def _take_role(connection: Connection, role: str, *, read_only: bool) -> None:
    with transaction(connection) as cursor:
        cursor.execute(statement("take_role"), {"role": role})
    if read_only:
        connection.set_session(readonly=True)


@cache
def statement(name: str) -> str:
    """Return the text of sql/queries/<name>.sql."""
    return (SQL / "queries" / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def outlet_lock(connection: Connection, slug: str, patience: float = 0.0) -> Iterator[None]:
    """Hold the one permission to crawl `slug`; raises OutletBusy when someone else has it and keeps it for `patience` seconds.

    The lock lives as long as the session: a process that dies gives it back.
    """
    deadline = time.monotonic() + patience
    while not (locked := _try_lock(connection, slug)) and time.monotonic() < deadline:
        time.sleep(0.2)
    if not locked:
        raise OutletBusy(f"outlet {slug} is being crawled by another process; wait for it, or stop it first")
    try:
        yield
    finally:
        if not connection.closed:
            connection.rollback()
            with transaction(connection) as cursor:
                cursor.execute(statement("unlock_outlet"), {"class": _LOCK_OUTLET, "outlet": slug})


def _try_lock(connection: Connection, slug: str) -> bool:
    with transaction(connection) as cursor:
        cursor.execute(statement("lock_outlet"), {"class": _LOCK_OUTLET, "outlet": slug})
        locked = cursor.fetchone()
    return bool(locked and locked[0])


def lock_transaction(connection: Connection, lock: int, name: str) -> None:
    """Wait for the lock `lock` on `name` and hold it until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(statement("lock_transaction"), {"class": lock, "name": name})


def migrate(connection: Connection, folder: Path = SQL) -> Migrated:
    """Bring the schema up to what `folder` holds; does nothing where nothing changed.

    Each migration and its record are one transaction. Views and functions are made anew when their file changed. Two
    callers at once wait for each other. Raises DatabaseError for an edited or missing old migration, and when a file
    fails; what was applied before it stays.
    """
    _require_server(connection)
    with transaction(connection) as cursor:
        cursor.execute(statement("lock_migrations"), {"class": _LOCK_MIGRATE})
    connection.notices.clear()
    try:
        migrations = _apply_migrations(connection, sorted((folder / "migrations").glob("*.sql")))
        views = _apply_views(connection, sorted((folder / "views").glob("*.sql")))
        _run(connection, folder / "roles.sql")
    finally:
        connection.rollback()
        with transaction(connection) as cursor:
            cursor.execute(statement("unlock_migrations"), {"class": _LOCK_MIGRATE})
    notices = tuple(line.split(":", 1)[1].strip() for line in connection.notices if "news_" in line)
    for notice in notices:
        logger.warning(notice)
    return Migrated(migrations=migrations, views=views, notices=notices)


def _require_server(connection: Connection) -> None:
    encoding = connection.get_parameter_status("server_encoding")
    if connection.server_version < _OLDEST_SERVER:
        raise DatabaseError(f"Postgres {connection.server_version // 10000} is too old: 15 or newer is needed")
    if encoding != "UTF8":
        raise DatabaseError(f"the database's encoding is {encoding}: make one with ENCODING 'UTF8'")


def _apply_migrations(connection: Connection, files: list[Path]) -> tuple[str, ...]:
    with transaction(connection) as cursor:
        cursor.execute(statement("create_schema_migrations"))
        cursor.execute(statement("list_schema_migrations"))
        known: dict[str, str] = dict(cursor.fetchall())
    ours = {path.stem: path for path in files}
    if newer := sorted(set(known) - set(ours)):
        raise DatabaseError(
            f"the database has migrations this version does not know: {', '.join(newer)}; update the code"
        )
    if edited := sorted(name for name, digest in known.items() if _sha256(ours[name]) != digest):
        raise DatabaseError(
            f"applied migrations were edited afterwards: {', '.join(edited)}; restore them, changes go into a new file"
        )
    pending = [path for name, path in ours.items() if name not in known]
    for path in pending:
        _run(connection, path, record=statement("insert_schema_migration"))
    return tuple(path.stem for path in pending)


def _apply_views(connection: Connection, files: list[Path]) -> tuple[str, ...]:
    with transaction(connection) as cursor:
        cursor.execute(statement("list_schema_views"))
        known: dict[str, str] = dict(cursor.fetchall())
    changed = [path for path in files if known.get(path.stem) != _sha256(path)]
    for path in changed:
        _run(connection, path, record=statement("upsert_schema_view"), replaces=path.stem)
    return tuple(path.stem for path in changed)


def _run(connection: Connection, path: Path, record: str = "", replaces: str = "") -> None:
    """Run one file, and its record, in one transaction; `replaces` names the view or function it makes anew."""
    try:
        try:
            _execute(connection, path, record)
        except (errors.InvalidTableDefinition, errors.InvalidFunctionDefinition):
            # CREATE OR REPLACE may not drop, rename or retype columns. Dropping is refused in its turn where someone
            # built a view of their own on ours: that one is theirs to drop.
            if not replaces:
                raise
            _execute(connection, path, record, drop=replaces)
    except psycopg2.Error as error:
        raise DatabaseError(f"{path.parent.name}/{path.name}: {' '.join(str(error).split())}") from error


def _execute(connection: Connection, path: Path, record: str, drop: str = "") -> None:
    with transaction(connection) as cursor:
        if drop:
            name = Identifier("news", drop)
            cursor.execute(Sql("drop view if exists {0}; drop routine if exists {0}").format(name))
        cursor.execute(path.read_text(encoding="utf-8"))
        if record:
            cursor.execute(record, {"name": path.stem, "sha256": _sha256(path)})


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
