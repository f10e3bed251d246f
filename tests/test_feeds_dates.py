"""A feed's date string is understood whole or not at all."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.feeds.dates import EARLIEST, LEEWAY, DateDoubt, parse_feed_date

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("raw", "utc"),
    [
        ("Mon, 15 Jan 2024 10:30:00 GMT", "2024-01-15T10:30:00"),
        ("Mon, 15 Jan 2024 10:30:00 +0300", "2024-01-15T07:30:00"),
        ("Mon, 15 Jan 2024 10:30 -05:00", "2024-01-15T15:30:00"),
        ("15 Jan 2024 10:30:00 Z", "2024-01-15T10:30:00"),
        ("15-Jan-2024 10:30:00 UT", "2024-01-15T10:30:00"),
        ("Mon, 15 Jan 24 10:30:00 EST", "2024-01-15T15:30:00"),
        ("Mon, Jan 15 2024 10:30:00 GMT", "2024-01-15T10:30:00"),
        ("Mon Jan 15 10:30:00 EET 2024", "2024-01-15T08:30:00"),
        ("Mon, 15 Jul 2024 10:30:00 EEST", "2024-07-15T07:30:00"),
        ("Mon, 15 Jan 2024 10:30:00 AST", "2024-01-15T07:30:00"),
        ("Mon, 15 Jan 2024 10:30:00 MSK", "2024-01-15T07:30:00"),
        ("Tue, 15 Jan 2013 10:30:00 MSK", "2013-01-15T06:30:00"),
        ("Mon Jan 15 2024 10:30:00 GMT+0300 (Arabia Standard Time)", "2024-01-15T07:30:00"),
        ("Mon, 15 Jan 2024 10:30:00 PM +0000", "2024-01-15T22:30:00"),
        ("Monday, 15 January 2024 10:30:00 GMT+3", "2024-01-15T07:30:00"),
        ("lun, 15 jan 2024 10:30:00 +0100", "2024-01-15T09:30:00"),
        ("الإثنين, 15 كانون الثاني 2024 10:30:00 +0300", "2024-01-15T07:30:00"),
        ("١٥ تشرين الأول ٢٠٢٣ ١٠:٣٠ +0300", "2023-10-15T07:30:00"),
        ("15 آب/أغسطس 2023 10:30 +0300", "2023-08-15T07:30:00"),
        ("15 يناير 2024 10:30 مساءً +0300", "2024-01-15T19:30:00"),
        ("Пн, 15 января 2024 10:30:00 +0300", "2024-01-15T07:30:00"),
        ("Pzt, 15 Oca 2024 10:30:00 +0300", "2024-01-15T07:30:00"),
        ("2024-01-15T10:30:00Z", "2024-01-15T10:30:00"),
        ("2024-01-15T10:30:00.123+03:00", "2024-01-15T07:30:00"),
        ("2024-01-15 10:30 +0300", "2024-01-15T07:30:00"),
        ("20240115T103000Z", "2024-01-15T10:30:00"),
        ("2024-01-15T10:30:00 EET", "2024-01-15T08:30:00"),
        ("2024-12-31T23:59:60Z", "2024-12-31T23:59:59"),
    ],
)
def test_a_whole_date_with_a_zone_is_a_moment(raw: str, utc: str) -> None:
    assert parse_feed_date(raw, NOW) == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("raw", "doubt"),
    [
        ("2024-01-15T10:30:00", DateDoubt.NO_ZONE),
        ("Mon, 15 Jan 2024 10:30:00", DateDoubt.NO_ZONE),
        ("2024-01-15T10:30:00 XYZ", DateDoubt.NO_ZONE),
        ("2024-01-15", DateDoubt.NO_TIME),
        ("2024-01", DateDoubt.NO_TIME),
        ("2024", DateDoubt.NO_TIME),
        ("15 كانون الثاني 2024", DateDoubt.NO_TIME),
        ("Mon, 15 Jan 2024 10:30:00 IST", DateDoubt.NOT_UNDERSTOOD),  # Israel or India
        ("Mon, 15 Jan 2024 10:30:00 A", DateDoubt.NOT_UNDERSTOOD),
        ("01/02/2024 10:30 +0300", DateDoubt.NOT_UNDERSTOOD),  # day and month order unknown
        ("31 Feb 2024 10:30:00 GMT", DateDoubt.NOT_UNDERSTOOD),
        ("15 Jan Feb 2024 10:30:00 GMT", DateDoubt.NOT_UNDERSTOOD),
        ("15 Jan 2024 10:30:00 +9900", DateDoubt.NOT_UNDERSTOOD),
        ("15 Jan 2024 25:61:00 GMT", DateDoubt.NOT_UNDERSTOOD),
        ("5 hours ago", DateDoubt.NOT_UNDERSTOOD),
        ("منذ 3 ساعات", DateDoubt.NOT_UNDERSTOOD),
        ("now", DateDoubt.NOT_UNDERSTOOD),
        ("", DateDoubt.NOT_UNDERSTOOD),
        ("Thu, 01 Jan 1970 00:00:00 GMT", DateDoubt.OUT_OF_RANGE),
        ("0001-01-01T00:00:00+14:00", DateDoubt.OUT_OF_RANGE),
        ("Mon, 25 Nov 2026 10:30:00 GMT", DateDoubt.OUT_OF_RANGE),
    ],
)
def test_anything_less_stays_text_with_its_reason(raw: str, doubt: DateDoubt) -> None:
    assert parse_feed_date(raw, NOW) is doubt


def test_tomorrow_is_believed_and_without_a_clock_so_is_any_future() -> None:
    assert isinstance(parse_feed_date("2026-11-23T10:30:00Z", NOW), dt.datetime)
    assert isinstance(parse_feed_date("2036-11-23T10:30:00Z", None), dt.datetime)


WORDS = st.sampled_from(
    "mon, 15 1 2024 24 jan كانون الثاني آب/أغسطس 10:30 10:30:00+0300 -0000 gmt z pm م 99:99 ٢٠٢٤ ()".split()
)


@given(st.text() | st.lists(WORDS, max_size=9).map(" ".join))
def test_a_date_lies_in_the_window_or_is_none(raw: str) -> None:
    moment = parse_feed_date(raw, NOW)
    assert isinstance(moment, DateDoubt) or EARLIEST <= moment <= NOW + LEEWAY
