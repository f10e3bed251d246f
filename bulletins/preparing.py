"""What must be there before Airflow's components start: databases, migrated tables, a port, the environment."""

from __future__ import annotations

import subprocess
from contextlib import closing
from importlib.metadata import version
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit, urlunsplit

import psycopg2

from bulletins import airflow, ports
from bulletins.home import folder, own_database
from bulletins.postgres import Postgres
from crawlers.records import BulletinsError
from processing import database

_AIRFLOW_PORT = 8080


def metadata_beside(news: str) -> str | None:
    """Return the URL of database `airflow` on the server of `news`, made if need be; None where we may not make it.

    Raises DatabaseError when the server cannot be reached.
    """
    with closing(database.connect(news)) as connection:
        connection.autocommit = True  # CREATE DATABASE runs in no transaction
        with connection.cursor() as cursor:
            cursor.execute("select from pg_database where datname = 'airflow'")
            if cursor.fetchone() is None:
                try:
                    cursor.execute("create database airflow")
                except psycopg2.errors.InsufficientPrivilege:
                    return None
    return urlunsplit(urlsplit(news)._replace(path="/airflow"))


def migrate_news(postgres: Postgres | None) -> str:
    """Bring the tables up to date; returns the URL that tasks use. Raises BulletinsError."""
    owner = own_database() or (postgres.url("owner") if postgres else "")
    with closing(database.connect(owner)) as connection:
        database.migrate(connection)
    return own_database() or (postgres.url("loader") if postgres else "")


def migrate_airflow(home: Path, environment: dict[str, str], log: IO[bytes]) -> None:
    """Migrate Airflow's metadata; a stamp saves the four seconds when nothing changed. Raises BulletinsError."""
    stamp = home / "airflow" / "migrated"
    place = environment["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].rpartition("@")[2]
    wanted = f"{version('apache-airflow')} {version('apache-airflow-providers-standard')} {place}"
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    command = [airflow.PROGRAM, "db", "migrate"]
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    if done.returncode:
        raise BulletinsError(f"Airflow's metadata could not be migrated; see {log.name}")
    stamp.write_text(wanted, "utf-8")


def choose_port(home: Path) -> int:
    """Return the port of the UI: the one used last time if it is free, else the next free one."""
    remembered = folder(home / "run") / "airflow.port"
    try:
        preferred = int(remembered.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        preferred = _AIRFLOW_PORT
    port = ports.choose(preferred)
    remembered.write_text(f"{port}\n", "utf-8")
    return port
