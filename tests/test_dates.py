"""Dates as outlets print them. Right, or none: a wrong one is the failure that matters."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.records import DayOrder
from processing.clean.dates import EARLIEST, LEEWAY, learn_day_order, parse_date, readings
from processing.clean.months import MONTHS
from processing.records import DateOrigin, Precision

NOW = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
DAMASCUS = ZoneInfo("Asia/Damascus")
CORPUS = Path(os.environ.get("BULLETINS_CORPUS") or "../shared/corpus")

LEVANTINE = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"]  # fmt: skip # noqa: E501
GREGORIAN = [
    "يناير",
    "فبراير",
    "مارس",
    "أبريل",
    "مايو",
    "يونيو",
    "يوليو",
    "أغسطس",
    "سبتمبر",
    "أكتوبر",
    "نوفمبر",
    "ديسمبر",
]
RUSSIAN = ["января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря"]  # fmt: skip # noqa: E501
TURKISH = [
    "Ocak",
    "Şubat",
    "Mart",
    "Nisan",
    "Mayıs",
    "Haziran",
    "Temmuz",
    "Ağustos",
    "Eylül",
    "Ekim",
    "Kasım",
    "Aralık",
]
ENGLISH = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]  # fmt: skip # noqa: E501
ARABIC_WEEKDAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
NO_HAMZA = str.maketrans("أإآ", "ااا")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def day(raw: str, **options: object) -> str | None:
    """The day in Damascus that a string names."""
    found = parse_date(raw, now=NOW, **options)  # type: ignore[arg-type]
    assert found is None or found.precision in (Precision.DAY, Precision.MINUTE, Precision.SECOND)
    return found and found.at.astimezone(DAMASCUS).date().isoformat()


def moment(raw: str, **options: object) -> tuple[str, Precision, str | None] | None:
    found = parse_date(raw, now=NOW, **options)  # type: ignore[arg-type]
    return found and (found.at.strftime("%Y-%m-%dT%H:%M:%SZ"), found.precision, found.timezone)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("names", [LEVANTINE, GREGORIAN], ids=["levantine", "gregorian"])
def test_every_arabic_month_is_read_however_it_is_spelled(names: list[str], month: int) -> None:
    expected = dt.date(2024, month, 15)
    name, weekday = names[month - 1], ARABIC_WEEKDAYS[expected.weekday()]
    both = f"{LEVANTINE[month - 1]}/{GREGORIAN[month - 1]}"
    spellings = [
        f"15 {name} 2024",
        f"15 {name}، 2024",
        f"15 من {name} 2024",
        f"{weekday} 15 {name} 2024",
        f"{weekday}، 15 {name} 2024 - 14:30",
        f"15 {both} 2024",
        f"15 {GREGORIAN[month - 1]} ({LEVANTINE[month - 1]}) 2024",
        f"{name} 15, 2024",
        f"15 {name}2024",
        f"نشر في: 15 {name} 2024 الساعة 9:05 م",
        f"2024 {name} 15",
    ]
    for spelling in spellings:
        for variant in (spelling, spelling.translate(NO_HAMZA), spelling.translate(ARABIC_DIGITS)):
            assert day(variant) == expected.isoformat(), variant


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_is_read_in_the_other_languages(month: int) -> None:
    expected = f"2024-{month:02}-05"
    for names in (RUSSIAN, TURKISH, ENGLISH):
        assert day(f"5 {names[month - 1]} 2024") == expected
        assert day(f"05 {names[month - 1].upper()} 2024, 18:20") == expected
    assert day(f"{ENGLISH[month - 1]} 5th, 2024") == expected
    assert day(f"{ENGLISH[month - 1][:3]}. 5, 2024") == expected
    assert day(f"5 {RUSSIAN[month - 1]} 2024 г.") == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("الأحد 28 كانون2 2024", "2024-01-28"),
        ("28 كانون 2 2024", "2024-01-28"),
        ("3 تشرين1 2024", "2024-10-03"),
        ("12 جانفي 2024", "2024-01-12"),
        ("12 جويلية 2024", "2024-07-12"),
        ("12 أوت 2024", "2024-08-12"),
        ("15'ê Tebaxê 2024", "2024-08-15"),
        ("15 Gulan 2024", "2024-05-15"),
        ("١٥ی ئابی ٢٠٢٤", "2024-08-15"),
        ("٢٨/١/٢٠٢٤م الموافق ١٥/٧/١٤٤٥هـ", "2024-01-28"),
        ("15 رجب 1445 - 28 كانون الثاني 2024", "2024-01-28"),
        ("Wed Jun  1 12:00:00 UTC 2016", "2016-06-01"),
        ("Published 1 March 2024, updated 3 March 2024", "2024-03-01"),
        ("1 كانون الثاني 2024", "2024-01-01"),
        ("20240304", "2024-03-04"),
    ],
)
def test_other_spellings_are_read(raw: str, expected: str) -> None:
    assert day(raw) == expected


@pytest.mark.parametrize(
    "raw",
    [
        "",
        "no date here",
        "2024",  # a copyright year
        "© 2012-2026",
        "31 November 2024",
        "29 شباط 2023",
        "15 تشرين الأول/نوفمبر 2024",  # two months: one of them is wrong
        "15 كانون 2024",  # the first or the second?
        "15 رجب 1445",
        "1 January 1970",
        "25 December 2031",
        "1999-12-31",
        "12 Mar 19",
        "15/13/2024",
        "12/2024",
        "Last updated: 3 March 2024",
        "آخر تحديث: 3 آذار 2024",
        "yesterday",
        "2 days ago",  # 48 to 72 hours: two days of the calendar
        "قبل يومين",
        "0001-01-01T00:00:00",
        "10.2.2024.1",
    ],
)
def test_what_names_no_day_names_none(raw: str) -> None:
    found = parse_date(raw, now=NOW)
    assert found is None or found.precision in (Precision.MONTH, Precision.YEAR)


@pytest.mark.parametrize(
    ("raw", "precision"), [("آب 2024", "month"), ("2024-08", "month"), ("August 2024", "month"), ("2024", "year")]
)
def test_a_month_or_a_year_alone_says_so(raw: str, precision: str) -> None:
    found = parse_date(raw, now=NOW)
    assert found is not None
    assert found.precision == precision


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("2024-03-04T10:00:00Z", ("2024-03-04T10:00:00Z", "second", None)),
        ("2024-03-04T10:00:00.123+03:00", ("2024-03-04T07:00:00Z", "second", None)),
        ("Mon, 12 Jun 2023 20:34:00 +0000", ("2023-06-12T20:34:00Z", "second", None)),
        ("March 5th, 2024 at 5:30 p.m. EST", ("2024-03-05T22:30:00Z", "minute", None)),
        ("12 марта 2019 г., 15:20 мск", ("2019-03-12T12:20:00Z", "minute", None)),
        ("15 آب 2024 12:30 بتوقيت غرينتش", ("2024-08-15T12:30:00Z", "minute", None)),
        ("13 Jan 2020, 22:11 GMT+10", ("2020-01-13T12:11:00Z", "minute", None)),
        ("1709546400", ("2024-03-04T10:00:00Z", "second", None)),
        ("2024-03-04 10:00", ("2024-03-04T07:00:00Z", "minute", "Asia/Damascus")),
        ("15 آب 2024 - 5:30 م", ("2024-08-15T14:30:00Z", "minute", "Asia/Damascus")),
        ("15 آب 2024 - 12:15 ص", ("2024-08-14T21:15:00Z", "minute", "Asia/Damascus")),
        ("09:45 15/08/2024", ("2024-08-15T06:45:00Z", "minute", "Asia/Damascus")),
        ("2024-03-04 10:00 IST", ("2024-03-03T21:00:00Z", "day", "Asia/Damascus")),  # India, Israel or Ireland
        ("2024-03-04T00:00:00+03:00", ("2024-03-03T21:00:00Z", "day", "+03:00")),  # midnight: only the day was kept
        ("15 آب 2024 25:61", ("2024-08-14T21:00:00Z", "day", "Asia/Damascus")),
    ],
)
def test_times_are_read_in_their_own_zone_or_the_outlets(raw: str, expected: tuple[str, str, str | None]) -> None:
    assert moment(raw) == expected


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("15 كانون الثاني 2020 12:00", "10:00"),  # winter time, UTC+2
        ("15 تموز 2020 12:00", "09:00"),  # summer time, UTC+3
        ("15 كانون الثاني 2024 12:00", "09:00"),  # UTC+3 all year since October 2022
    ],
)
def test_damascus_keeps_the_hours_it_had_that_year(raw: str, utc: str) -> None:
    found = parse_date(raw, now=NOW)
    assert found is not None
    assert found.at.strftime("%H:%M") == utc


def test_the_outlets_zone_holds_where_the_string_names_none() -> None:
    assert moment("2024-07-04 10:00", timezone="Europe/Moscow") == ("2024-07-04T07:00:00Z", "minute", "Europe/Moscow")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("منذ 3 ساعات", "2026-11-22"),
        ("منذ ساعتين", "2026-11-22"),
        ("قبل ساعة", "2026-11-22"),
        ("5 hours ago", "2026-11-22"),
        ("Posted an hour ago", "2026-11-22"),
        ("20 hours ago", "2026-11-21"),
        ("3 часа назад", "2026-11-22"),
        ("2 saat önce", "2026-11-22"),
        ("منذ 10 دقائق", "2026-11-22"),
        ("вчера в 14:05", "2026-11-21"),
        ("اليوم، 09:15", "2026-11-22"),
        ("yesterday, 23:10", "2026-11-21"),
    ],
)
def test_relative_dates_are_counted_from_when_the_page_was_fetched(raw: str, expected: str) -> None:
    assert day(raw) == expected


def test_hours_that_cross_midnight_leave_the_day_open() -> None:
    assert parse_date("منذ 14 ساعة", now=NOW) is not None  # 01:00 to 00:00
    assert parse_date("منذ 15 ساعة", now=NOW) is None  # 00:00 to 23:00 of the day before


def test_a_relative_phrase_within_a_sentence_is_about_something_else() -> None:
    assert parse_date("The commander was killed some 3 hours ago in a raid on the town", now=NOW) is None


def test_day_and_month_are_read_in_the_order_given_and_day_first_without_one() -> None:
    assert day("03/04/2024") == "2024-04-03"
    assert day("03/04/2024", day_order=DayOrder.DMY) == "2024-04-03"
    assert day("03/04/2024", day_order=DayOrder.MDY) == "2024-03-04"
    assert day("04/13/2024") == day("13.04.2024") == "2024-04-13"


def test_a_weekday_settles_which_number_is_the_day() -> None:
    assert day("Monday 03/04/2024") == "2024-03-04"
    assert day("الأربعاء 03/04/2024") == "2024-04-03"


def test_an_ambiguous_string_offers_both_readings_and_a_settled_one_does_not() -> None:
    def days(raw: str, order: DayOrder | None) -> list[str]:
        found = readings(raw, now=NOW, day_order=order, timezone="UTC", origin=DateOrigin.VISIBLE)
        return [candidate.at.date().isoformat() for candidate in found]

    assert days("03/04/2024", None) == ["2024-04-03", "2024-03-04"]
    assert days("03/04/2024", DayOrder.MDY) == ["2024-03-04"]
    assert days("04/04/2024", None) == ["2024-04-04"]
    assert days("05/12/2026", None) == ["2026-05-12"]  # 5 December has not come yet


def test_the_order_is_learned_from_dates_that_can_be_read_one_way_only() -> None:
    assert learn_day_order(["03/04/2024", "13/04/2024", "٢٥/٠٤/٢٠٢٤"]) is DayOrder.DMY
    assert learn_day_order(["03/04/2024", "04/13/2024"]) is DayOrder.MDY
    assert learn_day_order(["03/04/2024", "2024-05-06"]) is None
    assert learn_day_order(["13/04/2024", "04/13/2024"]) is None
    assert learn_day_order([]) is None


def test_a_date_that_stands_on_every_page_is_one_witness_only() -> None:
    own = [f"{number}/04/2024" for number in range(13, 20)]
    assert learn_day_order(["12/25/2020"] * 500 + own) is DayOrder.DMY


@given(st.text(max_size=120))
def test_any_string_gives_none_or_a_date_within_the_window(raw: str) -> None:
    found = parse_date(raw, now=NOW)
    assert found is None or EARLIEST <= found.at <= NOW + LEEWAY


@given(
    st.sampled_from(sorted(MONTHS)),
    st.integers(0, 99),
    st.integers(1990, 2040),
    st.sampled_from(
        ["{d} {m} {y}", "{m} {d}, {y}", "{d}/{d}/{y} {m}", "{y} {m} {d} {d}:{d}", "{d} {m}/{m} {y} +{d}:00"]
    ),
)
def test_no_mixture_of_a_dates_parts_raises_or_leaves_the_window(
    month: str, number: int, year: int, shape: str
) -> None:
    found = parse_date(shape.format(d=number, m=month, y=year), now=NOW)
    assert found is None or EARLIEST <= found.at <= NOW + LEEWAY


@pytest.mark.corpus
def test_all_printed_arabic_dates_of_the_corpus_are_read() -> None:
    path = CORPUS / "dates" / "arabic_dates.jsonl.gz"
    if not path.is_file():
        pytest.skip(f"{path} is not there; set BULLETINS_CORPUS")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    wrong = [number for number, row in enumerate(rows) if day(row["string"]) not in (None, row["iso_date"])]
    right = sum(day(row["string"]) == row["iso_date"] for row in rows)
    assert wrong == []
    assert right >= 0.97 * len(rows)
