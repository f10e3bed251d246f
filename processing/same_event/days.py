"""The days of the event that an article reports: told by its text, its page, its address, or as far as words go."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from crawlers.numbers import OpenDays
from processing.records import Article, DateOrigin
from processing.same_event.clues import Clues, read_clues
from processing.statements.records import DayPrecision, Statement
from processing.statements.when.day import publication_day

_EXACT = (DayPrecision.DAY, DayPrecision.NIGHT, DayPrecision.SPAN)
_LONGEST_SPAN = 3  # days
# A date that is only shown may be another's: of such dates under the headlines of captured pages a third were those of the
# capture (benchmarks/stories.py).
_FIRM_ORIGINS = (DateOrigin.JSONLD, DateOrigin.META, DateOrigin.FEED)
_NOTHING = Clues((), (), ())
_BEFORE = 1  # days that an event lies before its page, mostly at most
_TELLING = 31  # days; more that are left open tell nothing
_FEW = 3  # days that a weekday may leave open
_LATE = 6  # days before its page that a told day may lie, to be believed against the page's number


class When(NamedTuple):
    """What is known of the day."""

    days: tuple[dt.date, ...]  # the last one first
    is_firm: bool
    about: dt.date | None  # by which it is looked up
    clues: Clues  # of a report without firm days


def tell_days(article: Article, opening: Iterable[Statement], open_days: OpenDays | None) -> When:
    """Return the days of an article's event, which `opening` are the statements of."""
    told = [day for day in _told(opening) if open_days is None or _is_open(day, open_days)]
    if told:
        return When(tuple(told), True, told[0], _NOTHING)
    published = article.published
    on = publication_day(published.at, published.timezone) if published else None
    shown = (on, on - dt.timedelta(days=_BEFORE)) if on else ()
    if on and published and published.origin in _FIRM_ORIGINS:
        return When(shown, True, on, _NOTHING)
    clues = read_clues(article.title, article.text)
    if open_days and (open_days.last - open_days.first).days <= _TELLING:
        days = _narrow(open_days, clues, on)
        return When(tuple(days), True, days[len(days) // 2], _NOTHING)
    return When(shown, False, on, clues)


def _is_open(day: dt.date, open_days: OpenDays) -> bool:
    return open_days.first - dt.timedelta(days=_LATE) <= day <= open_days.last + dt.timedelta(days=1)


def _told(opening: Iterable[Statement]) -> Sequence[dt.date]:
    """Return the days of the events it opens with, the last one first, as far as their sentences say them."""
    days: set[dt.date] = set()
    for one in opening:
        day = one.day
        if day.precision in _EXACT and day.first and day.last and day.start is not None:
            length = (day.last - day.first).days
            if 0 <= length < _LONGEST_SPAN:
                days |= {day.first + dt.timedelta(days=place) for place in range(length + 1)}
    return sorted(days, reverse=True)


def _narrow(open_days: OpenDays, clues: Clues, shown: dt.date | None) -> list[dt.date]:
    """Return which of the open days the text names: by a date, by one that is shown, by a weekday; else all of them."""
    first = open_days.first - dt.timedelta(days=_BEFORE)
    every = [open_days.last - dt.timedelta(days=place) for place in range((open_days.last - first).days + 1)]
    dated = [day for day in every if (day.month, day.day) in clues.dates]
    if dated:
        return dated
    if shown in every:
        return [day for day in every if 0 <= (shown - day).days <= _BEFORE]
    on_weekday = [day for day in every if day.weekday() in clues.weekdays]
    return on_weekday if 0 < len(on_weekday) <= _FEW else every
