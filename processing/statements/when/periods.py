"""Times counted in units: two days ago, the past 24 hours, last month, since the start of the year, in September."""

from __future__ import annotations

import calendar
import datetime as dt

from processing.statements.records import DayPrecision
from processing.statements.when.sums import MONTHS, ONE_DAY, UNKNOWN, WEEK, Days, Sum, one

HOURS_OF_DAY = 24
FEW = (2, 9)  # "a few days ago", in days


def _units(given: Sum) -> tuple[str, int, bool]:
    """Return the unit, how many, and whether that many are said; a dual counts itself."""
    unit, value = next(piece for piece in given.pieces if piece[0] in "HeuAG")
    numbers = given.all("nV")
    count = numbers[0] if numbers and numbers[0] else max(1, value)
    return unit, count, not (numbers and numbers[0] == 0)


def _months_back(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * MONTHS + day.month - 1 - months, MONTHS)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _back(day: dt.date, unit: str, count: int) -> dt.date:
    if unit == "H":
        return day - dt.timedelta(days=max(1, -(-count // HOURS_OF_DAY)))
    if unit in "AG":
        return _months_back(day, count * (MONTHS if unit == "G" else 1))
    return day - dt.timedelta(days=count * (WEEK if unit == "u" else 1))


def ago(given: Sum) -> Days | None:
    """So many days, weeks, months or years before the publication, as exactly as the unit says."""
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
    return (
        _month_of(_back(given.on, unit, count), given.on) if unit == "A" else _year_of(given.on.year - count, given.on)
    )


def _is_plural(given: Sum) -> bool:
    """Say whether a unit stands without a number in a form that says several: قبل أيام."""
    return any(letter in "HeuAG" and value == 0 for letter, value in given.pieces)


def _month_of(day: dt.date, on: dt.date | None) -> Days:
    """Return a month, up to the publication if that lies in it."""
    last = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    return Days(day.replace(day=1), min(last, on) if on and day.replace(day=1) <= on else last, DayPrecision.MONTH)


def _year_of(year: int, on: dt.date | None) -> Days:
    """Return a year, up to the publication if that lies in it."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    return Days(first, min(last, on) if on and first <= on else last, DayPrecision.YEAR)


def period(given: Sum) -> Days | None:
    """A time that ends with the publication ("the past 24 hours"), or a named one: last month, this year."""
    if given.on is None:
        return None
    unit, count, is_counted = _units(given)
    if given.has("t") and not given.has("nV"):
        named = {"e": one(given.on), "A": _month_of(given.on, given.on), "G": _year_of(given.on.year, given.on)}
        return named.get(unit) or Days(given.on - dt.timedelta(days=WEEK - 1), given.on, DayPrecision.SPAN)
    if given.has("l") and not given.has("nV") and count == 1 and not _is_plural(given):
        if unit == "A":
            return _month_of(_months_back(given.on.replace(day=1), 1), given.on)
        if unit == "G":
            return _year_of(given.on.year - 1, given.on)
        if unit == "u" and not given.has("D"):  # weeks begin on Saturday, Sunday or Monday
            return Days(given.on - dt.timedelta(days=2 * WEEK - 1), given.on - ONE_DAY, DayPrecision.SPAN)
    if not is_counted or (unit != "H" and _is_plural(given) and not given.has("nV")):
        count = FEW[1] if unit == "e" else 3
    return Days(_back(given.on, unit, count), given.on, DayPrecision.SPAN)


def since_ago(given: Sum) -> Days | None:
    """What began so long ago and lasts."""
    if given.on is None:
        return None
    unit, count, is_counted = _units(given)
    if not is_counted or (_is_plural(given) and not given.has("nV")):
        return Days(None, None, DayPrecision.SINCE)
    return Days(_back(given.on, unit, count), None, DayPrecision.SINCE)


def since_start(given: Sum) -> Days | None:
    """What began with the week, month or year and lasts."""
    if given.on is None:
        return None
    unit = _units(given)[0]
    if unit == "u":
        return Days(given.on - dt.timedelta(days=given.on.weekday()), None, DayPrecision.SINCE)
    first = given.on.replace(day=1)
    if years := given.all("y"):
        return Days(dt.date(years[0], 1, 1), None, DayPrecision.SINCE)
    return Days(first if unit == "A" else first.replace(month=1), None, DayPrecision.SINCE)


def coming(given: Sum) -> Days | None:
    """A time after the publication."""
    if given.on is None:
        return None
    unit = _units(given)[0]
    ahead = {"H": 1, "e": 1, "u": 2 * WEEK, "A": 62, "G": 731}[unit]
    return Days(given.on + ONE_DAY, given.on + dt.timedelta(days=ahead), DayPrecision.SPAN)


def day_of(given: Sum) -> Days | None:
    """The fifth of this month, or of the last."""
    if given.on is None:
        return None
    return one(_months_back(given.on.replace(day=1), given.has("l")).replace(day=given.all("nj")[0]))


def month(given: Sum) -> Days | None:
    """A month that is named; without its year the last that has begun."""
    months, years = given.all("m"), given.all("y")
    if len(set(months)) > 1:
        return None
    if years:
        return _month_of(dt.date(years[0], months[0], 1), given.on)
    if given.on is None:
        return None
    year = given.on.year - (dt.date(given.on.year, months[0], 1) > given.on)
    if given.is_future and months[0] < given.on.month:
        year += 1
    if given.has("l") and given.has("G"):  # "in September of last year"
        year = given.on.year - 1
    return _month_of(dt.date(year, months[0], 1), given.on)


def year(given: Sum) -> Days | None:
    """A year that is named."""
    return _year_of(given.all("y")[0], given.on)


def vague(given: Sum) -> Days | None:
    """Some time before: not known."""
    return UNKNOWN
