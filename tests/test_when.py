from __future__ import annotations

import datetime as dt
import random
import time
import tomllib
from importlib import resources
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.when import Line, gold, told
from processing.clean.months import MONTHS
from processing.statements.records import DayPrecision, EventDay
from processing.statements.when import event_day, load_times, publication_day
from processing.statements.when.dates import AHEAD
from processing.statements.when.words import TimesError, read_times
from processing.text import fold_plain

TIMES = load_times()
TABLE = tomllib.loads((resources.files("processing") / "vocabulary" / "times.toml").read_text(encoding="utf-8"))
SATURDAY = dt.datetime(2019, 9, 7, 9, tzinfo=dt.UTC)
DAMASCUS = ZoneInfo("Asia/Damascus")
TOLD_AHEAD = ("next", "tomorrow", "will", "المقبل", "غدا", "будущ", "завтра")


def asked(text: str, published: dt.datetime | None = SATURDAY, zone: str | None = None) -> EventDay:
    return event_day(text, 0, len(text), published, zone, TIMES)


@pytest.mark.parametrize("line", gold(), ids=lambda line: f"{line.language} {line.text[:40]}")
def test_a_made_sentence_gives_its_day_and_how_exactly_that_is_known(line: Line) -> None:
    found = told(line.text, line.published)
    assert (found.first, found.last, found.precision) == line.days


@pytest.mark.parametrize(
    ("number", "name"), [(int(number), name) for number, names in TABLE["month"].items() for name in names]
)
def test_every_name_of_a_month_is_read_in_a_date(number: int, name: str) -> None:
    found = asked(f"5 {name} 2018")
    assert (found.first, found.precision) == (dt.date(2018, number, 5), DayPrecision.DAY)
    assert MONTHS.get(fold_plain(name), number) == number, "the cleaner's table says another month"


@pytest.mark.parametrize(
    ("number", "name"), [(int(number), name) for number, names in TABLE["weekday"].items() for name in names]
)
def test_every_name_of_a_weekday_is_read(number: int, name: str) -> None:
    found = asked(f"bombed {name} again")
    assert found.first is not None
    assert found.first.weekday() == number


@pytest.mark.parametrize(
    ("number", "name"), [(int(number), name) for number, names in TABLE["relative"].items() for name in names]
)
def test_every_day_counted_from_the_publication_is_read(number: int, name: str) -> None:
    assert asked(f"x {name} x").first == SATURDAY.date() + dt.timedelta(days=number)


@pytest.mark.parametrize("begin", TABLE["background"]["begins"])
def test_a_sentence_that_tells_again_has_no_day_unless_it_states_one(begin: str) -> None:
    found = asked(f"{begin} x x x")
    assert (found.precision, found.first, found.rule) == (DayPrecision.UNKNOWN, None, "background")
    found = asked(f"{begin} x x x 5.8.2018")
    assert (found.first, found.rule) == (dt.date(2018, 8, 5), "background, day")


@pytest.mark.parametrize("rule", TABLE["rule"], ids=lambda rule: rule["name"])
def test_every_order_says_what_it_means_and_how_sure_it_is(rule: dict[str, object]) -> None:
    assert set(rule) == {"name", "order", "means", "confidence"}
    assert 0 < float(str(rule["confidence"])) < 1


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("The army said in a statement on Friday.", "statement day", "on Friday"),
        ("Clashes have gone on since Thursday.", "day, since", "Thursday"),
        ("«وقتل شابٌ مساءَ أمسِ الجمعة»", "day", "مساءَ أمسِ الجمعة"),
        ("Об этом сообщили вчера вечером.", "statement day", "вчера вечером"),
        ("A mine killed a shepherd.", "publication", None),
    ],
)
def test_a_day_says_by_which_rule_and_which_words_it_was_read(text: str, rule: str, words: str | None) -> None:
    found = asked(text)
    assert found.rule == rule
    assert (text[found.start : found.end] if found.start is not None else None) == words


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "A first sentence. Then, on Friday, a second one. On Monday a third."
    start = text.index("Then")
    found = event_day(text, start, text.index(" On Monday"), SATURDAY, None, TIMES)
    assert text[found.start : found.end] == "on Friday"


def test_the_day_of_saying_is_surer_the_day_of_the_event_less_so() -> None:
    said, happened = asked("The army said on Friday."), asked("The base was hit on Friday.")
    none = asked("The base was hit.")
    assert said.first == happened.first
    assert happened.confidence > said.confidence > none.confidence


def test_a_midnight_in_the_outlets_zone_is_a_day_without_a_time() -> None:
    midnight = dt.datetime(2016, 1, 4, tzinfo=ZoneInfo("Europe/Moscow")).astimezone(dt.UTC)
    assert midnight.astimezone(DAMASCUS).date() == dt.date(2016, 1, 3)
    assert publication_day(midnight, "Europe/Moscow") == dt.date(2016, 1, 4)
    assert publication_day(midnight + dt.timedelta(minutes=1), "Europe/Moscow") == dt.date(2016, 1, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Shells fell today, Saturday.", dt.date(2019, 9, 7)),
        ("Shells fell today, Thursday.", dt.date(2019, 9, 5)),  # the page is dated two days late
        ("Shells fell yesterday, Saturday.", dt.date(2019, 9, 7)),  # and here a day early
        ("Shells fell today, Sunday.", dt.date(2019, 9, 7)),  # tomorrow is not told of yet
    ],
)
def test_a_weekday_corrects_a_day_counted_from_a_wrong_publication(text: str, day: dt.date) -> None:
    assert asked(text).first == day


def test_without_a_publication_only_full_dates_give_a_day() -> None:
    assert asked("The base was hit on 6 August 2018.", None).first == dt.date(2018, 8, 6)
    for text in ("The base was hit on Friday.", "The base was hit on 6 August.", "The base was hit."):
        found = asked(text, None)
        assert (found.first, found.last, found.precision) == (None, None, DayPrecision.UNKNOWN)


@pytest.mark.parametrize("text", ["on 31 June", "on 30 February 2019", "32.13.2019", "29 February 2019", "99 August"])
def test_a_day_that_no_calendar_has_is_no_day(text: str) -> None:
    assert asked(f"The base was hit {text}.").precision is not DayPrecision.NIGHT
    assert asked(f"The base was hit {text}.").rule in ("publication", "month", "year")


def test_a_word_of_two_classes_is_refused() -> None:
    broken = {**TABLE, "words": {**TABLE["words"], "last": ["friday"]}}
    with pytest.raises(TimesError, match="friday"):
        read_times(broken)


def test_an_order_of_unknown_words_is_refused() -> None:
    rule = {"name": "x", "order": "fortnights", "means": "day", "confidence": 0.5}
    with pytest.raises(TimesError, match="fortnights"):
        read_times({**TABLE, "rule": [rule]})


WORDS = sorted(
    {
        name
        for kind in ("month", "weekday", "relative", "count", "ordinal", "day", "week")
        for names in TABLE[kind].values()
        for name in names
    }
    | {name for names in TABLE["words"].values() for name in names}
    | {
        name
        for kind in ("night", "hour", "month_unit", "year_unit")
        for names in TABLE[kind].values()
        for name in names
    }
    | {"1", "5", "29", "31", "2019", "2030", "1999", "x", "و", "killed"}
)
SENTENCES = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
MOMENTS = st.datetimes(dt.datetime(2011, 1, 1), dt.datetime(2029, 12, 31), timezones=st.just(dt.UTC))


@given(SENTENCES, MOMENTS)
def test_a_time_begins_before_it_ends_and_stands_in_the_sentence(text: str, published: dt.datetime) -> None:
    found = asked(text, published)
    if found.first and found.last:
        assert found.first <= found.last
    if found.start is not None:
        assert found.end is not None
        assert 0 <= found.start < found.end <= len(text)
    assert 0 <= found.confidence <= 1
    if found.precision is DayPrecision.DAY:
        assert found.first == found.last is not None
    if found.precision is DayPrecision.NIGHT:
        assert found.first is not None
        assert found.last == found.first + dt.timedelta(days=1)


PAST = tuple(
    word for word in WORDS if word not in {*TABLE["words"]["future"], *TABLE["words"]["next"], "2019", "2030", "1999"}
)
PAST = tuple(word for word in PAST if word not in {*TABLE["relative"]["1"], *TABLE["relative"]["2"]})


@given(st.lists(st.sampled_from(PAST), max_size=14).map(" ".join), MOMENTS)
def test_nothing_lies_after_the_publication_that_is_not_said_to(text: str, published: dt.datetime) -> None:
    found = asked(text, published)
    for day in (found.first, found.last):
        assert day is None or day <= publication_day(published, None) + dt.timedelta(days=AHEAD)


@given(SENTENCES, MOMENTS, st.times(), st.times())
def test_the_hour_of_publication_changes_nothing(text: str, moment: dt.datetime, one: dt.time, other: dt.time) -> None:
    day = moment.date()
    times = [dt.datetime.combine(day, clock, DAMASCUS) for clock in (one, other)]
    assert asked(text, times[0]) == asked(text, times[1])


@given(st.text(max_size=200), MOMENTS)
def test_any_text_is_answered(text: str, published: dt.datetime) -> None:
    day = asked(text, published)
    assert day.precision in DayPrecision
    assert 0 <= day.confidence <= 1
    if day.first and day.last:
        assert day.first <= day.last
    if day.precision is DayPrecision.DAY:
        assert day.first == day.last is not None


@given(SENTENCES, MOMENTS)
def test_what_stands_around_a_sentence_does_not_change_its_day(text: str, published: dt.datetime) -> None:
    around = f"on Friday 3 May 2012, {text} last night 1 June"
    start = len("on Friday 3 May 2012, ")
    alone, inside = asked(text, published), event_day(around, start, start + len(text), published, None, TIMES)
    assert (alone.first, alone.last, alone.rule) == (inside.first, inside.last, inside.rule)


@pytest.mark.parametrize(
    "piece",
    [
        "on ",
        "5 ",
        "5/",
        "friday ",
        "friday, ",
        "5 august ",
        "since ",
        "last night ",
        "في ",
        "day ",
        "morning of ",
        "و",
        "(",
        "'s",
        "ـ",
    ],
)
def test_a_text_made_to_exhaust_takes_no_longer_than_its_length(piece: str) -> None:
    begin = time.process_time()
    asked(piece * 20_000)
    assert time.process_time() - begin < 2


def test_words_in_any_order_take_no_longer_than_their_number() -> None:
    shuffled = random.Random(1)
    begin = time.process_time()
    for _ in range(300):
        asked(" ".join(shuffled.choices(WORDS, k=60)))
    assert time.process_time() - begin < 5
