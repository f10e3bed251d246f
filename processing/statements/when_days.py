"""The words of a time → the days they mean, counted from the day of publication. Pure sums, no text.

What needs the publication and is not given it means no days; so does a day that no calendar has.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from processing.statements import when_dates, when_periods
from processing.statements.when_sums import Days, Sum

_MEANINGS: dict[str, Callable[[Sum], Days | None]] = {
    "day": when_dates.day,
    "night_to": when_dates.night_to,
    "last_night": when_dates.last_night,
    "between": when_dates.between,
    "today": when_dates.today,
    "part_day": when_dates.part_day,
    "day_of": when_periods.day_of,
    "ago": when_periods.ago,
    "period": when_periods.period,
    "since_ago": when_periods.since_ago,
    "since_start": when_periods.since_start,
    "coming": when_periods.coming,
    "month": when_periods.month,
    "year": when_periods.year,
    "vague": when_periods.vague,
}


@lru_cache(maxsize=4096)
def reckon(means: str, given: Sum) -> Days | None:
    """Return the days that a rule's words mean; None if they mean none. Remembered: a night's articles say the same."""
    try:
        return _MEANINGS[means](given)
    except (ValueError, OverflowError):  # 31 June, month 13, a year before the calendar: these numbers are no date
        return None
