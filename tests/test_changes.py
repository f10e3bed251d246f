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
from processing.changes import ChangeKind, compare, likeness, sentences
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
        (ChangeKind.ATTRIBUTION, "stepnews", ""),
        (ChangeKind.SOURCE_REMOVED, "stepnews", ""),
        (
            ChangeKind.EDITED,
            "Three civilians were killed in shelling on Saraqib, Step News Agency reported.",
            "Seven civilians were killed in shelling on Saraqib.",
        ),
        (ChangeKind.REMOVED, "Schools were closed.", ""),
        (ChangeKind.ADDED, "", "Shops were shut."),
    ]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("Two men were killed by shelling on Saraqib.", "Two men were killed by shelling on Azaz.", "place changed"),
        (
            "Shelling on Saraqib killed two men on Friday.",
            "Shelling on Saraqib killed two men on Thursday.",
            "day changed",
        ),
        ("Shelling killed two men in Saraqib.", "An airstrike killed two men in Saraqib.", "event type changed"),
        (
            "Russian warplanes bombed Saraqib and killed two men.",
            "Suspected Russian warplanes bombed Saraqib and killed two men.",
            "actors changed",
        ),
        (
            "Regime forces shelled Saraqib and killed two men, SOHR said.",
            "Regime forces shelled Saraqib and killed two men, Step News Agency said.",
            "attribution changed",
        ),
        (
            "Regime forces shelled a market in Saraqib.",
            "Regime forces denied that they shelled a market in Saraqib.",
            "standing changed",
        ),
    ],
)
def test_what_is_now_said_otherwise_of_the_same_event_is_told(first, second, expected):
    found = changes(f"Rain fell. {first}", f"Rain fell. {second}")
    assert expected in [kind for kind, *_ in found]
    assert {"statement added", "statement removed"}.isdisjoint(kind for kind, *_ in found)


def test_an_event_that_is_new_and_one_that_is_gone_are_told_with_what_they_say():
    shelled, fought = "Two men were killed in shelling on Saraqib.", "Fighters clashed with the army near Azaz at dawn."
    clash = "battle.armed_clash, PL-azaz-sy02"
    assert changes(shelled, f"{shelled} {fought}") == [
        (ChangeKind.STATEMENT_ADDED, "", clash),
        (ChangeKind.ADDED, "", fought),
    ]
    assert changes(f"{shelled} {fought}", shelled) == [
        (ChangeKind.STATEMENT_REMOVED, clash, ""), (ChangeKind.REMOVED, fought, ""),
    ]  # fmt: skip


def test_a_long_list_with_one_entry_more_on_top_has_one_change():
    towns = ("Saraqib", "Ariha", "Maarrat al-Numan", "Jisr al-Shughur", "Khan Shaykhun", "Kafr Nabl", "Binnish")
    entries = [f"{town} was shelled and {n} men were killed." for n, town in enumerate(towns * 9, start=2)]
    found = [kind for kind, *_ in changes(" ".join(entries), " ".join(["Azaz was shelled at noon.", *entries]))]
    assert found == [ChangeKind.STATEMENT_ADDED, ChangeKind.ADDED]


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
def test_a_text_is_not_changed_from_itself(said):
    assert changes(" ".join(said), " ".join(said)) == []


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


@pytest.mark.db
def test_the_command_says_where_the_outlet_went_back_to_an_earlier_text(
    database_url: str, connection: Connection, monkeypatch
):
    seed.declare(connection)
    monkeypatch.setenv("BULLETINS_DATABASE_URL", database_url)
    monkeypatch.setenv("COLUMNS", "200")
    for night, text in enumerate((FIRST, SECOND, FIRST)):
        seed.crawl(seed.page("one", text), at=seed.NIGHT + night * seed.DAY).load(connection)
    url = "https://sample_post.example/one"
    shown = CliRunner().invoke(app, ["diff", url], catch_exceptions=False).output
    assert "first seen 2026-03-02 01:00 UTC (version 1 was there again, last on 2026-03-03 01:00)" in shown
    assert "The outlet went back: version 1 was there again" in shown
    seed.crawl(seed.page("one", SECOND), at=seed.NIGHT + 3 * seed.DAY).load(connection)
    assert "went back" not in CliRunner().invoke(app, ["diff", url], catch_exceptions=False).output


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (lambda side, n: f"Word{side}{n} stands{side}{n} here{side}{n}", 6000),  # all differ
        (lambda side, n: "The same again" if n else f"Only{side}", 2),  # one sentence for ever
        (
            lambda side, n: f"Common number{n}" if n % 2 else f"Word{side}{n} is{side}{n}",
            3000,
        ),  # every second one differs
    ],
)
def test_two_hostile_texts_are_compared_in_few_steps(made, expected, monkeypatch):
    compared = []
    alike = likeness.alike
    monkeypatch.setattr(likeness, "alike", lambda one, other: compared.append(1) or alike(one, other))
    monkeypatch.setattr(sentences, "SequenceMatcher", None)  # quadratic: not for these
    old, new = (". ".join(made(side, n) for n in range(3000)) for side in ("a", "b"))
    assert len(list(sentences.sentence_changes(old, new))) == expected
    assert len(compared) <= 3000 * likeness.NEAREST
