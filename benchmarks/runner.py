"""Run the nightly work on a database of its own: through the DAG on a stack, or its stages directly."""

from __future__ import annotations

import os
import secrets
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extensions import connection as Connection

from bulletins import stack
from bulletins.postgres import Postgres
from processing import database, nightly

Connect = Callable[[], Connection]
Disturb = Callable[[stack.Stack, str], str]


ENDED = ("success", "failed")


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run: its database can be read until the block ends."""

    connect: Connect
    seconds: float = 0.0

    def timed(self, seconds: float) -> Run:
        """Return the same run with the time it took."""
        return replace(self, seconds=seconds)


@contextmanager
def environ(**values: str) -> Iterator[None]:
    """Set environment variables for a while; an empty value takes the variable away."""
    before = {name: os.environ.get(name) for name in values}

    def put(pairs: Mapping[str, str | None]) -> None:
        for name, value in pairs.items():
            os.environ.pop(name, None)
            if value:
                os.environ[name] = value

    put(values)
    try:
        yield
    finally:
        put(before)


def wait_for_end(up: stack.Stack, run: str) -> str:
    """Wait until a run of the DAG has ended; returns its state."""
    airflow = up.airflow()
    while (state := airflow.run_state(stack.DAG, run)) not in ENDED:
        time.sleep(2)
    return state


@contextmanager
def fresh_database() -> Iterator[Connect]:
    """Make a migrated database, on BULLETINS_TEST_POSTGRES (a superuser's URL) or a server of our own; dropped at the end."""
    with _server() as server:
        name = f"bench_{secrets.token_hex(6)}"
        _command(server, f'CREATE DATABASE "{name}" ENCODING UTF8 TEMPLATE template0')
        url = f"{server.rsplit('/', 1)[0]}/{name}"
        try:
            with closing(database.connect(url)) as connection:
                database.migrate(connection)
            yield lambda: database.connect(url)
        finally:
            _command(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def run_direct(folder: Path, warc: Path) -> Iterator[Run]:
    """Run the tasks of `nightly_crawl` one after the other, without Airflow; `folder` holds outlets/ and gets the state."""
    with fresh_database() as connect:
        with closing(connect()) as connection:
            url = url_of(connection)
        with environ(BULLETINS_DATABASE_URL=url, BULLETINS_HOME=str(folder / "var"), BULLETINS_ARCHIVE=""):
            run_once(parameters(folder / "outlets", warc), (f"benchmark {time.time()}", datetime.now(UTC)))
            yield Run(connect)


def run_once(params: Mapping[str, Any], run: nightly.Run) -> list[str]:
    """One night: every outlet through its stages, then the comparison and the checks; returns the crawls' ids.

    `params` are the DAG's. Harmless to call again.
    """
    slugs = nightly.chosen(params)
    crawl_ids = []
    for slug in slugs:
        crawl_id = nightly.crawl(slug, params, run)
        nightly.clean(slug, crawl_id, params)
        nightly.tag(slug, crawl_id, params)
        nightly.load(slug, crawl_id, params, run)
        crawl_ids.append(crawl_id)
    nightly.deduplicate()
    nightly.relate()
    nightly.check(slugs, run)
    return crawl_ids


def parameters(outlets: Path, warc: Path, *, force: bool = False) -> dict[str, Any]:
    """Return the DAG's parameters for a replay."""
    return {"outlets": str(outlets), "only": [], "replay": str(warc), "force": force}


@contextmanager
def run_in_airflow(folder: Path, warc: Path, disturb: Disturb = wait_for_end) -> Iterator[Run]:
    """Run the DAG itself on a stack of its own below `folder`, which holds outlets/; the stack is stopped at the end.

    `disturb` gets the stack and the run's id and returns when the run has ended.
    """
    home = folder / "var"
    folder.chmod(0o755)
    with environ(BULLETINS_HOME=str(home), BULLETINS_ARCHIVE="", BULLETINS_DATABASE_URL=""):
        try:
            up = stack.up(home)
            up.airflow().set_paused(stack.DAG, paused=False)
            state = disturb(up, up.airflow().trigger(stack.DAG, parameters(folder / "outlets", warc)))
            print(f"nightly_crawl: {state}", file=sys.stderr)
            url = Postgres(home).url("superuser")
            yield Run(lambda: database.connect(url))
        finally:
            stack.down(home)
            Postgres(home).remove()


@contextmanager
def _server() -> Iterator[str]:
    if given := os.environ.get("BULLETINS_TEST_POSTGRES"):
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="bulletins-bench-") as folder:
        Path(folder).chmod(0o755)
        postgres = Postgres(Path(folder))
        postgres.start()
        try:
            yield postgres.url("superuser", "postgres")
        finally:
            postgres.stop()


def _command(url: str, command: str) -> None:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(command)


def url_of(connection: Connection) -> str:
    """Return the address a connection was made to, as libpq reads it."""
    parts = connection.get_dsn_parameters()
    password = f":{connection.info.password}" if connection.info.password else ""
    return f"postgresql://{parts['user']}{password}@{parts['host']}:{parts['port']}/{parts['dbname']}"
