"""Whether two printings of an article are one text: whether all they differ in is counters, clocks and the day's date.

A text is a version of its own as soon as a word of it differs, except for whole lines that say nothing of the article
and are other ones at each look: how often it was viewed, how long reading takes, "updated 5 minutes ago", today's date in
the page's frame. Most such lines never get here, because the cleaner drops what stands outside of the article and what
recurs in an outlet (clean.trim, clean.boilerplate). A line with any other word in it is never noise, so that a number, a
day or a name that changes in a sentence always makes a version; so does the title.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from processing.clean.hijri import MONTHS as HIJRI_MONTHS
from processing.clean.months import AFTERNOON, DAYS_AGO, JUST_NOW, MONTHS, UPDATED, WEEKDAYS, ZONES
from processing.clean.phrases import any_of
from processing.text import fold_plain

_LENGTH = 100  # characters; a page's line of counters is shorter
_MOST = 100  # lines that two printings have apart; frames have a few, and each line takes a quarter of a millisecond
_FRAME = 3  # lines at either end of a text, where a page's clock may have come along
_LEEWAY = (dt.timedelta(days=-1), dt.timedelta(), dt.timedelta(days=1))  # what is today in some zone, or in a cache
# Taken whole and from its beginning or not at all: a line of fifty numbers had each of them tried with each of their ends.
_NUMBER = r"(?<!\d[.,٬٫' ])\d(?:[.,٬٫' ]*+\d)*+(?: ?(?:k|m|тыс\.?|млн\.?|الف|مليون)(?!\w))?\+?"
_MINUTES = r"(?:\d+|an?|one|دقيقه|دقيقتان)"

# What counters say, in the form `fold_plain` leaves; N stands for a number, M for a number of minutes.
_COUNTERS = r"""
    (?:viewed|read|shared|seen) N times?
    (?:(?:page|post|article|total) )?(?:views?|viewed|reads?|hits?|visits?|shares?|likes?|comments?|reactions?|tweets?|retweets?|downloads?|listens?)\s*[:=\-]?\s*\(?N\)?
    N (?:(?:page|post|article|total) )?(?:views?|reads?|hits|visits|shares?|likes?|comments?|reactions?|tweets?|retweets?|downloads?|listens?)
    N (?:people|readers|users|persons) (?:have )?(?:viewed|read|shared|liked|like) this(?: (?:article|story|post|page|news))?
    (?:(?:estimated|average) )?(?:reading|read) time\s*[:\-]?\s*M ?(?:minutes?|mins?|m)(?: read)?
    M[ \-]?(?:minutes?|mins?)(?: of)? (?:to )?read(?:ing)?(?: time)?
    (?:عدد )?(?:ال)?(?:مشاهدات|مشاهده|مشاهدين|قراءات|قراءه|قراء|زيارات|زياره|زوار|مشاركات|مشاركه|تعليقات|تعليق|اعجابات|اعجاب|تحميلات)\s*[:=\-]?\s*\(?N\)?(?: مرات| مره)?
    N (?:مره |مرات )?(?:ال)?(?:مشاهدات|مشاهده|قراءات|قراءه|قاري|زيارات|زياره|زاير|مشاركات|مشاركه|تعليقات|تعليق|اعجابات|اعجاب)
    (?:تمت? )?(?:قراءته|قراءتها|مشاهدته|مشاهدتها|مشاهده|قراءه|قريت?|شوهد|شوهدت)(?: (?:الخبر|المقال|الماده|هذا الخبر|هذا المقال|هذه الماده))? N (?:مره|مرات)
    (?:وقت|زمن|مده) (?:ال)?قراءه(?: المقدر)?\s*[:\-]?\s*M ?(?:دقيقه|دقايق|دقيقتان|د)?
    M (?:دقيقه|دقايق) (?:ل?ل?قراءه|قراءه)
    (?:количество |число |всего )?(?:просмотров|просмотры|просмотр|прочтении|прочтения|прочитано|прочитали|просмотрено|посещении|комментариев|комментарии|репостов|репосты|лаиков|лаики|поделились|голосов)\s*[:=\-]?\s*\(?N\)?(?: раза?| человека?)?
    N (?:просмотр(?:а|ов)?|прочтени[еия]|комментари(?:и|я|ев)|репост(?:а|ов)?|лаик(?:а|ов)?|поделились)
    (?:время|на) (?:чтени[ея]|прочтени[ея])\s*[:\-]?\s*M ?(?:минут[аы]?|мин\.?)
    M (?:минут[аы]?|мин\.?)(?: на)? (?:чтени[ея]|прочтени[ея])
"""  # noqa: E501 (a table: what one counter says a line)
# How long ago: alone, or behind "updated".
_AGO = r"""
    (?:about |around |some |almost )?(?:\d+|an?|one|two|few|a few)[ ]?(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|[mhd])(?: and \d+ minutes?)? ago
    (?:منذ|قبل)(?: حوالي| نحو)? (?:\d+ )?(?:ثانيه|ثوان|ثواني|لحظات|دقيقه|دقيقتين|دقايق|ساعه|ساعتين|ساعات|يوم|يوما|يومين|ايام|اسبوع|اسبوعين|اسابيع|شهر|شهرين|اشهر|سنه|سنتين|سنوات)(?: واحده?)?
    (?:около )?(?:\d+ )?(?:секунд[уы]?|минут[уы]?|мин\.?|час(?:а|ов)?|день|дня|днеи|недел[юиь]|месяц(?:а|ев)?) назад
"""  # noqa: E501 (a table)


def _units(lines: str) -> re.Pattern[str]:
    # N and M are put in first: no phrase has a capital letter.
    return re.compile(rf"(?<!\w)(?:{any_of(lines).replace('N', _NUMBER).replace('M', _MINUTES)})(?!\w)")


def _words(*names: str) -> frozenset[str]:
    return frozenset(word for name in names for word in re.findall(r"[^\W\d_]+", fold_plain(name)))


_COUNTER, _RELATIVE = _units(_COUNTERS), _units(_AGO)
_WORD = re.compile(r"[^\W_]+")
_DIGIT = re.compile(r"\d")
_UPDATE = _words(*UPDATED, "update", "обновление", "обновлен", "обновлена", "تحديثه", "محدثة")
_LABELS = _words("last", "آخر", "اخر", "تم", "جرى", "последнее", "последняя", "в", "at", "on", "في")
_PUBLISHED = _words("published posted publication", "نشر نشرت النشر", "опубликовано публикации")
_DAY_WORDS = _words(*DAYS_AGO, *JUST_NOW)
_WHEN = _words(
    *MONTHS, *WEEKDAYS, *AFTERNOON, *ZONES, *DAYS_AGO, *JUST_NOW, re.sub(r"[(?:)|]", " ", HIJRI_MONTHS),
    "ربيع الأول الثاني الآخر جمادى الأولى الآخرة الثانية ذو ذي",
    "of the at on in date time day local st nd rd th damascus",
    "من في الساعة عند بتوقيت توقيت دمشق المحلي التاريخ الوقت الموافق هـ ه م يوم لعام عام",
    "в г года год дата время час мск дамаск по московскому",
)  # fmt: skip
_CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?![\d.:])")
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
_MONTH = re.compile(
    r"(?<!\w)(?:" + "|".join(map(re.escape, sorted(MONTHS, key=len, reverse=True))) + r")(?!\w)"
)  # asked only of lines that hold nothing but the words above


@dataclass(frozen=True, slots=True)
class Printed:
    """A text as one fetch brought it."""

    title: str
    text: str  # paragraphs parted by one newline
    fetched_at: dt.datetime


def is_same_text(one: Printed, other: Printed) -> bool:
    """Tell whether two printings of one page differ in noise alone, their other lines the same and in the same order."""
    differing = set(one.text.split("\n")) ^ set(other.text.split("\n"))
    if one.title != other.title or len(differing) > _MOST:
        return False
    kept = [_without_noise(*pair, differing) for pair in ((one, other), (other, one))]
    return kept[0] is not None and kept[0] == kept[1] and bool(kept[0])


def is_date_line(line: str) -> bool:
    """Tell whether a line is nothing but a date, as templates print one above a text."""
    if len(line) > _LENGTH or not _DIGIT.search(line):
        return False
    words = [word for word in _WORD.findall(_ORDINAL.sub("", fold_plain(line))) if not word.isdigit()]
    return all(word in _WHEN for word in words) and any(word in MONTHS or word in WEEKDAYS for word in words)


def _without_noise(printed: Printed, other: Printed, differing: set[str]) -> list[str] | None:
    """Return the lines of a text but for noise that the other one has not; None where it has anything else of its own.

    What both have is no noise: the article's own dateline is today's date on the day it was published.
    """
    lines, others = (
        [_without_counters(line) if line in differing else line for line in text.split("\n")]
        for text in (printed.text, other.text)
    )
    theirs = set(others)
    own = {place for place, line in enumerate(lines) if line not in theirs}
    for place in own:
        framed = place < _FRAME or place >= len(lines) - _FRAME
        if not _is_frame(lines[place], printed.fetched_at, framed=framed):
            return None
    return [line for place, line in enumerate(lines) if place not in own and line]


def _without_counters(line: str) -> str:
    """Return a line as it is; of one that is nothing but counters and a date, the date."""
    if len(line) > _LENGTH:
        return line
    left, count = _COUNTER.subn(" ", _ORDINAL.sub("", fold_plain(line)))
    words = [word for word in _WORD.findall(left) if not word.isdigit()]
    is_bare = count and all(word in _WHEN or word in _PUBLISHED for word in words)
    return " ".join(_WORD.findall(left)) if is_bare else line


def _is_frame(line: str, fetched_at: dt.datetime, *, framed: bool) -> bool:
    """Tell whether a line is nothing but how long ago the page was updated, or when it was fetched."""
    if len(line) > _LENGTH:
        return False
    left = _ORDINAL.sub("", _RELATIVE.sub(" ", fold_plain(line)))
    words = [word for word in _WORD.findall(left) if not word.isdigit()]
    is_update = any(word in _UPDATE for word in words)
    if any(word not in _WHEN and word not in _UPDATE and not (is_update and word in _LABELS) for word in words):
        return False
    return not _WORD.search(left) or is_update or _names_today(left, words, fetched_at, framed=framed)


def _names_today(line: str, words: list[str], fetched_at: dt.datetime, *, framed: bool) -> bool:
    """Tell of a line of words and numbers of dates alone whether it says when the page was fetched."""
    dated, clocks = _CLOCK.subn(" ", line)
    numbers = [int(number) for number in re.findall(r"\d+", dated)]
    months = {MONTHS[name] for name in _MONTH.findall(dated)}
    days = [(fetched_at + leeway).date() for leeway in _LEEWAY]
    if not numbers:
        weekdays = {WEEKDAYS[word] for word in words if word in WEEKDAYS}
        is_now = clocks or weekdays or any(word in _DAY_WORDS for word in words)
        return framed and bool(is_now) and not months and weekdays <= {day.weekday() for day in days}
    years = {number for number in numbers if number > 1000}
    return any(
        day.day in numbers and day.month in (months or numbers) and (not years or day.year in years) for day in days
    )
