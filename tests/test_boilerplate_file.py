"""The file of an outlet's known lines: read strictly, added to, and part of the declaration."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from crawlers.boilerplate import add_boilerplate, path_of, read_boilerplate
from crawlers.outlets import declaration_sha256, load_outlet, load_outlets
from crawlers.records import OutletError
from crawlers.rules import Boilerplate
from tests.test_outlets import GOOD, declare


def known(declaration: Path, text: str) -> Path:
    path = path_of(declaration)
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_an_outlet_comes_with_its_known_lines(tmp_path: Path) -> None:
    declaration = declare(tmp_path, GOOD)
    assert load_outlet(declaration).boilerplate == Boilerplate()
    known(declaration, "# said by us\n\ndrop: تابعونا على قناتنا\nkeep: # Statement: of the office\r\ndrop: Views: 0\n")
    expected = Boilerplate(dropped=("تابعونا على قناتنا", "Views: 0"), kept=("# Statement: of the office",))
    assert load_outlets(tmp_path)["sample"].boilerplate == expected


def test_each_mistake_is_a_line_with_its_number(tmp_path: Path) -> None:
    declaration = declare(tmp_path, GOOD)
    path = known(declaration, "drop: a\nkeep: a\nnonsense\ndrop:\ndrop: b\u202eb\n")
    with pytest.raises(OutletError) as caught:
        load_outlet(declaration)
    assert [line.split(": expected")[0] for line in str(caught.value).split("\n")] == [
        f"{path}: line {number}" for number in (2, 3, 4, 5)
    ]


def test_bytes_that_are_no_text_are_told_by_their_line(tmp_path: Path) -> None:
    declaration = declare(tmp_path, GOOD)
    known(declaration, "").write_bytes(b"drop: a\ndrop: \xe7\n")
    with pytest.raises(OutletError, match="line 2: expected UTF-8 text"):
        load_outlet(declaration)


def test_known_lines_of_no_outlet_are_refused(tmp_path: Path) -> None:
    declare(tmp_path, GOOD)
    path = known(tmp_path / "other.toml", "drop: a\n")
    with pytest.raises(OutletError) as caught:
        load_outlets(tmp_path)
    assert str(caught.value).startswith(f"{path}: file: expected the name of an outlet declared")


def test_lines_are_added_below_what_a_person_wrote(tmp_path: Path) -> None:
    declaration = declare(tmp_path, GOOD)
    path = add_boilerplate(declaration, ["Follow us on our channel"])
    path.write_text(path.read_text().replace("drop: Follow", "keep: Follow") + "# mine")
    add_boilerplate(declaration, ["Views: 0", "Subscribe to our letter today"])
    assert path.read_text().endswith(
        "keep: Follow us on our channel\n# mine\ndrop: Views: 0\ndrop: Subscribe to our letter today\n"
    )
    assert read_boilerplate(declaration) == Boilerplate(
        dropped=("Views: 0", "Subscribe to our letter today"), kept=("Follow us on our channel",)
    )
    assert [file.name for file in path.parent.iterdir()] == ["sample.txt"]


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    declaration = declare(tmp_path, GOOD)
    (tmp_path / "boilerplate").write_text("")
    with pytest.raises(OutletError, match="expected a file that can be written"):
        add_boilerplate(declaration, ["a"])


def test_the_hash_of_a_declaration_covers_its_known_lines(tmp_path: Path) -> None:
    declaration = declare(tmp_path, GOOD)
    alone = declaration_sha256(declaration)
    path = known(declaration, "drop: a\n")
    assert declaration_sha256(declaration) == hashlib.sha256(GOOD.encode() + b"drop: a\n").hexdigest() != alone
    path.unlink()
    assert declaration_sha256(declaration) == alone
