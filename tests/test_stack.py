"""The demo, from one command: what it prints, what it leaves in the tables, and that a second one adds nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.tables import tables
from bulletins import airflow, stack
from bulletins.postgres import Postgres
from bulletins.sample.build import OUTLETS
from crawlers.outlets import load_outlets
from processing.database import connect

pytestmark = [pytest.mark.stack, pytest.mark.timeout(1200)]
COMMAND = str(Path(sys.executable).with_name("bulletins"))


def bulletins(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "BULLETINS_HOME": str(home)}
    return subprocess.run([COMMAND, *arguments], env=environment, text=True, capture_output=True, check=False)


def ask(home: Path, question: str) -> object:
    with closing(connect(Postgres(home).url("reader"))) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchone()[0]


def test_the_demo_shows_every_outlet_three_queries_and_where_to_look(demo_home: Path) -> None:
    said = (demo_home / "demo.txt").read_text()
    for slug in load_outlets(OUTLETS):
        assert slug in said
    assert "Silent losses: 0" in said
    assert said.count("sql/queries/examples/") == 3
    found = stack.find(demo_home)
    assert found.address in said
    assert str(airflow.password_file(demo_home)) in said
    assert Postgres(demo_home).url("reader") in said
    assert "bulletins down" in said


def test_no_secret_but_the_readers_is_printed_or_logged(demo_home: Path) -> None:
    texts = [demo_home / "demo.txt", *(demo_home / "logs").glob("*.log")]
    said = "".join(path.read_text(errors="replace") for path in texts)
    for path in (demo_home / "secrets").iterdir():
        if path.name != "postgres_reader":
            secret = airflow.password(demo_home) if path.suffix == ".json" else path.read_text().strip()
            assert secret not in said, path.name


def test_every_link_of_the_demo_is_accounted_for(demo_home: Path) -> None:
    assert ask(demo_home, "select sum(abs(silent_losses)) from news.crawl_accounting") == 0
    assert ask(demo_home, "select count(*) from news.links") == ask(
        demo_home, "select sum(links_discovered) from news.crawls"
    )
    assert ask(demo_home, "select count(*) from news.articles") > 30
    assert bulletins(demo_home, "db", "check").returncode == 0


def test_a_second_demo_loads_nothing_new(demo_home: Path) -> None:
    owner = Postgres(demo_home).url("owner")
    before = {
        name: rows
        for name, rows in tables(owner).items()
        if name in ("articles", "article_versions", "tags", "stories")
    }
    updated = ask(demo_home, "select max(updated_at) from news.articles")
    again = bulletins(demo_home, "demo")
    assert again.returncode == 0, again.stderr
    after = tables(owner)
    assert {name: after[name] for name in before} == before
    assert ask(demo_home, "select max(updated_at) from news.articles") == updated
    assert "Silent losses: 0" in again.stdout


def test_an_article_of_the_demo_is_traced_to_its_bytes(demo_home: Path) -> None:
    article = str(ask(demo_home, "select article_id from news.articles order by key limit 1"))
    done = bulletins(demo_home, "--outlets", str(OUTLETS), "trace", article)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("same") >= 4
    assert "DIFFERS" not in done.stdout


def test_psql_and_url_reach_the_database(demo_home: Path) -> None:
    done = bulletins(demo_home, "db", "psql", "-c", "select count(*) from articles")
    assert done.returncode == 0, done.stderr
    assert bulletins(demo_home, "db", "url").stdout.strip() == Postgres(demo_home).url("reader")


def test_the_readers_connection_cannot_write(demo_home: Path) -> None:
    done = bulletins(demo_home, "db", "psql", "-c", "delete from tags")
    assert done.returncode != 0
    assert "permission denied" in done.stderr or "read-only" in done.stderr


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_articles_are_exported(demo_home: Path, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"articles.{form}"
    done = bulletins(demo_home, "export", str(path))
    assert done.returncode == 0, done.stderr
    assert path.stat().st_size > 1000
