import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bulletins.cli import app
from crawlers.records import BulletinsError

RUN = CliRunner()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "bulletin.txt"
    made.write_text("Syrian army artillery shelled Kafr Nabl.", encoding="utf-8")
    return made


def test_a_file_is_explained_without_a_database(file: Path) -> None:
    done = RUN.invoke(app, ["explain", "--file", str(file), "--date", "2019-09-07"])
    assert done.exit_code == 0, done.output


def test_scripts_get_json(file: Path) -> None:
    done = RUN.invoke(app, ["explain", "--file", str(file), "--date", "2019-09-07", "--json"])
    assert json.loads(done.stdout)["statements"][0]["event_type"] == "remote.shelling"


def test_standard_input_is_read(file: Path) -> None:
    done = RUN.invoke(app, ["explain", "--file", "-", "--json"], input=file.read_text())
    assert json.loads(done.stdout)["published_at"] is None


def test_the_page_is_written_to_the_file(file: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    assert RUN.invoke(app, ["explain", "--file", str(file), "--html", str(page)]).exit_code == 0
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize("arguments", [[], ["abc", "--file", "x"], ["0123abcd", "--title", "x"]])
def test_what_cannot_be_meant_is_a_wrong_command_line(arguments: list[str]) -> None:
    assert RUN.invoke(app, ["explain", *arguments]).exit_code == 2


@pytest.mark.parametrize(
    ("content", "said"), [(b"", "holds no text"), (b"\xff\xfe\x41", "not UTF-8"), (None, "cannot read")]
)
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes | None, said: str) -> None:
    file = tmp_path / "text.txt"
    if content is not None:
        file.write_bytes(content)
    done = RUN.invoke(app, ["explain", "--file", str(file)])
    assert isinstance(done.exception, BulletinsError)
    assert said in str(done.exception)
