"""The words of a time → the days they mean, counted from the day of publication. Pure sums, no text.

What needs the publication and is not given it means no days; so does a day that no calendar has.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from processing.statements.when import dates, periods
from processing.statements.when.sums import Days, Sum

_MEANINGS: dict[str, Callable[[Sum], Days | None]] = {
    "day": dates.day,
    "night_to": dates.night_to,
    "last_night": dates.last_night,
    "between": dates.between,
    "today": dates.today,
    "part_day": dates.part_day,
    "day_of": periods.day_of,
    "ago": periods.ago,
    "period": periods.period,
    "since_ago": periods.since_ago,
    "since_start": periods.since_start,
    "coming": periods.coming,
    "month": periods.month,
    "year": periods.year,
    "vague": periods.vague,
}


@lru_cache(maxsize=4096)
def reckon(means: str, given: Sum) -> Days | None:
    """Return the days that a rule's words mean; None if they mean none. Remembered: a night's articles say the same."""
    try:
        return _MEANINGS[means](given)
    except (ValueError, OverflowError):  # 31 June, month 13, a year before the calendar: these numbers are no date
        return None
