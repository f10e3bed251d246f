"""When a page was published: every date it offers, weighed against the others.

No origin is always right: templates leave a default in JSON-LD, feeds repeat the time they were built, a URL keeps the
day a draft was made. So each candidate is held against the others: days that several origins name win. All candidates
stay with the article; the choice can be checked and made again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from crawlers.records import DayOrder, Link
from processing.clean import traces
from processing.clean.dates import DEFAULT_ZONE, EARLIEST, LEEWAY, RAW_LENGTH, readings
from processing.clean.hijri import is_hijri
from processing.clean.metadata import Metadata
from processing.records import DateCandidate, DateOrigin, Precision

# What an origin's word counts. Two visible traces of one day outweigh a machine's one field, because fields are left at
# their defaults and are rewritten when a site moves; a reader would believe what he sees as well.
WEIGHT = {
    DateOrigin.JSONLD: 8.0,
    DateOrigin.META: 7.0,
    DateOrigin.FEED: 7.0,
    DateOrigin.TIME: 5.0,
    DateOrigin.VISIBLE: 5.0,
    DateOrigin.URL: 4.0,
    DateOrigin.TEXT: 1.0,
    DateOrigin.HEADER: 1.5,  # settles which of two readings holds, no more
}
# Two places that one template fills from one field are one witness.
SAME_WITNESS = {DateOrigin.META: DateOrigin.JSONLD, DateOrigin.TIME: DateOrigin.VISIBLE}
ORIGINS = list(DateOrigin)
FINENESS = [Precision.SECOND, Precision.MINUTE, Precision.DAY, Precision.MONTH, Precision.YEAR]
EXACT_DAY = (Precision.SECOND, Precision.MINUTE, Precision.DAY)
NEIGHBOUR = 0.5  # a day beside it is half a witness: the zone may be another's
# What an ambiguous string's readings count, the likelier first: little apart, so that any other trace settles it.
READINGS = (0.75, 0.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """Where a page's dates may be read, beside its metadata."""

    link: Link
    url: str  # final URL
    fetched_at: dt.datetime
    timezone: str  # the outlet's
    day_order: DayOrder | None
    last_modified: str | None = None  # header of the response


@dataclass(frozen=True, slots=True)
class Dated:
    """The outcome: the chosen date, all that were found, and when the page says it was last changed."""

    published: DateCandidate | None
    candidates: tuple[DateCandidate, ...]
    modified_at: dt.datetime | None
    is_hijri: bool = False  # the only date shown is one of the Hijri calendar


def date_page(tree: Any, metadata: Metadata, headline: Any, text: str, clues: Clues) -> Dated:
    """Find and weigh the dates of a page. `headline` is the element that holds the title, None where there is none."""
    found = [group for group in _candidates(metadata, headline, text, clues) if group]
    if not any(group[0].precision in EXACT_DAY for group in found):
        found += filter(None, (_read(raw, DateOrigin.VISIBLE, clues) for raw in traces.marked_lines(tree, headline)))
    chosen = choose(found)
    kept = dict.fromkeys(group[0] if chosen not in group else chosen for group in found if group)
    shown = () if chosen else (*traces.lines_near(headline), *traces.datelines(text))
    return Dated(chosen, tuple(kept), _modified(metadata, clues), any(map(is_hijri, shown)))


def choose(groups: Iterable[tuple[DateCandidate, ...]]) -> DateCandidate | None:
    """Return the candidate whose day the others support best; None where there is none with a month at least.

    A group holds the readings of one string, the likelier first. Dates good for a month only count when no day is known.
    When a file was last written (Last-Modified) supports a date that something else names, and is none by itself.
    """
    groups = list(groups)
    days = [group for group in groups if group[0].precision in EXACT_DAY and group[0].origin is not DateOrigin.HEADER]
    days = [group for group in days if not _is_default(group[0]) or _support(group[0], days) > WEIGHT[group[0].origin]]
    if not days:
        months = [group[0] for group in groups if group[0].precision is Precision.MONTH]
        return min(months, key=lambda c: ORIGINS.index(c.origin), default=None)
    rivals = [candidate for group in days for candidate in group]
    days += [group for group in groups if group[0].origin is DateOrigin.HEADER]
    if len(set().union(*map(_days, rivals))) == 1:  # all say one day, and each has the same support
        best = min(rivals, key=lambda rival: ORIGINS.index(rival.origin))
    else:
        best = max(rivals, key=lambda rival: (_support(rival, days), -ORIGINS.index(rival.origin)))
    # The first line under a headline is the page's date; a later one that names the same day may also name the hour.
    same = [
        candidate
        for candidate in rivals
        if candidate.origin is best.origin and candidate.timezone == best.timezone and _days(candidate) & _days(best)
    ]
    return min(same, key=lambda candidate: FINENESS.index(candidate.precision))


def _is_default(candidate: DateCandidate) -> bool:
    """Whether a field holds 1 January without a time, as systems write that know the year only."""
    (day, *_) = _days(candidate)
    declared = candidate.origin in (DateOrigin.JSONLD, DateOrigin.META)
    return declared and candidate.precision is Precision.DAY and (day.month, day.day) == (1, 1)


def _support(candidate: DateCandidate, groups: list[tuple[DateCandidate, ...]]) -> float:
    """Add up the weights of those that name this candidate's day, its own included, each kind of witness once."""
    best: dict[DateOrigin, float] = {}
    for group in groups:
        for other, sureness in zip(group, READINGS if len(group) > 1 else (1.0,), strict=True):
            if other is not candidate and candidate in group:
                continue  # the other reading of the same string
            weight = WEIGHT[other.origin] * _agreement(candidate, other) * sureness
            best[_witness(other)] = max(best.get(_witness(other), 0.0), weight)
    return round(sum(best.values()), 3)


def _witness(candidate: DateCandidate) -> DateOrigin:
    return SAME_WITNESS.get(candidate.origin, candidate.origin)


def _agreement(one: DateCandidate, other: DateCandidate) -> float:
    """Return 1 for the same day, 0.5 for the day beside it, else 0. A time agrees with its day in its zone and in UTC."""
    apart = min(abs((a - b).days) for a in _days(one) for b in _days(other))
    return 1.0 if apart == 0 else NEIGHBOUR if apart == 1 else 0.0


def _days(candidate: DateCandidate) -> set[dt.date]:
    local = candidate.at.astimezone(_zone(candidate.timezone or DEFAULT_ZONE)).date()
    return {local} if candidate.precision is Precision.DAY else {local, candidate.at.date()}


def _zone(name: str) -> dt.tzinfo:
    return dt.datetime.strptime(name, "%z").tzinfo or dt.UTC if name[0] in "+-" else ZoneInfo(name)


def _candidates(metadata: Metadata, headline: Any, text: str, clues: Clues) -> Iterator[tuple[DateCandidate, ...]]:
    lines = traces.lines_near(headline)
    strings = [
        *((DateOrigin.JSONLD, raw) for raw in metadata.ld_published),
        *((DateOrigin.META, raw) for raw in metadata.meta_published),
        *((DateOrigin.TIME, raw) for raw in traces.times(metadata.times, headline)),
        *((DateOrigin.VISIBLE, raw) for raw in lines),
        # A line under the headline often comes with the text: it is still one line.
        *((DateOrigin.TEXT, raw) for raw in traces.datelines(text) if raw not in lines),
    ]
    for origin, raw in dict.fromkeys(strings):
        yield _read(raw, origin, clues)
    yield _from_feed(clues)
    yield _from_header(clues)
    if in_url := traces.date_in_url(clues.url):
        yield _read(in_url, DateOrigin.URL, clues)


def _from_feed(clues: Clues) -> tuple[DateCandidate, ...]:
    raw, moment = clues.link.published_raw or "", clues.link.published_at
    if moment is None or not EARLIEST <= moment <= clues.fetched_at + LEEWAY:
        return _read(raw, DateOrigin.FEED, clues)
    return (DateCandidate(origin=DateOrigin.FEED, raw=raw[:RAW_LENGTH], at=moment, precision=Precision.SECOND),)


def _from_header(clues: Clues) -> tuple[DateCandidate, ...]:
    """Return when the server says the page was last changed; nothing where that is when it was asked."""
    found = _read(clues.last_modified or "", DateOrigin.HEADER, clues)
    return found if found and found[0].at < clues.fetched_at - LEEWAY else ()


def _read(raw: str, origin: DateOrigin, clues: Clues, *, updates: bool = False) -> tuple[DateCandidate, ...]:
    return readings(
        raw, now=clues.fetched_at, day_order=clues.day_order, timezone=clues.timezone, origin=origin, updates=updates
    )


def _modified(metadata: Metadata, clues: Clues) -> dt.datetime | None:
    for raw in metadata.modified:
        found = _read(raw, DateOrigin.META, clues, updates=True)
        if found and found[0].precision in EXACT_DAY:
            return found[0].at
    return None
