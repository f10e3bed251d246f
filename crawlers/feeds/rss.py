"""RSS 0.9x-2.0, RDF and Atom through feedparser, which is only ever given a BytesIO.

Given bytes or text, feedparser opens the file or URL that they name: a server could choose what we read.
"""

from __future__ import annotations

import html
import io
import re
from typing import Any
from xml.sax import SAXException

import feedparser

from crawlers.feeds import salvage
from crawlers.feeds.content import Entry, Found
from crawlers.feeds.prepare import Prepared, bounded
from crawlers.records import FeedError

# What feedparser and the sgmllib below it raise on damaged feeds. Seen in 30,000 mutations of real ones: KeyError (a
# place, text input or licence outside its parent), TypeError, ValueError, UnicodeError, OverflowError, AssertionError.
RAISED = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
RAISED_BY_PARSERS = (*RAISED, re.error, SAXException)

# At every call feedparser looks on sys.path for these drivers, which nobody has installed since Python 2.
feedparser.api.PREFERRED_XML_PARSERS.clear()
feedparser.parse(io.BytesIO(b"<rss/>"))  # the first call loads modules; no later one opens anything

# Within the limits of bytes and entries a feed could still hold feedparser up for minutes: it takes up to 0.1 ms for a
# tag, 5 µs for a reference, and quadratic time for a tag's attributes and for an author without a break in it. Real
# feeds have about 40 tags per entry.
TAG_LIMIT = 100_000
REFERENCE_LIMIT = 200_000
TAG_LENGTH_LIMIT = 20_000
WORD_LIMIT = 500
TAG = re.compile(rb"<[^<>]*")
WORD_BYTES = bytes(0x61 if chr(code).isalnum() or chr(code) in "_.+-" else 0x20 for code in range(256))
ABSOLUTE_ID = re.compile(rb"(?i)<(?:\w+:)?(?:guid|id)\b[^<>]{0,200}>\s*(?:<!\[CDATA\[)?\s*(https?://[^<\]\s]+)")


def read(prepared: Prepared, url: str) -> Found:
    """The entries of a feed that came from `url`. Raises FeedError when there is no feed in the bytes."""
    if prepared.root in ("urlset", "sitemapindex"):
        raise FeedError('it is a sitemap: declare the feed with kind = "sitemap"')
    if prepared.is_html:
        raise FeedError("it is an HTML page")
    body, left_out = bounded(prepared.body)
    problems = list(prepared.problems)
    entries = _entries(body, url, problems)
    if not entries and not left_out and not prepared.root:
        raise FeedError("neither RSS, RDF, Atom nor JSON")
    return Found(entries=entries, left_out=left_out, problems=tuple(problems))


def _entries(body: bytes, url: str, problems: list[str]) -> tuple[Entry, ...]:
    """What feedparser reads, or, where it raises or would take minutes, what lxml reads."""
    if _is_costly(body):
        problems.append("too costly for feedparser: links, titles and dates read without it")
        return salvage.entries_of(body)
    try:
        parsed = _feedparser(body, url)
    except RAISED_BY_PARSERS as error:
        problems.append(f"feedparser failed ({type(error).__name__}): links, titles and dates read without it")
        return salvage.entries_of(body)
    if isinstance(parsed.get("bozo_exception"), SAXException):
        problems.append("not well-formed XML: read leniently")
    permalinks = {html.unescape(found[1].decode("utf-8", "replace")) for found in ABSOLUTE_ID.finditer(body)}
    return tuple(_entry(entry, permalinks) for entry in parsed.entries)


def _is_costly(body: bytes) -> bool:
    first, *rest = body.split(b"<![CDATA[")
    markup = first + b"".join(part.partition(b"]]>")[2] if b"]]>" in part else part for part in rest)
    return (
        markup.count(b"<") > TAG_LIMIT
        or markup.count(b"&") > REFERENCE_LIMIT
        or b"a" * WORD_LIMIT in markup.translate(WORD_BYTES)
        or any(len(tag[0]) > TAG_LENGTH_LIMIT for tag in TAG.finditer(markup))
    )


def _feedparser(body: bytes, url: str) -> Any:
    # Titles become plain text and links are judged by us, so feedparser's sanitiser and its links inside HTML are off.
    # Content-Location is how it takes a base; without one it forgets where an xml:base ends.
    return feedparser.parse(
        io.BytesIO(body),
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        resolve_relative_uris=False,
        sanitize_html=False,
    )


def _entry(entry: Any, permalinks: set[str]) -> Entry:
    # dict.get: feedparser's own get() answers a missing `updated` with `published`
    dates = (dict.get(entry, name) for name in ("published", "updated", "created"))
    title = dict.get(entry, "title")
    return Entry(
        url=_page_of(entry, permalinks),
        title=title if isinstance(title, str) else None,
        dates=tuple(date for date in dates if isinstance(date, str)),
    )


def _page_of(entry: Any, permalinks: set[str]) -> str | None:
    """The URL of the entry's page: HTML before other forms, then a permalink guid, then what a proxy says it hides."""
    links = [link for link in dict.get(entry, "links") or () if link.get("rel") == "alternate" and link.get("href")]
    pages = [link for link in links if "html" in (link.get("type") or "html")]
    guid = dict.get(entry, "id")
    # feedparser takes an empty <link/> for a link, and resolves a guid like "123" as if it were an address.
    is_permalink = guid in permalinks and (dict.get(entry, "guidislink") or dict.get(entry, "link") == "")
    candidates = [link["href"] for link in (*pages, *links)]
    for candidate in (*candidates, guid if is_permalink else None, dict.get(entry, "feedburner_origlink")):
        if isinstance(candidate, str) and candidate.strip():
            return candidate
    return None
