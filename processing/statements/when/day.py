"""When it happened: the days that one sentence gives its event, in Damascus.

Of several times in a sentence the first counts that is no day of saying, no beginning ("since") and no end ("until"), and
of those a day before a month and a month before a year: "said on Friday that ... were killed on Thursday" is Thursday. If
only the day of saying is known, that is taken, with less confidence. Without any time it is the day of publication.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from functools import lru_cache
from zoneinfo import ZoneInfo

from processing.statements.records import DayPrecision, EventDay
from processing.statements.when.mentions import Mention, Role, find_mentions
from processing.statements.when.read import read_sentence
from processing.statements.when.words import HEAD, Times

DAMASCUS = ZoneInfo("Asia/Damascus")
PUBLICATION = 0.5  # confidence: news is mostly of its day or of the day before
BACKGROUND = 0.6
UNDATED = ("today", "part_day", "vague")  # what a sentence that tells again may say without dating it
NEAR = dt.timedelta(days=45)  # an older day in a sentence is mostly what the event is compared with
LESS = {Role.EVENT: 1.0, Role.STATEMENT: 0.6, Role.SINCE: 0.9, Role.UNTIL: 0.5, Role.AFTER: 0.6}
OPENING = " \"'«“”-–—(*•"
LONGEST_LEAD = 28  # characters of a sentence's first words


@lru_cache(maxsize=64)
def publication_day(published: dt.datetime, zone: str | None) -> dt.date:
    """Return the day of publication in Damascus.

    Midnight to the second in the outlet's own zone is a day without a time, and stays that day, also where it is still
    the day before in Damascus.
    """
    local = published.astimezone(ZoneInfo(zone)) if zone else published.astimezone(DAMASCUS)
    return local.date() if local.time() == dt.time() else published.astimezone(DAMASCUS).date()


def event_day(
    text: str, start: int, end: int, published: dt.datetime | None, zone: str | None, times: Times
) -> EventDay:
    """Return when the event of the sentence `text[start:end]` happened.

    `published` is None where it is not known to the day; `zone` is the outlet's IANA name. Offsets are in `text`.
    """
    on = publication_day(published, zone) if published else None
    head = text[start : min(end, start + LONGEST_LEAD)].lstrip(OPENING).lower()
    is_told_again = head[:HEAD] in times.heads and head.startswith(times.begins)
    read = read_sentence(text, start, end, times)
    if read is None:
        return _unknown("background", BACKGROUND) if is_told_again else _by_publication(on)
    best = min(find_mentions(read, times, on), key=lambda mention: _rank(mention, on), default=None)
    if is_told_again and (best is None or best.rule.means in UNDATED):
        return _unknown("background", BACKGROUND)
    if best is None:
        return _by_publication(on)
    return _told(best, text, "background, " if is_told_again else "")


def _rank(mention: Mention, on: dt.date | None) -> float:
    """Say how far a time is from being the event's: 0 is its day."""
    days, role = mention.days, mention.role
    if days.precision is DayPrecision.UNKNOWN:
        return 6
    if role is Role.UNTIL:
        return 5
    if days.precision is DayPrecision.YEAR:
        return 4
    if mention.rule.means in UNDATED:
        return 2.5
    is_far = days.first is not None and on is not None and abs(on - days.first) > NEAR
    if role is Role.AFTER or is_far:
        return 3 + is_far / 2
    if days.precision is DayPrecision.MONTH:  # "said on Friday that 40 were killed in August"
        return 1.8
    if role is Role.STATEMENT:
        return 2
    if days.precision is DayPrecision.SINCE:
        return 1.5
    return mention.is_future + (mention.rule.means in ("period", "coming")) / 2


def _told(mention: Mention, text: str, prefix: str) -> EventDay:
    """Make the record of a time; marks on its last letter belong to it."""
    end = mention.end
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    role = mention.role
    said = mention.rule.name if role is Role.EVENT else f"{mention.rule.name}, {role}"
    return EventDay(
        first=mention.days.first,
        last=mention.days.last,
        precision=mention.days.precision,
        start=mention.start,
        end=end,
        rule=prefix + (str(role) if role is Role.STATEMENT else said),
        confidence=round(mention.rule.confidence * LESS[role], 2),
    )


@lru_cache(maxsize=64)
def _by_publication(on: dt.date | None) -> EventDay:
    if on is None:
        return _unknown("no publication", 0.0)
    return EventDay(
        first=on, last=on, precision=DayPrecision.DAY, start=None, end=None, rule="publication", confidence=PUBLICATION
    )


def _unknown(rule: str, confidence: float) -> EventDay:
    return EventDay(
        first=None, last=None, precision=DayPrecision.UNKNOWN, start=None, end=None, rule=rule, confidence=confidence
    )
