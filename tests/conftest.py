"""Fixtures that several test modules share: one Postgres for the session, one fresh database per module."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Connection

from bulletins import binaries
from bulletins.postgres import Postgres
from processing import database


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a server of our own, as superuser; or of the one BULLETINS_TEST_POSTGRES names.

    Started here and not by bulletins.postgres: it lives for minutes and need not survive a crash, so it never waits for
    the disk, asks for no password, and listens for this session alone.
    """
    if given := os.environ.get("BULLETINS_TEST_POSTGRES"):
        yield given
        return
    user = binaries.run_as()
    tools = _programs(user)
    home = Path(tempfile.mkdtemp(prefix="bulletins-pg-"))
    home.chmod(0o755)
    data = home / "data"
    data.mkdir(mode=0o700)
    if user:
        os.chown(data, user.uid, user.gid)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C.UTF-8"}

    def run(*command: object) -> None:
        arguments = [str(part) for part in command]
        quiet = {"stdout": subprocess.DEVNULL, "cwd": "/", "env": environment}
        subprocess.run(arguments, check=True, **quiet, **binaries.as_user(user))

    run(tools / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    settings = {
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": data,
        "fsync": "off",
        "full_page_writes": "off",
        "max_connections": 60,
    }
    options = " ".join(f"-c {name}={value}" for name, value in settings.items())
    run(tools / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", f"-p {port} {options}", "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        run(tools / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def _programs(user: binaries.RunAs | None) -> Path:
    problems = []
    for package in binaries.PACKAGES:
        try:
            return binaries.program_folder(package, user)
        except binaries.BinariesError as error:
            problems.append(str(error))
    raise RuntimeError("; ".join(problems))


@pytest.fixture(scope="session")
def new_database(postgres_url: str) -> Iterator[Callable[[], str]]:
    """Make empty databases; each call returns the URL of a new one. Dropped at the end of the session."""
    made: list[str] = []

    def make() -> str:
        name = f"test_{secrets.token_hex(6)}"
        _on_server(postgres_url, f'create database "{name}" encoding UTF8 template template0')
        made.append(name)
        return postgres_url.rsplit("/", 1)[0] + "/" + name

    yield make
    for name in made:
        _on_server(postgres_url, f'drop database if exists "{name}" with (force)')


def _on_server(url: str, command: str) -> None:
    with closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(command)


@pytest.fixture(scope="module")
def database_url(new_database: Callable[[], str]) -> str:
    """A migrated database of the test module's own."""
    url = new_database()
    with closing(database.connect(url)) as connection:
        database.migrate(connection)
    return url


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A connection to the module's database whose tables are empty at the start of each test."""
    with closing(database.connect(database_url)) as connected:
        with connected, connected.cursor() as cursor:
            cursor.execute(
                "select string_agg(c.oid::regclass::text, ', ') from pg_class c where relkind = 'r' "
                "and relnamespace = 'news'::regnamespace and relname not like 'schema%'"
            )
            cursor.execute(f"truncate {cursor.fetchone()[0]}")
        yield connected


@pytest.fixture(scope="session")
def demo_home() -> Iterator[Path]:
    """A home in which the demo has run once, the stack still up. Every user may enter it: root's Postgres lives inside."""
    home = Path(tempfile.mkdtemp(prefix="bulletins-demo-"))
    home.chmod(0o755)
    command = [str(Path(sys.executable).with_name("bulletins"))]
    environment = {**os.environ, "BULLETINS_HOME": str(home)}
    try:
        done = subprocess.run([*command, "demo"], env=environment, text=True, capture_output=True, check=False)
        (home / "demo.txt").write_text(done.stdout)
        assert done.returncode == 0, done.stderr
        yield home
    finally:
        subprocess.run([*command, "down"], env=environment, check=True, capture_output=True)
        Postgres(home).remove()
        shutil.rmtree(home)
