"""The command line says in one line what is wrong and what to do, and touches nothing it was not asked to."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bulletins import home as homes
from bulletins.home import HomeError, read_dotenv
from bulletins.sample.build import OUTLETS, SAMPLE_WEB

COMMAND = str(Path(sys.executable).with_name("bulletins"))
COMMANDS = (
    "demo",
    "up",
    "down",
    "status",
    "doctor",
    "run",
    "crawl",
    "process",
    "trace",
    "explain",
    "diff",
    "erase",
    "export",
    "outlets",
    "db",
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home that does not exist yet."""
    return tmp_path / "home"


def bulletins(home: Path, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BULLETINS_")}
    environment = {**kept, "BULLETINS_HOME": str(home), **settings}
    return subprocess.run([COMMAND, *arguments], env=environment, text=True, capture_output=True, check=False)


def test_help_lists_all_commands_and_the_exit_codes(home: Path) -> None:
    done = bulletins(home, "--help")
    assert done.returncode == 0
    assert "Exit codes" in done.stdout
    for name in COMMANDS:
        assert re.search(rf"\b{name}\b", done.stdout), name


def test_starting_the_command_imports_nothing_heavy() -> None:
    code = "import sys, bulletins.cli; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True, check=True).stdout.split()
    assert not {"airflow", "scrapy", "twisted", "trafilatura", "psycopg2", "pyarrow", "pydantic"} & set(loaded)


@pytest.mark.parametrize("arguments", [["nonsense"], ["crawl"], ["db", "nonsense"], ["up", "--nonsense"]])
def test_a_wrong_command_line_exits_2(home: Path, arguments: list[str]) -> None:
    done = bulletins(home, *arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["outlets", "show", "no_such"], "bulletins: no outlet 'no_such'; `bulletins outlets list` shows"),
        (["db", "url"], "bulletins: Postgres is not running; start it with `bulletins up`"),
        (["db", "migrate"], "bulletins: Postgres is not running"),
        (["db", "url", "--role", "king"], "bulletins: no role 'king'"),
        (["trace", "https://example.org/"], "bulletins: Postgres is not running"),
        (["run", "sana"], "bulletins: Postgres is not running"),
        (["export", "articles.xls"], "bulletins: no format 'xls'"),
    ],
)
def test_what_is_missing_is_said_in_one_line_with_exit_3(home: Path, arguments: list[str], said: str) -> None:
    done = bulletins(home, *arguments)
    assert done.returncode == 3
    assert done.stderr.startswith(said)
    assert done.stderr.count("\n") == 1


def test_looking_makes_nothing(home: Path) -> None:
    assert bulletins(home, "status").returncode == 3
    assert bulletins(home, "down").returncode == 0
    bulletins(home, "doctor")
    assert not home.exists()


def test_output_that_is_no_terminal_has_no_colours(home: Path) -> None:
    assert "\x1b" not in bulletins(home, "outlets", "list").stdout
    assert "\x1b" not in bulletins(home, "status").stdout


def test_scripts_get_json(home: Path) -> None:
    outlets = json.loads(bulletins(home, "outlets", "list", "--json").stdout)
    assert len(outlets) == 68
    assert json.loads(bulletins(home, "outlets", "show", "sana", "--json").stdout)["slug"] == "sana"
    assert json.loads(bulletins(home, "status", "--json").stdout)["up"] is False
    assert {"what", "ok", "detail"} == set(json.loads(bulletins(home, "doctor", "--json").stdout)[0])


def test_another_folder_of_outlets_can_be_given(home: Path) -> None:
    for done in (
        bulletins(home, "--outlets", str(OUTLETS), "outlets", "check"),
        bulletins(home, "outlets", "check", BULLETINS_OUTLETS=str(OUTLETS)),
    ):
        assert done.returncode == 0
        assert done.stdout.startswith("6 declarations are sound")


def test_each_mistake_in_the_declarations_is_a_line(home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "outlets"
    folder.mkdir()
    for slug in ("one", "two"):
        (folder / f"{slug}.toml").write_text("colour = 'red'\n")
    done = bulletins(home, "--outlets", str(folder), "outlets", "check")
    assert done.returncode == 3
    assert "one.toml" in done.stderr
    assert "two.toml" in done.stderr
    assert all(line.startswith("bulletins: ") for line in done.stderr.splitlines())


def test_trying_an_outlet_shows_an_article_and_stores_nothing(home: Path) -> None:
    done = bulletins(home, "--outlets", str(OUTLETS), "outlets", "try", "sample_rasd", "--replay", str(SAMPLE_WEB))
    assert done.returncode == 0, done.stderr
    assert "One article" in done.stdout
    assert not home.exists()


def test_dotenv_is_read_and_the_environment_wins(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / ".env"
    path.write_text("# a comment\n\nBULLETINS_HOME = '/srv/b'\nexport BULLETINS_CONTACT=https://example.org/a=b\n")
    assert read_dotenv(path) == {"BULLETINS_HOME": "/srv/b", "BULLETINS_CONTACT": "https://example.org/a=b"}
    monkeypatch.setattr(homes, "read_dotenv", lambda: {"BULLETINS_HOME": "/srv/b"})
    monkeypatch.setenv("BULLETINS_HOME", "/srv/a")
    homes.apply_dotenv()
    assert os.environ["BULLETINS_HOME"] == "/srv/a"


@pytest.mark.parametrize("line", ["BULLETINS_HOM=/srv", "nonsense", "PATH=/bin"])
def test_a_line_of_dotenv_that_is_not_understood_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / ".env"
    path.write_text(f"\n{line}\n")
    with pytest.raises(HomeError, match=r"\.env, line 2"):
        read_dotenv(path)


def test_the_example_settings_are_those_that_are_understood() -> None:
    text = (homes.PROJECT / ".env.example").read_text()
    assert set(re.findall(r"^# (BULLETINS_\w+)=", text, re.M)) == set(homes._SETTINGS)
