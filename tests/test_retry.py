"""What Retry-After says, in all the ways servers write it."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import pytest

from crawlers.retry import parse_retry_after

NOW = dt.datetime(2026, 1, 1, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0),
        ("2", 2),
        ("3600", 3600),
        ("9" * 400, 10**9),
        (format_datetime(NOW + dt.timedelta(seconds=90), usegmt=True), 90),
        (format_datetime(NOW - dt.timedelta(days=1), usegmt=True), 0),
        ("Thu, 01 Jan 2026 12:00:30", 30),
        ("Thu, 01 Jan 2026 15:00:30 +0300", 30),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣٠", None),
        ("Thu, 99 Jan 2026 12:00:00 GMT", None),
        ("", None),
    ],
)
def test_a_server_says_how_long_to_stay_away(value: str, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds
