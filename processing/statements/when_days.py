"""The words of a time → the days they mean, counted from the day of publication. Pure sums, no text.

What needs the publication and is not given it means no days; so does a day that no calendar has.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from processing.statements.records import DayPrecision

AHEAD = 3  # days that a day without its year may lie after the publication: clocks, and what is announced for tomorrow
WEEK = 7
LEAP_YEARS = 8  # years back in which 29 February is looked for
NOON_MONTH = 12
HOURS_OF_DAY = 24
FEW = (2, 9)  # "a few days ago", in days
ONE_DAY = dt.timedelta(days=1)


class Piece(NamedTuple):
    """A word of a time."""

    letter: str  # of its class
    value: int


class Days(NamedTuple):
    """What a time means."""

    first: dt.date | None
    last: dt.date | None
    precision: DayPrecision


class Sum(NamedTuple):
    """What is reckoned with."""

    pieces: tuple[Piece, ...]
    on: dt.date | None  # of publication
    is_future: bool  # a word says that it is still to come

    def all(self, letters: str) -> list[int]:
        """Return the values of the words of some classes."""
        return [piece.value for piece in self.pieces if piece.letter in letters]

    def has(self, letters: str) -> bool:
        """Say whether a word of one of the classes is among them."""
        return any(piece.letter in letters for piece in self.pieces)


UNKNOWN = Days(None, None, DayPrecision.UNKNOWN)


def one(day: dt.date) -> Days:
    """Return a single day."""
    return Days(day, day, DayPrecision.DAY)


@lru_cache(maxsize=4096)
def reckon(means: str, given: Sum) -> Days | None:
    """Return the days that a rule's words mean; None if they mean none. Remembered: a night's articles say the same."""
    try:
        return _MEANINGS[means](given)
    except (ValueError, OverflowError):  # 31 June, month 13, a year before the calendar: these numbers are no date
        return None


def _day(given: Sum) -> Days | None:
    days = _named(given)
    if not days:
        return None
    if not given.has("N"):
        return one(days[0])
    night = given.all("N")[0]
    first = days[0] if night == 0 else days[0] - ONE_DAY
    if given.on and first == given.on:  # the night of today is not over: the day is what can be said
        return one(first)
    # Russian puts the hours before dawn to the day they belong to.
    return one(days[0]) if night else Days(first, first + ONE_DAY, DayPrecision.NIGHT)


def _named(given: Sum) -> list[dt.date]:
    """Return the days that are named, the surest first: a date, a weekday, a day counted from the publication."""
    dates = _dates(given)
    weekdays = [day for value in given.all("w") if (day := _weekday(value, given))]
    near = [given.on + dt.timedelta(days=value) for value in given.all("r")] if given.on else []
    if near and weekdays and not dates and abs((near[0] - weekdays[0]).days) > 1 and not given.is_future:
        return near  # "today, Saturday" of a page that is dated days away
    return dates + weekdays + near


def _weekday(value: int, given: Sum) -> dt.date | None:
    """Return the last such weekday not after the publication; before it for "last Friday", after it for "next"."""
    if given.on is None:
        return None
    back = (given.on.weekday() - value) % WEEK
    if given.has("C"):
        return given.on + dt.timedelta(days=WEEK - back)
    if given.is_future and not given.has("l"):
        return given.on + dt.timedelta(days=(WEEK - back) % WEEK)
    if given.has("l") and back == 0:
        back = WEEK
    return given.on - dt.timedelta(days=back)


def _dates(given: Sum) -> list[dt.date]:
    """Return the calendar days that are named; a day without its month or its year takes that of its neighbours."""
    months, years = given.all("m"), given.all("y")
    numbers = given.all("nj")
    if not numbers or given.has("g"):
        return []
    if not months:
        return _in_digits(numbers, years[0] if years else None, given)
    if len(months) > 1 and (given.has("/") or len(numbers) == 1):  # one month by two names
        if months[0] != months[1]:
            return []
        months = months[:1]
    found = []
    for place, number in enumerate(numbers):
        month = months[min(place, len(months) - 1)]
        year = years[place] if len(years) == len(numbers) else years[-1] if years else None
        found.append(_nearest(month, number, year, given))
    return [day for day in found if day]


def _in_digits(numbers: list[int], year: int | None, given: Sum) -> list[dt.date]:
    if len(numbers) < 2 or not given.has("/-."):
        return []
    first, then = numbers[:2]
    if given.pieces[0].letter == "y":  # 2022-08-06
        return [dt.date(given.pieces[0].value, first, then)]
    if then > NOON_MONTH:
        first, then = then, first
    day = _nearest(then, first, year, given)
    # 8/6 of a day in August: month first where day first would lie ahead.
    if day and given.on and first <= NOON_MONTH and day > given.on + dt.timedelta(days=AHEAD) and not given.is_future:
        other = _nearest(first, then, year, given)
        day = other if other and other <= given.on + dt.timedelta(days=AHEAD) else day
    return [day] if day else []


def _nearest(month: int, number: int, year: int | None, given: Sum) -> dt.date | None:
    """Return the day; without its year the nearest not after the publication by more than a few days."""
    if year is not None:
        return dt.date(year, month, number)
    if given.on is None:
        return None
    years = range(given.on.year + 1, given.on.year - LEAP_YEARS - 1, -1)
    days = [dt.date(year, month, number) for year in years if number <= calendar.monthrange(year, month)[1]]
    if given.is_future:
        return min((day for day in days if day >= given.on - dt.timedelta(days=AHEAD)), default=None)
    return max((day for day in days if day <= given.on + dt.timedelta(days=AHEAD)), default=None)


def _night_to(given: Sum) -> Days | None:
    days = [*_dates(given), *(day for value in given.all("w") if (day := _weekday(value, given)))]
    days = days or _named(given)
    return Days(max(days) - ONE_DAY, max(days), DayPrecision.NIGHT) if days else None


def _last_night(given: Sum) -> Days | None:
    return Days(given.on - ONE_DAY, given.on, DayPrecision.NIGHT) if given.on else None


def _between(given: Sum) -> Days | None:
    days = _named(given)
    if len(days) < 2:
        return one(days[0]) if days else None
    if given.has("w") and not given.has("m") and days[0] > days[-1] and given.on:
        days[0] -= dt.timedelta(days=WEEK)  # "from Friday to Monday": the Friday before that Monday
    return Days(min(days), max(days), DayPrecision.SPAN)


def _part_day(given: Sum) -> Days | None:
    """ "At night" is the night before the publication, "at dawn" its day."""
    return _last_night(given) if given.has("N") else _today(given)


def _today(given: Sum) -> Days | None:
    return one(given.on) if given.on else None


def _units(given: Sum) -> tuple[str, int, bool]:
    """Return the unit, how many, and whether that many are said; a dual counts itself."""
    unit = next(piece for piece in given.pieces if piece.letter in "HeuAG")
    numbers = given.all("nV")
    count = numbers[0] if numbers and numbers[0] else max(1, unit.value)
    return unit.letter, count, not (numbers and numbers[0] == 0)


def _months_back(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _back(day: dt.date, unit: str, count: int) -> dt.date:
    if unit == "H":
        return day - dt.timedelta(days=max(1, -(-count // HOURS_OF_DAY)))
    if unit in "AG":
        return _months_back(day, count * (12 if unit == "G" else 1))
    return day - dt.timedelta(days=count * (WEEK if unit == "u" else 1))


def _ago(given: Sum) -> Days | None:
    if given.on is None:
        return None
    unit, count, is_counted = _units(given)
    if unit == "H":
        return one(given.on)
    if unit == "e" and is_counted and (given.has("nV") or count > 1 or not _is_plural(given)):
        return one(_back(given.on, unit, count))
    if unit == "e":
        return Days(given.on - dt.timedelta(days=FEW[1]), given.on - dt.timedelta(days=FEW[0]), DayPrecision.SPAN)
    if unit == "u" and is_counted:
        middle = _back(given.on, unit, count)
        return Days(middle - dt.timedelta(days=3), middle + dt.timedelta(days=3), DayPrecision.SPAN)
    if not is_counted:
        return UNKNOWN
    return month_of(_back(given.on, unit, count), given.on) if unit == "A" else year_of(given.on.year - count, given.on)


def _is_plural(given: Sum) -> bool:
    """Say whether a unit stands without a number in a form that says several: قبل أيام."""
    return any(piece.letter in "HeuAG" and piece.value == 0 for piece in given.pieces)


def month_of(day: dt.date, on: dt.date | None) -> Days:
    """Return a month, up to the publication if that lies in it."""
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return Days(day.replace(day=1), min(last, on) if on and day.replace(day=1) <= on else last, DayPrecision.MONTH)


def year_of(year: int, on: dt.date | None) -> Days:
    """Return a year, up to the publication if that lies in it."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return Days(first, min(last, on) if on and first <= on else last, DayPrecision.YEAR)


def _period(given: Sum) -> Days | None:
    """A time that ends with the publication ("the past 24 hours"), or a named one: last month, this year."""
    if given.on is None:
        return None
    unit, count, is_counted = _units(given)
    if given.has("t") and not given.has("nV"):
        named = {"e": one(given.on), "A": month_of(given.on, given.on), "G": year_of(given.on.year, given.on)}
        return named.get(unit) or Days(given.on - dt.timedelta(days=WEEK - 1), given.on, DayPrecision.SPAN)
    if given.has("l") and not given.has("nV") and count == 1 and not _is_plural(given):
        if unit == "A":
            return month_of(_months_back(given.on.replace(day=1), 1), given.on)
        if unit == "G":
            return year_of(given.on.year - 1, given.on)
        if unit == "u" and not given.has("D"):  # weeks begin on Saturday, Sunday or Monday
            return Days(given.on - dt.timedelta(days=2 * WEEK - 1), given.on - ONE_DAY, DayPrecision.SPAN)
    if not is_counted or (unit != "H" and _is_plural(given) and not given.has("nV")):
        count = FEW[1] if unit == "e" else 3
    return Days(_back(given.on, unit, count), given.on, DayPrecision.SPAN)


def _since_ago(given: Sum) -> Days | None:
    if given.on is None:
        return None
    unit, count, is_counted = _units(given)
    if not is_counted or (_is_plural(given) and not given.has("nV")):
        return Days(None, None, DayPrecision.SINCE)
    return Days(_back(given.on, unit, count), None, DayPrecision.SINCE)


def _since_start(given: Sum) -> Days | None:
    if given.on is None:
        return None
    unit = _units(given)[0]
    if unit == "u":
        return Days(given.on - dt.timedelta(days=given.on.weekday()), None, DayPrecision.SINCE)
    first = given.on.replace(day=1)
    if years := given.all("y"):
        return Days(dt.date(years[0], 1, 1), None, DayPrecision.SINCE)
    return Days(first if unit == "A" else first.replace(month=1), None, DayPrecision.SINCE)


def _coming(given: Sum) -> Days | None:
    if given.on is None:
        return None
    unit, count, _ = _units(given)
    ahead = {"H": 1, "e": 1, "u": 2 * WEEK, "A": 62, "G": 731}[unit]
    return Days(given.on + ONE_DAY, given.on + dt.timedelta(days=ahead), DayPrecision.SPAN)


def _day_of(given: Sum) -> Days | None:
    """The fifth of this month, or of the last."""
    if given.on is None:
        return None
    return one(_months_back(given.on.replace(day=1), given.has("l")).replace(day=given.all("nj")[0]))


def _month(given: Sum) -> Days | None:
    months, years = given.all("m"), given.all("y")
    if len(set(months)) > 1:
        return None
    if years:
        return month_of(dt.date(years[0], months[0], 1), given.on)
    if given.on is None:
        return None
    year = given.on.year - (dt.date(given.on.year, months[0], 1) > given.on)
    if given.is_future and months[0] < given.on.month:
        year += 1
    if given.has("l") and given.has("G"):  # "in September of last year"
        year = given.on.year - 1
    return month_of(dt.date(year, months[0], 1), given.on)


def _year(given: Sum) -> Days | None:
    return year_of(given.all("y")[0], given.on)


def _vague(given: Sum) -> Days | None:
    return UNKNOWN


_MEANINGS: dict[str, Callable[[Sum], Days | None]] = {
    "day": _day,
    "night_to": _night_to,
    "last_night": _last_night,
    "between": _between,
    "today": _today,
    "part_day": _part_day,
    "day_of": _day_of,
    "ago": _ago,
    "period": _period,
    "since_ago": _since_ago,
    "since_start": _since_start,
    "coming": _coming,
    "month": _month,
    "year": _year,
    "vague": _vague,
}
