"""The whole stack with its parts killed by signal 9 while the DAG runs: the tables end up as if nothing had happened."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from benchmarks.disturbing import VICTIMS, Killer
from benchmarks.runner import run_in_airflow
from benchmarks.tables import digest, tables
from bulletins.postgres import Postgres
from bulletins.sample.build import OUTLETS, SAMPLE_WEB
from processing import database
from tests.nights import environment, night

pytestmark = [pytest.mark.stack, pytest.mark.timeout(1500)]


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with the sample outlets that every user may enter: root's Postgres lives inside."""
    made = Path(tempfile.mkdtemp(prefix="bulletins-kills-"))
    shutil.copytree(OUTLETS, made / "outlets")
    yield made
    shutil.rmtree(made)


def test_a_night_whose_parts_are_killed_ends_like_an_undisturbed_one(
    folder: Path, new_database: Callable[[], str]
) -> None:
    still = new_database()
    with closing(database.connect(still)) as connection:
        database.migrate(connection)
    with environment(folder / "still", still):
        night("undisturbed")
    killer = Killer(kills=len(VICTIMS), seed=3, pause=(2.0, 6.0))
    with run_in_airflow(folder, SAMPLE_WEB, killer):
        disturbed = tables(Postgres(folder / "var").url("superuser"))
        with closing(psycopg2.connect(Postgres(folder / "var").url("reader"))) as news, news.cursor() as cursor:
            cursor.execute("SELECT sum(abs(silent_losses)) FROM news.crawl_accounting")
            assert cursor.fetchone() == (0,)
    assert set(killer.killed) == set(VICTIMS)
    assert digest(disturbed) == digest(tables(still))
