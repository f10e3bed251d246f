"""Days and nights that are named: a date, a weekday, a day counted from the publication, two of them with all between."""

from __future__ import annotations

import calendar
import datetime as dt

from processing.statements.records import DayPrecision
from processing.statements.when.sums import MONTHS, ONE_DAY, WEEK, Days, Sum, one

AHEAD = 3  # days that a day without its year may lie after the publication: clocks, and what is announced for tomorrow
LEAP_YEARS = 8  # years back in which 29 February is looked for


def day(given: Sum) -> Days | None:
    """A day or a night that is named; a night by the day it begins on, in Russian by the day it ends on."""
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
    if near and weekdays and not given.is_future and given.on:
        # "Yesterday, Friday" of a page dated days away: the Friday beside the day counted, if that is not still ahead.
        away = (given.all("w")[0] - near[0].weekday() + WEEK // 2) % WEEK - WEEK // 2
        beside = near[0] + dt.timedelta(days=away)
        weekdays = [beside] if beside <= given.on or near[0] > given.on else near
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
    if given.pieces[0][0] == "y":  # 2022-08-06
        return [dt.date(given.pieces[0][1], first, then)]
    if then > MONTHS:
        first, then = then, first
    day = _nearest(then, first, year, given)
    # 8/6 of a day in August: month first where day first would lie ahead.
    if day and given.on and first <= MONTHS and day > given.on + dt.timedelta(days=AHEAD) and not given.is_future:
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


def night_to(given: Sum) -> Days | None:
    """The night that ends on the last day named: "в ночь на пятницу", ليل الخميس - الجمعة."""
    days = [*_dates(given), *(day for value in given.all("w") if (day := _weekday(value, given)))]
    days = days or _named(given)
    return Days(max(days) - ONE_DAY, max(days), DayPrecision.NIGHT) if days else None


def last_night(given: Sum) -> Days | None:
    """The night that ends on the day of publication."""
    return Days(given.on - ONE_DAY, given.on, DayPrecision.NIGHT) if given.on else None


def between(given: Sum) -> Days | None:
    """From the first of two days to the last."""
    days = _named(given)
    if len(days) < 2:
        return one(days[0]) if days else None
    if given.has("w") and not given.has("m") and days[0] > days[-1] and given.on:
        days[0] -= dt.timedelta(days=WEEK)  # "from Friday to Monday": the Friday before that Monday
    return Days(min(days), max(days), DayPrecision.SPAN)


def part_day(given: Sum) -> Days | None:
    """ "At night" is the night before the publication, "at dawn" its day."""
    return last_night(given) if given.has("N") else today(given)


def today(given: Sum) -> Days | None:
    """The day of publication."""
    return one(given.on) if given.on else None
