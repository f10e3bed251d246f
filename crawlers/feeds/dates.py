"""A feed's date string → an aware UTC time, or the reason why it has none. Pure: `now` is given, no clock is read.

Strict, because a wrong date is worse than none: every word of the string must be understood, and a time without a zone
stays text (the later stages know the outlet's own zone and day order). feedparser's own results are not used: it takes
EET for UTC and AST for Atlantic time, reads a time without a zone as UTC, and fills what is missing from the clock.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

EARLIEST = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)  # an older date in a feed is a default value, 1970 above all
LEEWAY = dt.timedelta(days=2)  # clocks and zones differ; further ahead is an event's or an expiry date


class DateDoubt(StrEnum):
    """Why a date string gives no time."""

    NOT_UNDERSTOOD = "not understood"
    NO_TIME = "without a time of day"
    NO_ZONE = "without a time zone"
    OUT_OF_RANGE = "before 2000 or in the future"


# Hours east of UTC. AST is Arabia's in the feeds we read, not the Atlantic's. Names that mean two places (IST, CST in
# China, ADT) and the military letters, which RFC 2822 calls unknown, are left out. MSK: see `_zone`.
ZONES = {
    **dict.fromkeys(("ut", "utc", "gmt", "z", "wet"), 0.0),
    **dict.fromkeys(("bst", "west", "cet", "met"), 1.0),
    **dict.fromkeys(("cest", "mest", "eet"), 2.0),
    **dict.fromkeys(("eest", "ast", "msk", "trt"), 3.0),
    **dict.fromkeys(("msd", "gst"), 4.0),
    **{"irst": 3.5, "irdt": 4.5, "jst": 9.0, "kst": 9.0},
    **{"edt": -4.0, "est": -5.0, "cdt": -5.0, "cst": -6.0, "mdt": -6.0, "mst": -7.0, "pdt": -7.0, "pst": -8.0},
}
# In the order of the months; written as `_folded` leaves them. Genitives where Russian dates use them.
MONTH_NAMES = """
    jan january يناير كانون2 январь января янв ocak oca · feb february فبراير شباط февраль февраля фев şubat subat şub
    mar march مارس اذار март марта мар mart · apr april ابريل نيسان апрель апреля апр nisan nis
    may مايو ايار май мая mayıs mayis · jun june يونيو يونيه حزيران июнь июня июн haziran haz
    jul july يوليو يوليه تموز июль июля июл temmuz tem · aug august اغسطس اب август августа авг ağustos agustos ağu
    sep sept september سبتمبر ايلول сентябрь сентября сен сент eylül eylul eyl
    oct october اكتوبر تشرين1 октябрь октября окт ekim eki
    nov november نوفمبر تشرين2 ноябрь ноября ноя нояб kasım kasim kas
    dec december ديسمبر كانون1 декабрь декабря дек aralık aralik ara
"""
MONTHS = {
    name: number
    for number, names in enumerate(re.split(r"·|\n(?=\s*\S)", MONTH_NAMES.strip()), start=1)
    for name in names.split()
}
WEEKDAYS = frozenset(
    """
    mon tue wed thu fri sat sun tues thur thurs monday tuesday wednesday thursday friday saturday sunday
    الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت пн вт ср чт пт сб вс понедельник вторник среда четверг пятница
    суббота воскресенье paz pzt sal çar per cum cmt pazar pazartesi salı çarşamba perşembe cuma cumartesi
    """.split()
)
HALVES = {"am": 0, "a.m": 0, "ص": 0, "صباحا": 0, "pm": 12, "p.m": 12, "م": 12, "مساء": 12}

ISO = re.compile(
    r"""(?x)(?P<year>\d{4})(?P<dash>[-/.]?)(?P<month>\d\d)(?P=dash)(?P<day>\d\d)
    (?:[t\s]\s*(?P<hour>\d\d?):?(?P<minute>\d\d)(?::?(?P<second>\d\d)(?:[.,]\d+)?)?\s*(?P<zone>[a-z]{1,5}|(?:gmt|utc)?[+-][\d:]+)?)?"""
)
ISO_WITHOUT_DAY = re.compile(r"\d{4}(?:-\d\d)?")
CLOCK = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(\D.*)?")
OFFSET = re.compile(r"(?:gmt|utc|ut)?([+-])(\d\d?):?(\d\d)?")
DAY_MONTH_YEAR = re.compile(r"(\d{1,2})-([^\W\d]+)-(\d{2,4})")
WEEKDAY = re.compile(r"^\s*[^\W\d]+\.?[,،]")  # in whatever language: only there does a word precede a comma
LETTERS = {**dict.fromkeys(map(ord, "أإآ"), "ا"), ord("ة"): "ه", ord("ـ"): None, ord(","): " ", ord("،"): " "}
# Levantine names of two words become one, numbered.
TWO_WORD_MONTHS = re.compile(r"(كانون|تشرين)\s+(الاول|الثاني)")


@dataclass(slots=True)
class _Parts:
    numbers: list[str] = field(default_factory=list)
    months: set[int] = field(default_factory=set)
    clock: tuple[int, int, int] | None = None
    half: int | None = None
    zones: list[str] = field(default_factory=list)


def parse_feed_date(raw: str, now: dt.datetime | None) -> dt.datetime | DateDoubt:
    """The moment a feed's date string names, in UTC. `now` bounds it above; None leaves the future open."""
    text = _folded(raw)
    parts = _iso_parts(text) or _word_parts(text)
    if isinstance(parts, DateDoubt):
        return parts
    local = _local(parts)
    if not isinstance(local, dt.datetime):
        return local
    offset = _zone(parts.zones, local)
    if not isinstance(offset, dt.timedelta):
        return offset
    try:
        moment = (local - offset).replace(tzinfo=dt.UTC)
    except OverflowError:
        return DateDoubt.OUT_OF_RANGE
    return moment if moment >= EARLIEST and (now is None or moment <= now + LEEWAY) else DateDoubt.OUT_OF_RANGE


def _folded(raw: str) -> str:
    """Lower case, ASCII digits, one spelling of alef and ta marbuta, no marks, no commas, no comment in brackets."""
    text = WEEKDAY.sub("", unicodedata.normalize("NFC", raw[:200]).lower()).translate(LETTERS)
    text = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in text)
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Mn"))
    text = re.sub(r"\([^)]*\)", " ", text)
    text = TWO_WORD_MONTHS.sub(lambda m: m[1] + ("1" if m[2] == "الاول" else "2"), text)
    return " ".join(text.split())


def _iso_parts(text: str) -> _Parts | DateDoubt | None:
    if ISO_WITHOUT_DAY.fullmatch(text):
        return DateDoubt.NO_TIME
    found = ISO.fullmatch(text)
    if not found:
        return None
    if found["hour"] is None:
        return DateDoubt.NO_TIME
    return _Parts(
        numbers=[found["day"], found["year"]],
        months={int(found["month"])},
        clock=(int(found["hour"]), int(found["minute"]), int(found["second"] or 0)),
        zones=[found["zone"]] if found["zone"] else [],
    )


def _word_parts(text: str) -> _Parts | DateDoubt:
    parts = _Parts()
    words = DAY_MONTH_YEAR.sub(r"\1 \2 \3", text).replace("/", " / ").split()
    while words:
        word = words.pop(0).removesuffix(".")
        if clock := CLOCK.fullmatch(word):
            if parts.clock is not None:
                return DateDoubt.NOT_UNDERSTOOD
            parts.clock = (int(clock[1]), int(clock[2]), int(clock[3] or 0))
            words[:0] = [clock[4]] if clock[4] else []
        elif not _take(word, parts):
            return DateDoubt.NOT_UNDERSTOOD
    return parts


def _take(word: str, parts: _Parts) -> bool:
    """Put one word of a date where it belongs; False when it is not a date's word."""
    if word in MONTHS:
        parts.months.add(MONTHS[word])
    elif word in HALVES:
        parts.half = HALVES[word]
    elif word in ZONES or OFFSET.fullmatch(word):
        parts.zones.append(word)
    elif number := re.fullmatch(r"(\d{1,2}|\d{4})(?:st|nd|rd|th)?", word):
        parts.numbers.append(number[1])
    else:
        # "آب / أغسطس": both names of one month; "etc / gmt"
        return word in WEEKDAYS or word in ("/", "-", "etc", "г", "at")
    return True


def _local(parts: _Parts) -> dt.datetime | DateDoubt:
    """The time on the outlet's clock."""
    if len(parts.months) != 1 or len(parts.numbers) != 2:
        return DateDoubt.NOT_UNDERSTOOD
    (month,) = parts.months
    if parts.clock is None:
        return DateDoubt.NO_TIME
    day, year = sorted(parts.numbers, key=len) if len(parts.numbers[0]) == 4 else parts.numbers
    full_year = int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)
    hour, minute, second = parts.clock
    if parts.half is not None:
        if not 1 <= hour <= 12:
            return DateDoubt.NOT_UNDERSTOOD
        hour = hour % 12 + parts.half
    try:
        return dt.datetime(full_year, month, int(day), hour, minute, min(second, 59))
    except ValueError:
        return DateDoubt.NOT_UNDERSTOOD


def _zone(zones: list[str], local: dt.datetime) -> dt.timedelta | DateDoubt:
    """How far the clock is ahead of UTC. "GMT +0300" and "+0300 EEST" name one zone twice: the number holds."""
    numeric = [found for found in map(OFFSET.fullmatch, zones) if found]
    if len(numeric) > 1 or len(zones) > 2:
        return DateDoubt.NOT_UNDERSTOOD
    if numeric:
        sign, hours, minutes = numeric[0].groups()
        ahead = dt.timedelta(hours=int(hours), minutes=int(minutes or 0))
        if ahead > dt.timedelta(hours=14) or int(minutes or 0) > 59:
            return DateDoubt.NOT_UNDERSTOOD
        return ahead if sign == "+" else -ahead
    if not zones:
        return DateDoubt.NO_ZONE
    if zones[0] not in ZONES:
        return DateDoubt.NO_ZONE
    # Moscow's clock stood at UTC+4 between these two Sundays.
    stood_at_4 = dt.datetime(2011, 3, 27) <= local < dt.datetime(2014, 10, 26)
    return dt.timedelta(hours=4.0 if zones[0] == "msk" and stood_at_4 else ZONES[zones[0]])
