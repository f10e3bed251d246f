import dataclasses
import json

import pytest

from bulletins.explain_view import as_data, day_words, marks, number_words, runs, told
from processing.records import Part, PartKind
from processing.statements.records import DayPrecision, Scope
from tests.explaining import DAY, TEXT, TITLE, explained, number


def test_the_runs_of_a_field_are_the_field() -> None:
    found = explained()
    assert "".join(run.text for run in runs(found, "text")) == TEXT
    assert "".join(run.text for run in runs(found, "title")) == TITLE


def test_every_statement_begins_and_ends_once_in_the_text() -> None:
    pieces = [*runs(explained(), "title"), *runs(explained(), "text")]
    assert [n for run in pieces for n in run.begins] == [0, 1, 2, 3]
    assert [n for run in pieces for n in run.ends] == [0, 1, 2, 3]


def test_of_marks_that_overlap_what_is_left_is_shown() -> None:
    shown = {(mark.kind, TEXT[mark.start : mark.end].strip()) for mark in marks(explained(), "text")}
    assert {("number", "one"), ("actor", "civilian"), ("day", "Friday"), ("trigger", "shelled")} <= shown


def test_names_and_levels_are_told_and_not_ids() -> None:
    first = told(explained())[1]
    assert first.acled == "Explosions/Remote violence › Shelling/artillery/missile attack"
    assert dict(first.facts) == {
        "by": "Syrian Arab Army (Assad era) (“Syrian army”)",
        "to": "Civilians (“civilian”)",
        "where": "Kafr Nabl (Idleb governorate, “Kafr Nabl”)",
        "people": "killed: 1 civilian",
        "when": "2019-09-06 (day)",
        "source": "Al-Masdar News (AMN) → Step News Agency (“reported”)",
    }


def test_a_hedge_and_an_inherited_place_are_told() -> None:
    facts = dict(told(explained())[2].facts)
    assert "hedged: Suspected" in facts["by"]
    assert facts["where"] == "near: Aleppo (inherited from the header)"


def test_what_sums_up_others_and_what_is_no_event_are_not_counted() -> None:
    assert [one.is_counted for one in told(explained())] == [False, True, True, False]
    assert told(explained())[1].summed_up_by == (0,)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, "killed: 1 civilian"),
        ({"high": None}, "killed: at least 1 civilians"),
        ({"low": 0, "best": None, "high": 9}, "killed: at most 9 civilians"),
        ({"low": 24, "best": None, "high": 99}, "killed: 24 to 99 civilians"),
        ({"low": None, "best": None, "high": None}, "killed: number said to be unknown, of civilians"),
        ({"scope": Scope.PERIOD, "is_toll": True}, "killed: 1 civilian (over a period, toll so far)"),
    ],
)
def test_counts_are_said_with_how_sure_they_are(changes: dict, words: str) -> None:
    assert number_words(number("one civilian", **changes)) == words


@pytest.mark.parametrize(
    ("precision", "words"),
    [
        (DayPrecision.NIGHT, "night to 2019-09-06"),
        (DayPrecision.SINCE, "since 2019-09-06"),
        (DayPrecision.UNKNOWN, "day not known"),
        (DayPrecision.DAY, "2019-09-06 (day of publication)"),
    ],
)
def test_days_are_said_with_how_exactly_they_are_known(precision: DayPrecision, words: str) -> None:
    day = dataclasses.replace(told_day(), precision=precision, first=DAY, last=DAY)
    assert day_words(day) == words


def told_day():
    return explained().statements[0].day


def test_json_holds_the_records_with_names_beside_ids() -> None:
    data = json.loads(json.dumps(as_data(explained()), default=str))
    assert set(data) == {
        "key", "title", "text", "language", "outlet", "outlet_name", "url", "published_at", "precision", "relevance",
        "tags", "parts", "statements", "tagger", "is_stored",
    }  # fmt: skip
    one = data["statements"][1]
    assert one["name"] == "Shelling, artillery or missile attack"
    assert (one["roles"][0]["actor"], one["roles"][0]["name"]) == ("saa", "Syrian Arab Army (Assad era)")
    assert one["chain"][0]["name"] == "Step News Agency"
    assert (one["is_counted"], one["summed_up_by"]) == (True, [0])
    assert all(tag["name"] for tag in data["tags"])


def test_the_part_of_a_digest_that_a_statement_stands_in_is_told() -> None:
    found = explained(parts=(Part(kind=PartKind.SECTION, start=0, end=len(TEXT), governorates=("SY07",)),))
    within = dataclasses.replace(found.statements[1], part=0)
    assert dict(told(dataclasses.replace(found, statements=(within,)))[0].facts)["part"] == "section: Idleb"
