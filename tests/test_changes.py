"""What an outlet changed between two versions: sentences, titles, tolls, sources."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from psycopg2.extensions import connection as Connection
from typer.testing import CliRunner

from bulletins.cli import app
from processing import changes as changing
from processing.changes import ChangeKind, compare
from processing.explain import explain_text, explain_versions
from tests import seed

DAY = dt.date(2019, 9, 7)
FIRST = (
    "Three civilians were killed in shelling on Saraqib, Step News Agency reported. Schools were closed. "
    "The road to Ariha stayed open on Friday."
)
SECOND = "Seven civilians were killed in shelling on Saraqib. The road to Ariha stayed open on Friday. Shops were shut."


def changes(first: str, second: str, titles: tuple[str, str] = ("T", "T")):
    old, new = (explain_text(text, title=title, day=DAY) for text, title in zip((first, second), titles, strict=True))
    return [(one.kind, one.before, one.after) for one in compare(old, new)]


def test_a_toll_that_rose_a_source_that_is_gone_and_sentences_that_came_and_went_are_told():
    assert changes(FIRST, SECOND) == [
        (ChangeKind.TOLL, "killed 3", "killed 7"),
        (ChangeKind.SOURCE_REMOVED, "stepnews", ""),
        (
            ChangeKind.EDITED,
            "Three civilians were killed in shelling on Saraqib, Step News Agency reported.",
            "Seven civilians were killed in shelling on Saraqib.",
        ),
        (ChangeKind.REMOVED, "Schools were closed.", ""),
        (ChangeKind.ADDED, "", "Shops were shut."),
    ]


def test_a_title_that_changed_is_told_and_one_that_is_only_spelled_otherwise_is_not():
    assert changes("A.", "A.", ("Army shells Idlib", "Army hits Idlib")) == [
        (ChangeKind.TITLE, "Army shells Idlib", "Army hits Idlib")
    ]
    assert changes("قصفت القوّات إدلب.", "قصفت القوات ادلب.", ("إدلب", "ادلب")) == []


def test_paragraphs_that_only_break_elsewhere_are_no_change():
    assert changes("One stood here. Two came later.", "One stood here.\n\nTwo came later.") == []


@given(
    st.lists(st.sampled_from(["A road was shut.", "Rain fell on Homs.", "Two men were killed near Azaz."]), max_size=6)
)
def test_a_text_is_not_changed_from_itself(sentences):
    assert changes(" ".join(sentences), " ".join(sentences)) == []


@pytest.mark.db
def test_versions_of_a_stored_article_are_compared_in_order(connection: Connection):
    seed.declare(connection)
    for night, text in enumerate((FIRST, SECOND, SECOND)):
        seed.crawl(seed.page("one", text), at=seed.NIGHT + night * seed.DAY).load(connection)
    first, second = explain_versions(connection, "https://sample_post.example/one")
    assert (first.number, second.number) == (1, 2)
    assert ChangeKind.TOLL in [one.kind for one in compare(first.read, second.read)]


@pytest.mark.db
def test_the_command_prints_a_table_or_json(database_url: str, connection: Connection, monkeypatch):
    seed.declare(connection)
    monkeypatch.setenv("BULLETINS_DATABASE_URL", database_url)
    for night, text in enumerate((FIRST, SECOND)):
        seed.crawl(seed.page("one", text), at=seed.NIGHT + night * seed.DAY).load(connection)
    url = "https://sample_post.example/one"
    shown = CliRunner().invoke(app, ["diff", url], catch_exceptions=False).output
    assert "version 1 to 2" in shown
    assert "killed 7" in shown
    [step] = json.loads(CliRunner().invoke(app, ["diff", url, "--json"], catch_exceptions=False).output)
    assert step["changes"][0] == {
        "kind": "toll changed",
        "before": "killed 3",
        "after": "killed 7",
        "about": "Seven civilians were killed in shelling on Saraqib.",
    }


def test_two_hostile_texts_are_compared_in_few_steps(monkeypatch):
    compared = []
    alike = changing._alike
    monkeypatch.setattr(changing, "_alike", lambda one, other: compared.append(1) or alike(one, other))
    old, new = ([f"{side}{n} word{n} of side {side}" for n in range(3000)] for side in ("a", "b"))
    found = list(changing._sentences(old, new))
    assert len(found) >= 3000
    assert len(compared) <= 3000 * 40
