"""The databases and roles of the embedded Postgres: `news` and `airflow`, each with its owner, closed to everybody else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing

from psycopg2.extensions import cursor as Cursor

from processing.database import DatabaseError, connect

# Our word for a role -> the login role. The first three are members of the group roles that sql/roles.sql grants to.
LOGINS = {
    "owner": "news_owner_login",
    "loader": "news_loader_login",
    "reader": "news_reader_login",
    "airflow": "airflow",
    "superuser": "postgres",
}
_GROUPS = {"owner": "news_owner", "loader": "news_loader", "reader": "news_reader"}
_DATABASES = {"news": "news_owner", "airflow": "airflow"}  # and its owner

Url = Callable[[str, str], str]


def provide(url: Url, password: Callable[[str], str]) -> None:
    """Make the roles and databases that are missing, give roles the passwords we hold; else change nothing.

    `url(role, database)` gives an address, `password(role)` a role's password. Raises DatabaseError.
    """
    if all(_opens(url(role, "airflow" if role == "airflow" else "news")) for role in ("airflow", *_GROUPS)):
        return
    with closing(connect(url("superuser", "postgres"))) as connection:
        connection.autocommit = True  # CREATE DATABASE runs in no transaction
        with connection.cursor() as cursor:
            for group in _GROUPS.values():
                _create(cursor, "role", group, "nologin")
            for role in ("airflow", *_GROUPS):
                _create(cursor, "role", LOGINS[role], "login")
                _run(cursor, "alter role %I password %L", LOGINS[role], password(role))
                if role in _GROUPS:
                    _run(cursor, "grant %I to %I", _GROUPS[role], LOGINS[role])
            _run(cursor, "alter role %I set default_transaction_read_only = on", LOGINS["reader"])
            for database, owner in _DATABASES.items():
                _create(cursor, "database", database, f"owner {owner}")
                _run(cursor, "revoke all on database %I from public", database)
            for group in _GROUPS.values():
                _run(cursor, "grant connect, temporary on database news to %I", group)


def _opens(url: str) -> bool:
    try:
        connect(url).close()
    except DatabaseError:
        return False
    return True


def _create(cursor: Cursor, kind: str, name: str, options: str) -> None:
    """Create a role or database unless it is there; `kind` and `options` are words of ours."""
    catalog = {
        "role": "select from pg_roles where rolname = %s",
        "database": "select from pg_database where datname = %s",
    }
    cursor.execute(catalog[kind], (name,))
    if cursor.fetchone() is None:
        _run(cursor, f"create {kind} %I {options}", name)


def _run(cursor: Cursor, template: str, *values: str) -> None:
    """Run a statement that takes no parameters: the server puts names (%I) and literals (%L) into it, by its own rules."""
    cursor.execute("select format(%s, variadic %s::text[])", (template, list(values)))
    if row := cursor.fetchone():
        cursor.execute(row[0])
