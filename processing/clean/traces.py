"""Where a page shows its date: near the headline, in <time> elements, in its address, in the first lines of its text.

Only strings are found here; what they mean is for `dates`, what they are worth for `dating`. What lies in side matter
(menus, related articles, comments, a banner with today's date) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

URL_DAY = re.compile(
    r"(?<!\d)(20\d\d)([/_-])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(20\d\d)()(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_-]|$)"
)
URL_MONTH = re.compile(r"/(20\d\d)()[/_-](0[1-9]|1[0-2])/()")

# Elements that say by their class, id or itemprop that they hold the date, or that they hold another one.
DATED = re.compile(r"(?i)date|time|publish|posted|stamp|meta|info|byline|تاريخ")
OTHERWISE_DATED = re.compile(r"(?i)modif|update|comment|today|clock|weather|copyright|expir")
PUBLISHED = re.compile(r"(?i)publish")
SIDE_TAGS = frozenset(("aside", "nav", "footer", "form", "select", "script", "style", "noscript"))
SIDE_NAMES = re.compile(
    r"(?i)(?:^|[\s_-])(?:sidebar|footer|comments?|related|top-?bar|masthead|ticker|breaking|navbar|menu)(?:$|[\s_-])"
)
LINE_LENGTH = 120  # characters of a line that is marked as the date's
BARE_LINE_LENGTH = 60  # of one that is not: a longer one tells a story, and its date is the event's
PROSE_LENGTH = 250  # a paragraph this long: the article has begun
INLINE = frozenset(("a", "abbr", "b", "bdi", "em", "font", "i", "small", "span", "strong", "sup", "time", "u"))
INLINE_LIMIT = 6  # elements in one line
AFTER, BEFORE = 40, 12  # elements around the headline that are looked at
CLIMB = 3  # containers around the headline whose earlier parts are looked at
TIMES, LINES = 3, 8  # that are read at most
DIGIT = re.compile(r"\d")  # of any script
# A dateline: a line that is little else than the day, or the words before the dash that ends it.
DATELINE = re.compile(r"[^\n]{0,60}?(?=\s*[-–—]\s)|[^\n]{1,40}$")
DATELINES = 3  # lines of the text that are looked at
MARKED = etree.XPath(
    "//*[contains(@class, 'date') or contains(@class, 'time') or contains(@class, 'publish') or contains(@id, 'date')"
    " or contains(@itemprop, 'datePublished')]"
)


def date_in_url(url: str) -> str | None:
    """Return the day, or else the month, that an address holds, as YYYY-MM-DD or YYYY-MM."""
    path = unquote(urlsplit(url).path)
    found = URL_DAY.search(path) or URL_MONTH.search(path)
    return "-".join(part.zfill(2) for part in found.groups() if part and part.isdigit()) if found else None


def times(elements: Iterable[Any], headline: Any) -> list[str]:
    """Return what <time> elements outside of side matter say, those first that call themselves published."""
    around = _around(headline)
    sound = [element for element in elements if not _aside(element, around, banners=True)]
    sound.sort(key=lambda e: e.get("pubdate") is None and not PUBLISHED.search(_marks(e)))
    said = (element.get("datetime") or "".join(element.itertext()) for element in sound[:TIMES])
    return [raw for raw in map(str.strip, said) if raw]


def lines_near(headline: Any) -> list[str]:
    """Return short lines with a digit near the headline: after it up to the first paragraph, before it if marked."""
    if headline is None:
        return []
    around = _around(headline)
    found: list[str] = []
    for element in islice(_following(headline), AFTER):
        line = _line(element)
        if len(line) > PROSE_LENGTH:
            break
        limit = LINE_LENGTH if DATED.search(_marks(element)) else BARE_LINE_LENGTH
        if len(line) <= limit and DIGIT.search(line) and not _aside(element, around):
            found.append(line)
    for element in islice(_preceding(headline), BEFORE):
        line = _line(element)
        if (
            DIGIT.search(line[:LINE_LENGTH])
            and DATED.search(_marks(element))
            and not _aside(element, around, banners=True)
        ):
            found.append(line)
    return found[:LINES]


def datelines(text: str) -> list[str]:
    """Return what may be a dateline in the first lines of an article's text."""
    found = [DATELINE.match(line) for line in text.split("\n", DATELINES)[:DATELINES]]
    return [line[0] for line in found if line and DIGIT.search(line[0])]


def marked_lines(tree: Any, headline: Any) -> list[str]:
    """Return what elements anywhere on the page hold that are named after the date; for want of a better trace."""
    around = _around(headline)
    found = []
    for element in islice(MARKED(tree), AFTER):
        line = element.get("content") or _line(element)
        if len(line) <= LINE_LENGTH and DIGIT.search(line) and not _aside(element, around, banners=True):
            found.append(line)
    return found[:LINES]


def _following(element: Any) -> Iterator[Any]:
    """Yield the elements after this one in document order, its own children first."""
    yield from element.iterdescendants()
    while element is not None:
        for sibling in element.itersiblings():
            yield from sibling.iter()
        element = element.getparent()


def _preceding(element: Any) -> Iterator[Any]:
    """Yield the elements before this one, the nearest first, without climbing far."""
    for _ in range(CLIMB):
        if element is None or element.tag in ("body", "html"):
            return
        for sibling in element.itersiblings(preceding=True):
            yield from reversed(list(islice(sibling.iter(), BEFORE)))
        element = element.getparent()


def _line(element: Any) -> str:
    """Return the line that stands in an element: all of it where it holds inline elements only, else its own text."""
    if not isinstance(element.tag, str) or element.tag in SIDE_TAGS:
        return ""
    if not len(element):
        return " ".join((element.text or "").split())
    inside = list(islice(element.iterdescendants(), INLINE_LIMIT + 1))
    if len(inside) <= INLINE_LIMIT and all(child.tag in INLINE for child in inside):
        parts = list(element.itertext())
    else:
        parts = [part for part in (element.text, *(child.tail for child in element)) if part]
    return " ".join(" ".join(parts).split())


def _around(headline: Any) -> frozenset[Any]:
    return frozenset() if headline is None else frozenset(headline.iterancestors())


def _aside(element: Any, around: frozenset[Any], *, banners: bool = False) -> bool:
    """Whether an element holds another date than the article's. What surrounds the headline too is never side matter.

    `banners`: a <header> is one, in which many sites print today's date.
    """
    marks = _marks(element)
    if OTHERWISE_DATED.search(marks) and not PUBLISHED.search(marks):
        return True
    return any(
        above.tag in SIDE_TAGS or (banners and above.tag == "header") or SIDE_NAMES.search(_marks(above))
        for above in element.iterancestors()
        if above not in around
    )


def _marks(element: Any) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
