"""When a page was published: every date it offers, weighed against the others.

No origin is always right: templates leave a default in JSON-LD, feeds repeat the time they were built, a URL keeps the
day a draft was made. So each candidate is held against the others: days that several origins name win. All candidates
stay with the article; the choice can be checked and made again.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from crawlers.records import DayOrder, Link
from processing.dates import DEFAULT_ZONE, EARLIEST, LEEWAY, RAW_LENGTH, parse_date, readings
from processing.metadata import Metadata
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
}
ORIGINS = list(DateOrigin)
FINENESS = [Precision.SECOND, Precision.MINUTE, Precision.DAY, Precision.MONTH, Precision.YEAR]
EXACT_DAY = (Precision.SECOND, Precision.MINUTE, Precision.DAY)
NEIGHBOUR = 0.5  # a day beside it is half a witness: the zone may be another's
SWAPPED = 0.1  # a second reading of an ambiguous string counts only where others confirm it

URL_DAY = re.compile(
    r"(?<![\d])(20\d\d)[/_-](0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?!\d)|(?<!\d)(20\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_-]|$)"
)
URL_MONTH = re.compile(r"/(20\d\d)[/_-](0[1-9]|1[0-2])/")

# Elements that say by their class or id that they hold the date.
DATED = re.compile(r"(?i)date|time|publish|posted|stamp|meta|info|byline|تاريخ")
NOT_DATED = re.compile(
    r"(?i)modif|update|comment|related|sidebar|widget|footer|nav|menu|ticker|today|clock|weather|copyright|most-"
)
ASIDE = frozenset(("aside", "nav", "footer", "form", "select", "script", "style", "noscript"))
LINE_LENGTH = 120  # characters of a line that is marked as the date's
BARE_LINE_LENGTH = 60  # of one that is not: a longer one tells a story, and its date is the event's
LINES = 8  # with a digit, that are tried
LINES_AFTER, LINES_BEFORE = 40, 12  # elements around the headline that are looked at
PROSE_LENGTH = 250  # a paragraph this long: the article has begun
DIGIT = re.compile(r"\d")  # of any script
# A dateline: the day stands alone, or before the dash or bracket that ends it.
DATELINE = re.compile(r"^[^\n]{0,60}?(?=\s*(?:[-–—)\n]|$))")
DATELINE_LENGTH = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """Where a page's dates may be read, beside its metadata."""

    link: Link
    url: str  # final URL
    fetched_at: dt.datetime
    timezone: str  # the outlet's
    day_order: DayOrder | None


@dataclass(frozen=True, slots=True)
class Dated:
    """The outcome: the chosen date, all that were found, and when the page says it was last changed."""

    published: DateCandidate | None
    candidates: tuple[DateCandidate, ...]
    modified_at: dt.datetime | None


def date_page(metadata: Metadata, headline: Any, text: str, clues: Clues) -> Dated:
    """Find and weigh the dates of a page. `headline` is the element that holds the title, None where there is none."""
    found = [group for group in _candidates(metadata, headline, text, clues) if group]
    chosen = choose(found)
    kept = dict.fromkeys(group[0] if chosen not in group else chosen for group in found if group)
    return Dated(chosen, tuple(kept), _modified(metadata, clues))


def choose(groups: Iterable[tuple[DateCandidate, ...]]) -> DateCandidate | None:
    """Return the candidate whose day the others support best; None where there is none with a month at least.

    A group holds the readings of one string, the likelier first. Dates good for a month only count when no day is known.
    """
    groups = list(groups)
    days = [group for group in groups if group[0].precision in EXACT_DAY]
    if not days:
        months = [group[0] for group in groups if group[0].precision is Precision.MONTH]
        return min(months, key=lambda c: ORIGINS.index(c.origin), default=None)
    rivals = [(candidate, place) for group in days for place, candidate in enumerate(group)]
    best, _ = max(rivals, key=lambda rival: (_support(rival[0], rival[1], days), -ORIGINS.index(rival[0].origin)))
    # The first line under a headline is the page's date; a later one that names the same day may also name the hour.
    same = [candidate for candidate, _ in rivals if candidate.origin is best.origin and _days(candidate) & _days(best)]
    return min(same, key=lambda candidate: FINENESS.index(candidate.precision))


def _support(candidate: DateCandidate, place: int, groups: list[tuple[DateCandidate, ...]]) -> float:
    """Add up the weights of the origins that name this candidate's day, its own included, each origin once."""
    total = WEIGHT[candidate.origin] * (SWAPPED if place else 1.0)
    best = {candidate.origin: 0.0}
    for group in groups:
        for other_place, other in enumerate(group):
            if other.origin is candidate.origin:
                continue
            weight = WEIGHT[other.origin] * _agreement(candidate, other) * (SWAPPED if other_place else 1.0)
            best[other.origin] = max(best.get(other.origin, 0.0), weight)
    return round(total + sum(best.values()), 3)


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
    strings = [
        *((DateOrigin.JSONLD, raw) for raw in dict.fromkeys(metadata.ld_published)),
        *((DateOrigin.META, raw) for raw in dict.fromkeys(metadata.meta_published)),
        *((DateOrigin.TIME, raw) for raw in _times(metadata.times)),
        *((DateOrigin.VISIBLE, raw) for raw in islice(_lines_near(headline), LINES)),
        *((DateOrigin.TEXT, raw) for raw in _dateline(text)),
    ]
    for origin, raw in strings:
        yield readings(raw, now=clues.fetched_at, day_order=clues.day_order, timezone=clues.timezone, origin=origin)
    yield _from_feed(clues)
    yield _from_url(clues)


def _from_feed(clues: Clues) -> tuple[DateCandidate, ...]:
    raw, moment = clues.link.published_raw, clues.link.published_at
    if moment is not None and EARLIEST <= moment <= clues.fetched_at + LEEWAY:
        return (
            DateCandidate(origin=DateOrigin.FEED, raw=(raw or "")[:RAW_LENGTH], at=moment, precision=Precision.SECOND),
        )
    return readings(
        raw or "", now=clues.fetched_at, day_order=clues.day_order, timezone=clues.timezone, origin=DateOrigin.FEED
    )


def _from_url(clues: Clues) -> tuple[DateCandidate, ...]:
    path = unquote(urlsplit(clues.url).path)
    for pattern in (URL_DAY, URL_MONTH):
        if found := pattern.search(path):
            parts = [part for part in found.groups() if part]
            raw = "-".join((parts[0], *(part.zfill(2) for part in parts[1:])))
            candidate = parse_date(raw, now=clues.fetched_at, timezone=clues.timezone, origin=DateOrigin.URL)
            return (candidate,) if candidate else ()
    return ()


def _times(elements: Iterable[Any]) -> Iterator[str]:
    """Yield what the <time> elements outside of side matter say, those that call themselves published first."""
    sound = [e for e in elements if not _in_side_matter(e)]
    for element in sorted(sound, key=lambda e: not _calls_itself_published(e))[:3]:
        if raw := (element.get("datetime") or "".join(element.itertext())).strip():
            yield raw


def _calls_itself_published(element: Any) -> bool:
    words = f"{element.get('itemprop')} {element.get('class')} {element.get('pubdate') is not None and 'publish'}"
    return "publish" in words.lower()


def _in_side_matter(element: Any) -> bool:
    while element is not None:
        if element.tag in ASIDE or NOT_DATED.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
        element = element.getparent()
    return False


def _lines_near(headline: Any) -> Iterator[str]:
    """Yield short lines with a digit near the headline: after it up to the first paragraph, before it if marked."""
    if headline is None:
        return
    for number, element in enumerate(_following(headline)):
        line = _own_line(element)
        if number >= LINES_AFTER or len(line) > PROSE_LENGTH:
            break
        limit = LINE_LENGTH if DATED.search(_marks(element)) else BARE_LINE_LENGTH
        if len(line) <= limit and DIGIT.search(line) and not _is_side(element):
            yield line
    for number, element in enumerate(_preceding(headline)):
        if number >= LINES_BEFORE:
            break
        line = _own_line(element)
        if len(line) <= LINE_LENGTH and DIGIT.search(line) and not _is_side(element) and DATED.search(_marks(element)):
            yield line


def _following(element: Any) -> Iterator[Any]:
    """Yield the elements after this one in document order, its own children first."""
    yield from element.iterdescendants()
    while element is not None:
        for sibling in element.itersiblings():
            yield from sibling.iter()
        element = element.getparent()


def _preceding(element: Any) -> Iterator[Any]:
    """Yield the elements before this one, the nearest first, without climbing further than three containers."""
    for _ in range(3):
        if element is None or element.tag in ("body", "html"):
            return
        for sibling in element.itersiblings(preceding=True):
            yield from reversed(list(sibling.iter())[:LINES_BEFORE])
        element = element.getparent()


def _own_line(element: Any) -> str:
    """The text that stands in an element itself and in its short inline children."""
    if not isinstance(element.tag, str) or element.tag in ASIDE:
        return ""
    text = " ".join(part for part in (element.text, *(child.tail for child in element)) if part)
    return " ".join(text.split())


def _is_side(element: Any) -> bool:
    return bool(NOT_DATED.search(_marks(element))) or any(parent.tag in ASIDE for parent in element.iterancestors())


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"


def _dateline(text: str) -> Iterator[str]:
    found = DATELINE.match(text)
    if found and found[0] and DIGIT.search(found[0]):
        yield found[0]


def _modified(metadata: Metadata, clues: Clues) -> dt.datetime | None:
    for raw in metadata.modified:
        found = readings(
            raw,
            now=clues.fetched_at,
            day_order=clues.day_order,
            timezone=clues.timezone,
            origin=DateOrigin.META,
            updates=True,
        )
        if found and found[0].precision in EXACT_DAY:
            return found[0].at
    return None
