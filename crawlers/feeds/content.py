"""What the readers of feeds find, and the one place where it becomes links."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import quote, urljoin

from crawlers.feeds.dates import DateDoubt, parse_feed_date
from crawlers.feeds.plain import plain_text
from crawlers.records import Link
from crawlers.urls import canonical, key

ENTRY_LIMIT = 2000  # per feed; a news feed has 10 to 100
# Longer text is cut: the URL is refused for its length anyway, and its key is made from the whole of it.
KEPT_URL = 4096
KEPT_DATE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, as it was written."""

    url: str | None
    title: str | None = None
    dates: tuple[str, ...] = ()  # the strings that may say when it was published, the best first


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a reader found in a feed's bytes."""

    entries: tuple[Entry, ...] = ()
    left_out: int = 0  # entries beyond the limits
    child_feeds: tuple[str | None, ...] = ()
    base: str | None = None  # what links are relative to, where the document says so
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """What a feed offers. `entries` = links + entries without a link + entries left out by a limit."""

    links: tuple[Link, ...] = ()
    child_feeds: tuple[str, ...] = ()  # sitemaps of an index, newest first; the next page of a listing
    problems: tuple[str, ...] = ()  # one line each, for the operator; counts, no text of the feed
    entries: int = 0


def content(found: Found, *, url: str, now: dt.datetime | None) -> FeedContent:
    """Entries → links in the feed's order; what is no link is counted in `problems`. `url` is the feed's own."""
    base = absolute(url, found.base) or url
    made = [
        _link(entry, target, url, position, now)
        for position, entry in enumerate(found.entries)
        if (target := absolute(base, entry.url)) is not None
    ]
    unlinked = len(found.entries) - len(made)
    doubts = Counter(doubt for _, doubt in made if doubt is not None)
    problems = [
        *found.problems,
        *([f"entries without a link: {unlinked}"] if unlinked else []),
        *([f"entries left out by the limits: {found.left_out}"] if found.left_out else []),
        *(f"dates {doubt}: {count}" for doubt, count in sorted(doubts.items())),
    ]
    children = (absolute(base, child) for child in found.child_feeds)
    return FeedContent(
        links=tuple(link for link, _ in made),
        child_feeds=tuple(dict.fromkeys(child for child in children if child and child != url)),
        problems=tuple(problems),
        entries=len(found.entries) + found.left_out,
    )


def published(dates: tuple[str, ...], now: dt.datetime | None) -> tuple[str | None, dt.datetime | DateDoubt | None]:
    """The first of an entry's dates that can be trusted, with its text; else the first text and the doubt."""
    read = [(raw.strip(), parse_feed_date(raw, now)) for raw in dates if raw.strip()]
    sound = [(raw, moment) for raw, moment in read if isinstance(moment, dt.datetime)]
    for raw, moment in sound or read:
        return plain_text(raw, limit=KEPT_DATE), moment
    return None, None


def absolute(base: str, url: str | None) -> str | None:
    """A feed's link made absolute; None when it is empty. Whether it is http(s) is for `judge` to say."""
    text = re.sub(r"[\t\r\n]", "", url).strip() if url else ""
    if not text:
        return None
    try:
        joined = urljoin(base, text)
    except ValueError:  # "http://[broken": nothing to resolve; it is kept as written and refused later
        joined = text
    # Control characters and half surrogates cannot be sent, logged or stored; their escapes can.
    return "".join(c if c.isprintable() or c == " " else quote(c, errors="surrogatepass") for c in joined)


def _link(
    entry: Entry, target: str, feed_url: str, position: int, now: dt.datetime | None
) -> tuple[Link, DateDoubt | None]:
    raw, moment = published(entry.dates, now)
    link = Link(
        key=key(target),
        url=target[:KEPT_URL],
        canonical=canonical(target)[:KEPT_URL],
        feed_url=feed_url,
        position=position,
        title=plain_text(entry.title),
        published_raw=raw,
        published_at=moment if isinstance(moment, dt.datetime) else None,
    )
    return link, moment if isinstance(moment, DateDoubt) else None
