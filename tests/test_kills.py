"""Processes killed by signal 9 at random points: the tables end up as if nothing had happened."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg2
import pytest

from benchmarks.tables import digest, tables
from bulletins.postgres import Postgres
from processing import database
from tests.nights import environment

pytestmark = [pytest.mark.db, pytest.mark.timeout(600)]
KILLS = 6
MOMENTS = (0.15, 0.45)  # of an undisturbed night's time: a night that goes on where another died is shorter


def migrated(url: str) -> str:
    with closing(database.connect(url)) as connection:
        database.migrate(connection)
    return url


@dataclass(frozen=True)
class Undisturbed:
    """One night that nothing disturbed: the tables after it, and how long it took from the start of its process."""

    tables: dict[str, list[str]]
    seconds: float


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, new_database: Callable[[], str]) -> Undisturbed:
    url, home = migrated(new_database()), tmp_path_factory.mktemp("home")
    with environment(home, url):
        started = time.monotonic()
        process = start(home)
        assert process.wait(300) == 0, said(home)
        return Undisturbed(tables(url), time.monotonic() - started)


def start(folder: Path) -> subprocess.Popen[bytes]:
    """Start the night; what it says goes to a file, since nobody reads a pipe while it runs."""
    command = [sys.executable, "-m", "tests.nights", "one night"]
    with (folder / "night.log").open("wb") as log:
        return subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)


def said(folder: Path) -> str:
    return (folder / "night.log").read_text(errors="replace")[-2000:]


def kill_family(process: subprocess.Popen[bytes]) -> None:
    """Kill the night's process; the crawl's own process notices on its own that its parent is gone."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_a_night_killed_at_random_points_and_run_again_ends_like_an_undisturbed_one(
    undisturbed: Undisturbed, new_database: Callable[[], str], tmp_path: Path
) -> None:
    url = migrated(new_database())
    chance = random.Random(11)
    with environment(tmp_path, url):
        killed = 0
        for _ in range(KILLS):
            process = start(tmp_path)
            try:
                process.wait(undisturbed.seconds * chance.uniform(*MOMENTS))
            except subprocess.TimeoutExpired:
                kill_family(process)
                killed += 1
            time.sleep(1)
        process = start(tmp_path)
        assert process.wait(300) == 0, said(tmp_path)
    assert killed >= 3
    assert digest(tables(url)) == digest(undisturbed.tables)


def test_a_night_whose_postgres_is_killed_can_be_run_again(undisturbed: Undisturbed, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    server = Postgres(tmp_path / "server")
    server.start()
    try:
        migrated(server.url("owner"))
        chance = random.Random(5)
        with environment(tmp_path / "home", server.url("loader")):
            for _ in range(2):
                process = start(tmp_path)
                time.sleep(undisturbed.seconds * chance.uniform(*MOMENTS))
                os.kill(server.alive(), signal.SIGKILL)
                process.wait(120)
                server.start()
            process = start(tmp_path)
            assert process.wait(300) == 0, said(tmp_path)
            found = tables(server.url("superuser"))
    finally:
        server.remove()
    assert digest(found) == digest(undisturbed.tables)


def test_what_the_loader_committed_before_a_kill_is_there_after_it(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    server = Postgres(tmp_path)
    server.start()
    try:
        with closing(psycopg2.connect(server.url("owner"))) as connection, connection, connection.cursor() as cursor:
            cursor.execute("CREATE TABLE kept (number integer); INSERT INTO kept SELECT generate_series(1, 1000)")
        os.kill(server.alive(), signal.SIGKILL)
        server.start()
        with closing(psycopg2.connect(server.url("owner"))) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM kept")
            assert cursor.fetchone() == (1000,)
    finally:
        server.remove()
