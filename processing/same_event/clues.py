"""What a page without a date says of its day near its beginning: dates, years, weekdays, as far as each goes.

"Sunday, 7 November" of no year is still no report of the 14th. Words are those of processing/vocabulary/times.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from processing.statements.when.read import Spot, read_text
from processing.statements.when.words import load_times

_LIMIT = 1500  # characters; later days are those of other events
_GAP = re.compile(r"[ ،,/\-.()]{0,3}(?:من )?")
_OF = "f"  # letter of times.toml for من and its like
_YEAR_WITHIN = 25  # characters after a month
_DAYS, _MONTHS = 31, 12
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})\s?[-/.]\s?(20\d\d)(?!\d)")
_YEAR_FIRST = re.compile(r"(?<!\d)(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")


class Clues(NamedTuple):
    """Days as far as a text tells them."""

    dates: tuple[tuple[int, int], ...]  # (month, day)
    years: tuple[int, ...]
    weekdays: tuple[int, ...]


def read_clues(title: str, text: str) -> Clues:
    """Return the dates, years and weekdays named in the title and the first 1,500 characters, each once, sorted."""
    lead = f"{title}\n{text}"[:_LIMIT]
    spots = read_text(lead, load_times()).found
    dates: set[tuple[int, int]] = set()
    years: set[int] = set()
    for month, day, year in (*_in_words(lead, spots), *_in_digits(lead)):
        dates.add((month, day))
        if year:
            years.add(year)
    weekdays = {word.value for _, _, word in spots if word.letters.endswith("w")}
    return Clues(tuple(sorted(dates)), tuple(sorted(years)), tuple(sorted(weekdays)))


def _in_words(text: str, spots: list[Spot]) -> Iterator[tuple[int, int, int | None]]:
    """Yield month, day and year of months with a number directly beside them."""
    for place, (start, end, word) in enumerate(spots):
        if not word.letters.endswith("m"):
            continue
        before = spots[place - 1] if place else None
        if before and place > 1 and before[2].letters == _OF:  # 7 من أيلول
            before = spots[place - 2]
        after = spots[place + 1] if place + 1 < len(spots) else None
        if before and _is_day(before) and _GAP.fullmatch(text, before[1], start):
            number = before[2].value
        elif after and _is_day(after) and _GAP.fullmatch(text, end, after[0]):
            number = after[2].value
        else:
            continue
        year = next(
            (
                one.value
                for begin, _, one in spots[place + 1 : place + 4]
                if one.letters == "y" and begin - end < _YEAR_WITHIN
            ),
            None,
        )
        yield word.value, number, year


def _is_day(spot: Spot) -> bool:
    return spot[2].letters[-1:] in ("n", "j") and 1 <= spot[2].value <= _DAYS


def _in_digits(text: str) -> Iterator[tuple[int, int, int | None]]:
    """Yield month, day and year of dates in digits, the day first where both can be."""
    for day, month, year in ((int(n) for n in found.groups()) for found in _DAY_FIRST.finditer(text)):
        if month > _MONTHS:
            day, month = month, day
        if 1 <= month <= _MONTHS and 1 <= day <= _DAYS:
            yield month, day, year
    for year, month, day in ((int(n) for n in found.groups()) for found in _YEAR_FIRST.finditer(text)):
        if 1 <= month <= _MONTHS and 1 <= day <= _DAYS:
            yield month, day, year
