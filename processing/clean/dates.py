"""One date string, as an outlet printed it → the time it names. Pure: `now` is given, no clock is read.

A wrong date is worse than none. What is not understood, what lies before 2000 or after now + 2 days, and a string whose
two month names disagree give None. A day without a time stays a day; a time without a zone is read in the outlet's.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from crawlers.records import DayOrder
from processing.clean.months import (
    AFTERNOON,
    DAYS_AGO,
    JUST_NOW,
    MINUTE,
    MONTHS,
    UNCLEAR_ZONES,
    UNITS,
    UPDATED,
    WEEKDAYS,
    ZONES,
)
from processing.records import DateCandidate, DateOrigin, Precision
from processing.text import fold_plain

EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # an older date on a page is a default value, 1970 above all
LEEWAY = dt.timedelta(days=2)  # clocks and zones differ; further ahead is an event's or an expiry date
RAW_LENGTH = 200
RELATIVE_LENGTH = 40  # "5 hours ago" stands alone; in a sentence it is about something else
DEFAULT_ZONE = "Asia/Damascus"
# One order must outnumber the other so many times: a few strings of another kind (a quoted date, a licence) are normal.
CLEAR_MAJORITY = 4
NOON = 12


def _either(names: Iterable[str]) -> str:
    return "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in sorted(names, key=len, reverse=True))


# Month names become "#8#" first, so that the patterns below stay small: an alternation of 260 names took 1 ms a line.
SPLIT_MONTH = re.compile(rf"(?<!\w)(?:{_either(n for n in MONTHS if not n.isalpha())})(?![^\W\d_])")
WORD = re.compile(r"[^\W\d_]+")
_YEAR = r"(?P<year>20\d\d)(?!\d)"
_DAY = r"(?<![\d.:])(?P<day>\d{1,2})(?!\d)"
_MONTH = r"#(?P<month>\d+)#\.?(?:\s*[/(-]\s*#(?P<other>\d+)#\s*\)?)?"  # "آب/أغسطس", "أغسطس (آب)": one month, two names
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d?)(?:[.,]\d+)?)?(?![:\d])"
_HALF = rf"(?:\s*(?P<half>{_either(AFTERNOON)})(?!\w))?"
_ZONE = (
    r"(?:\s*\(?\s*(?:utc|gmt)?\s*(?P<offset>[+-]\d{1,2}(?::?\d\d)?)(?![\d/:-])"
    r"|\s*\(?(?:بتوقيت\s+)?(?P<zone>[^\W\d_]{1,12})\b)?"
)
_NAMED = (
    rf"{_DAY}(?:st|nd|rd|th|er|-?го|'?[ea]|'?ي|)[\s,،./-]*(?:(?:من|of|de|شهر)\s+)*{_MONTH}"
    rf"[\s,،./-]*(?:(?:عام|سنه|لعام|de)\s+)?{_YEAR}",
    rf"{_MONTH}\s*{_DAY}(?:st|nd|rd|th)?[\s,،.]+(?:\d\d:\d\d:\d\d\s+(?:[a-z]{{2,5}}\s+)?)?{_YEAR}",
    rf"(?<!\d){_YEAR}[\s,،./-]*{_MONTH}[\s,،./-]*{_DAY}",
)
DAYS = tuple(
    map(
        re.compile,
        (
            *_NAMED,
            r"(?<!\d)(?P<year>20\d\d)\s?[年년]\s?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日일]",
            r"(?<![\d/.-])(?P<year>20\d\d)(?P<dash>[-/.])(?P<month>\d{1,2})(?P=dash)(?P<day>\d{1,2})(?![\d/-])(?:t(?=\d))?",
            r"(?<![\d/.-])(?P<first>\d{1,2})\s?(?P<dash>[-/.])\s?(?P<then>\d{1,2})\s?(?P=dash)\s?"
            + _YEAR
            + r"(?![./-]\d)",
        ),
    )
)
COMPACT = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)(?:t?(?:\d{4}|\d{6})z?)?")
MONTH_YEAR = re.compile(rf"\W*{_MONTH}[\s,،./-]*{_YEAR}\W*|(?P<iso_year>20\d\d)(?:-(?P<iso_month>\d\d))?")
EPOCH = re.compile(r"(1\d{9})(?:\d{3})?(?:\.\d+)?")
# Between a date and its time stand a few words and no digits.
TIME_AFTER = re.compile(rf"[^\d\n]{{0,20}}?{_CLOCK}{_HALF}{_ZONE}")
TIME_BEFORE = re.compile(rf"(?<![\d:]){_CLOCK}{_HALF}{_ZONE}[^\d\n]{{0,20}}$")
UPDATE_WORD = re.compile(rf"(?:{_either(UPDATED)})\D{{0,25}}$")
AGO = re.compile(
    rf"(?P<since>(?:منذ|قبل)\s+)?(?:(?P<number>\d{{1,3}})|an?)?\s*(?P<unit>{_either(UNITS)})(?!\w)"
    r"(?P<ago>\s+(?:ago|назад|once))?"
)
DAY_WORD = re.compile(rf"\W*(?P<word>{_either(DAYS_AGO)})(?!\w)\D{{0,12}}{_CLOCK}{_HALF}{_ZONE}\W*")
NUMERIC_RAW = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.](\d{1,4})")


class _Reading(NamedTuple):
    """What strings are read against, and what their candidates say of themselves."""

    raw: str
    now: dt.datetime
    day_order: DayOrder | None
    timezone: str
    origin: DateOrigin


@dataclass(frozen=True, slots=True)
class _Day:
    """A day named in a text, with where it stands. Two dates: the numbers can be read two ways, the likelier first."""

    start: int
    end: int
    dates: tuple[dt.date, ...]


def parse_date(
    raw: str,
    *,
    now: dt.datetime,
    day_order: DayOrder | None = None,
    timezone: str = DEFAULT_ZONE,
    origin: DateOrigin = DateOrigin.VISIBLE,
) -> DateCandidate | None:
    """Return the time a string names, or None. `now`, aware, is when the page was fetched.

    A numeric date that can be read two ways is read in `day_order`, or day first where that is None.
    """
    return next(iter(readings(raw, now=now, day_order=day_order, timezone=timezone, origin=origin)), None)


def readings(
    raw: str, *, now: dt.datetime, day_order: DayOrder | None, timezone: str, origin: DateOrigin, updates: bool = False
) -> tuple[DateCandidate, ...]:
    """Return all readings of a string, the likelier first: two where day and month may be exchanged, else one or none.

    `updates`: take also a date that the string says is the last change's.
    """
    about = _Reading(" ".join(raw.split())[:RAW_LENGTH], now, day_order, timezone, origin)
    text = fold_plain(about.raw)
    if epoch := EPOCH.fullmatch(text):
        moment = dt.datetime.fromtimestamp(int(epoch[1]), dt.UTC)
        return _sound([_candidate(about, moment, Precision.SECOND, None)], now)
    text = _with_month_numbers(text)
    days = [day for day in _days(text, about) if updates or not UPDATE_WORD.search(text, 0, day.start)]
    if days:
        clock = TIME_AFTER.match(text, days[0].end) or TIME_BEFORE.search(text, 0, days[0].start)
        return _sound([_at(day, clock, about) for day in days[0].dates], now)
    found = _relative(text, about) or _month_only(text, about)
    return _sound([found] if found else [], now)


def learn_day_order(raws: Iterable[str]) -> DayOrder | None:
    """Return the order of day and month in an outlet's numeric dates, or None where they do not settle it.

    `raws` are such strings from the outlet's own pages; equal ones count once, so that a date in a script that stands
    on every page is one witness. Year-first strings say nothing about the others.
    """
    votes = {DayOrder.DMY: 0, DayOrder.MDY: 0}
    for raw in set(raws):
        if found := NUMERIC_RAW.fullmatch(fold_plain(raw)):
            first, then, year = (int(part) for part in found.groups())
            if year >= EARLIEST.year and first > NOON >= then:
                votes[DayOrder.DMY] += 1
            elif year >= EARLIEST.year and then > NOON >= first:
                votes[DayOrder.MDY] += 1
    best, rest = sorted(votes, key=votes.__getitem__, reverse=True)
    return best if votes[best] > CLEAR_MAJORITY * votes[rest] else None


def _with_month_numbers(text: str) -> str:
    text = SPLIT_MONTH.sub(lambda found: f"#{MONTHS[' '.join(found[0].split())]}#", text)
    return WORD.sub(lambda found: f"#{MONTHS[found[0]]}#" if found[0] in MONTHS else found[0], text)


def _days(text: str, about: _Reading) -> Iterator[_Day]:
    """Yield the days named in a text in their order; what overlaps an earlier one is part of it."""
    if compact := COMPACT.fullmatch(text):
        matches = [compact]
    else:
        matches = sorted((m for pattern in DAYS for m in pattern.finditer(text)), key=lambda m: (m.start(), -m.end()))
    end = -1
    for found in matches:
        if found.start() < end:
            continue
        end = found.end()
        if dates := tuple(_dates(found, text, about)):
            yield _Day(found.start(), end, dates)


def _dates(found: re.Match[str], text: str, about: _Reading) -> list[dt.date]:
    parts = found.groupdict()
    year = int(parts["year"])
    if "first" not in parts:
        if parts.get("other") and parts["other"] != parts["month"]:
            return []
        return _valid([(year, int(parts["month"]), int(parts["day"]))])
    first, then = int(parts["first"]), int(parts["then"])
    orders = [(year, then, first), (year, first, then)]  # day first, month first
    if about.day_order is not None:
        return _valid(orders if about.day_order is not DayOrder.MDY else orders[::-1])[:1]
    dates = list(dict.fromkeys(_valid(orders)))
    named = [WEEKDAYS[word] for word in WORD.findall(text) if word in WEEKDAYS]
    agreeing = [date for date in dates if date.weekday() in named]
    return agreeing if len(agreeing) == 1 else dates


def _valid(dates: list[tuple[int, int, int]]) -> list[dt.date]:
    valid = []
    for date in dates:
        try:
            valid.append(dt.date(*date))
        except ValueError:  # 31 November, month 13: this reading is none
            continue
    return valid


def _at(date: dt.date, clock: re.Match[str] | None, about: _Reading) -> DateCandidate:
    """Put day and time together in the zone that holds."""
    time, precision = _time(clock) if clock else (dt.time(), Precision.DAY)
    zone, own = _zone(clock, about) if clock else (_zone_info(about.timezone), None)
    if zone is None:  # a zone's name that means two places: the day is all that is sure
        time, precision, zone, own = dt.time(), Precision.DAY, _zone_info(about.timezone), None
    local = dt.datetime.combine(date, time, zone)
    # Midnight to the second is what systems write that keep the day only; then the day's zone is worth keeping.
    if time == dt.time():
        return _candidate(about, local, Precision.DAY, own or about.timezone)
    return _candidate(about, local, precision, None if own else about.timezone)


def _time(clock: re.Match[str]) -> tuple[dt.time, Precision]:
    hour, minute, second = int(clock["hour"]), int(clock["minute"]), int(clock["second"] or 0)
    half = clock["half"]
    if half is not None and 1 <= hour <= NOON:
        hour = hour % NOON + (NOON if AFTERNOON[half] else 0)
    try:
        return dt.time(hour, minute, min(second, 59)), Precision.SECOND if clock["second"] else Precision.MINUTE
    except ValueError:  # 25:61 is no time; the day stands
        return dt.time(), Precision.DAY


def _zone(clock: re.Match[str], about: _Reading) -> tuple[dt.tzinfo | None, str | None]:
    """Return the zone a string names and its label; the outlet's and None where it names none."""
    word = clock["zone"]
    if offset := clock["offset"]:
        sign, digits = offset[0], offset[1:].replace(":", "")
        hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
        ahead = dt.timedelta(hours=hours, minutes=minutes)
        if ahead <= dt.timedelta(hours=14):
            return dt.timezone(ahead if sign == "+" else -ahead), f"{sign}{hours:02}:{minutes:02}"
        return None, None
    if word in UNCLEAR_ZONES:
        return None, None
    known = ZONES.get(word or "")
    if isinstance(known, str):
        return _zone_info(known), known
    if known is not None:
        return dt.timezone(dt.timedelta(hours=known)), f"{'-' if known < 0 else '+'}{abs(int(known)):02}:00"
    return _zone_info(about.timezone), None


@lru_cache(maxsize=64)
def _zone_info(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def _relative(text: str, about: _Reading) -> DateCandidate | None:
    """Read "5 hours ago" and "yesterday, 14:30"; minutes stay minutes, hours are good for the day only."""
    if len(text) > RELATIVE_LENGTH:
        return None
    local = about.now.astimezone(_zone_info(about.timezone))
    if text.strip() in JUST_NOW:
        return _candidate(about, local, Precision.MINUTE, about.timezone)
    if word := DAY_WORD.fullmatch(text):
        return _at(local.date() - dt.timedelta(days=DAYS_AGO[" ".join(word["word"].split())]), word, about)
    found = AGO.search(text)
    if not found or not (found["since"] or found["ago"]):
        return None
    length, number = UNITS[found["unit"]]
    then = local - dt.timedelta(minutes=length * int(found["number"] or number))
    if length == MINUTE:
        return _candidate(about, then, Precision.MINUTE, about.timezone)
    # Five hours are five to six; the day is sure only where all of them lie in one.
    return _at(then.date(), None, about) if (then - dt.timedelta(minutes=length)).date() == then.date() else None


def _month_only(text: str, about: _Reading) -> DateCandidate | None:
    found = MONTH_YEAR.fullmatch(text)
    if not found or (found["other"] and found["other"] != found["month"]):
        return None
    month = found["month"] or found["iso_month"]
    dates = _valid([(int(found["year"] or found["iso_year"]), int(month or 1), 1)])
    starts = [dt.datetime.combine(date, dt.time(), _zone_info(about.timezone)) for date in dates]
    precision = Precision.MONTH if month else Precision.YEAR
    return next((_candidate(about, start, precision, about.timezone) for start in starts), None)


def _candidate(about: _Reading, moment: dt.datetime, precision: Precision, timezone: str | None) -> DateCandidate:
    return DateCandidate(
        origin=about.origin, raw=about.raw, at=moment.astimezone(dt.UTC), precision=precision, timezone=timezone
    )


def _sound(candidates: list[DateCandidate], now: dt.datetime) -> tuple[DateCandidate, ...]:
    return tuple(candidate for candidate in candidates if EARLIEST <= candidate.at <= now + LEEWAY)
