"""Numbers of people: golden sentences in three languages, and what is no number of people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.statements.numbers import find_numbers, load_number_words
from processing.statements.records import Scope

GOLD = [json.loads(line) for line in (Path(__file__).parent / "golden" / "numbers.jsonl").read_text().splitlines()]


def numbers(text: str):
    return find_numbers(text, 0, len(text), load_number_words())


@pytest.mark.parametrize("gold", GOLD, ids=[one["text"][:40] for one in GOLD])
def test_a_sentence_gives_the_numbers_that_a_person_reads(gold):
    assert [[one.kind, one.counted, one.low, one.high] for one in numbers(gold["text"])] == gold["numbers"]


@pytest.mark.parametrize(
    "text",
    [
        "Five rockets hit three houses.",
        "The convoy of 40 vehicles drove 12 kilometres.",
        "The 25th division moved 300 tanks.",
        "سقطت خمس قذائف على ثلاثة منازل",
        "На город упали пять ракет.",
    ],
)
def test_what_is_not_people_is_not_counted(text):
    assert numbers(text) == ()


def test_the_words_of_a_number_are_its_span():
    text = "In Azaz at least 12 people were killed."
    assert [text[one.start : one.end] for one in numbers(text)] == ["at least 12 people"]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Three people were killed.", Scope.EVENT),
        ("Three people were killed in the past week.", Scope.PERIOD),
        ("1319 civilians were killed since the beginning of the war.", Scope.CUMULATIVE),
        ("قتل 500 مدني منذ بداية العام", Scope.CUMULATIVE),
        ("С начала года погибли 40 человек.", Scope.CUMULATIVE),
    ],
)
def test_what_is_counted_over_a_time_says_so(text, scope):
    assert [one.scope for one in numbers(text)] == [scope]


def test_offsets_are_those_of_the_whole_text():
    text = "First. Three civilians were killed. Last."
    [one] = find_numbers(text, 7, 35, load_number_words())
    assert text[one.start : one.end] == "Three civilians"


@given(st.text(alphabet="0123456789 قتلمدنيينجرحى,.-killed threeпогибли", max_size=60))
def test_any_text_gives_numbers_within_it(text):
    for one in numbers(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.low is None or one.low >= 0
