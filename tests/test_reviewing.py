"""Lines that recur are shown beside what was decided of them, and written where git shows them to a reviewer."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

from crawlers.boilerplate import path_of, read_boilerplate
from tests import seed
from tests.seed import crawl, page
from tests.test_cli import bulletins
from tests.test_outlets import GOOD, declare
from tests.test_recurring import FOOTER, report

pytestmark = pytest.mark.db
OWN = "Statement of the press office of the council"


@pytest.fixture
def declared(tmp_path: Path, connection: Connection) -> Path:
    """A declaration whose outlet has eight loaded articles; all end in FOOTER, six begin with OWN."""
    seed.declare(connection)
    pages = [
        page(f"p{n}", "\n".join([*[OWN] * (n < 6), *report(n), f"{FOOTER}\u202e"]), title=f"Report {n} \x9b2J")
        for n in range(8)
    ]
    crawl(*pages).load(connection)
    return declare(tmp_path, GOOD, "sample_post.toml")


@pytest.fixture
def run(declared: Path, database_url: str, tmp_path: Path):
    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return bulletins(
            tmp_path / "home", "--outlets", str(declared.parent), "outlets", "boilerplate", *arguments,
            BULLETINS_DATABASE_URL=database_url,
        )  # fmt: skip

    return command


def test_proposed_lines_are_shown_with_counts_and_examples(run) -> None:
    done = run("sample_post")
    assert done.returncode == 0, done.stderr
    assert "sample_post: 8 articles" in done.stdout
    assert FOOTER in done.stdout
    assert "100%" in done.stdout
    assert "\u202e" not in done.stdout


def test_scripts_get_json(run) -> None:
    found = json.loads(run("sample_post", "--json").stdout)
    assert (found["outlet"], found["articles"], found["applied"]) == ("sample_post", 8, True)
    footer, own = found["lines"]
    assert (footer["line"], footer["state"], footer["articles"], len(footer["examples"])) == (FOOTER, "new", 8, 3)
    assert (own["line"], own["articles"], own["share"]) == (OWN, 6, 0.75)
    assert [
        line["line"] for line in json.loads(run("sample_post", "--json", "--min-share", "0.8").stdout)["lines"]
    ] == [FOOTER]


def test_what_is_written_is_read_back_and_a_rejected_line_never_comes_again(run, declared: Path) -> None:
    done = run("sample_post", "--write")
    assert (done.returncode, "2 lines added to" in done.stderr) == (0, True)
    assert read_boilerplate(declared).dropped == (FOOTER, OWN)
    path = path_of(declared)
    path.write_text(path.read_text().replace(f"drop: {OWN}", f"keep: {OWN}"))
    again = run("sample_post", "--write", "--json")
    assert {line["line"]: line["state"] for line in json.loads(again.stdout)["lines"]} == {FOOTER: "drop", OWN: "keep"}
    assert "Nothing to write" in again.stderr
    assert read_boilerplate(declared).kept == (OWN,)


def test_known_lines_are_shown_when_they_recur_no_more(run, declared: Path) -> None:
    path_of(declared).parent.mkdir()
    path_of(declared).write_text("drop: A line of last year\n")
    lines = json.loads(run("sample_post", "--json").stdout)["lines"]
    assert lines[-1] == {"line": "A line of last year", "state": "drop", "articles": 0, "share": 0.0, "examples": []}


def test_without_an_outlet_there_is_a_line_for_each(run) -> None:
    [row] = [line.split() for line in run().stdout.splitlines() if line.startswith("sample_post")]
    assert [cell for cell in row if cell != "│"] == ["sample_post", "8", "2", "0", "0", "yes"]
    assert [found["outlet"] for found in json.loads(run("--json").stdout)] == ["sample_post"]


def test_what_is_missing_is_said_in_one_line(run, declared: Path) -> None:
    declare(declared.parent, GOOD.replace("sample", "never"), "never_post.toml")
    assert run("no_such").stderr.startswith("bulletins: no outlet 'no_such'")
    assert run("never_post").stderr.startswith(
        "bulletins: no article of never_post is in the database; `bulletins crawl"
    )
    assert run("--write").returncode == 2
    assert run("sample_post", "--min-share", "2").returncode == 2
    assert not path_of(declared).exists()
