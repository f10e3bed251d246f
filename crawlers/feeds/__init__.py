"""Feed bytes → links: RSS 0.9x-2.0, RDF, Atom, JSON Feed, sitemaps, HTML listings. Pure: bytes in, records out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from email.utils import parsedate_to_datetime

from crawlers.feeds import jsonfeed, listing, rss, sitemap
from crawlers.feeds.content import FeedContent, Found, content
from crawlers.feeds.prepare import prepare
from crawlers.records import Feed, FeedError, FeedKind

__all__ = ["FeedContent", "find", "read_feed"]


def read_feed(
    feed: Feed, body: bytes, *, url: str, headers: Mapping[str, str], now: dt.datetime | None = None
) -> FeedContent:
    """The links that one response to a feed's URL holds.

    `url` is where the body came from (after redirects); relative links are resolved against it. `headers` are the
    response's, names in any case: Content-Type, and Date for the upper bound of dates when `now` (aware) is not given.
    Raises FeedError when the bytes hold no feed of this kind. Nothing is opened and no clock is read.
    """
    known = {name.lower(): value for name, value in headers.items()}
    try:
        found = find(feed, body, url=url, content_type=known.get("content-type", ""))
    except FeedError as error:
        raise FeedError(f"{url}: no {feed.kind} feed: {error}") from error.__cause__
    return content(found, url=url, now=now or _server_time(known.get("date")))


def find(feed: Feed, body: bytes, *, url: str, content_type: str) -> Found:
    """The entries of a feed as it wrote them. Raises FeedError."""
    if not body.strip():
        raise FeedError("the body is empty")
    if feed.kind is FeedKind.LISTING:
        return listing.read(feed, body, content_type=content_type)
    prepared = prepare(body, content_type=content_type, language=feed.language)
    if feed.kind is FeedKind.SITEMAP:
        return sitemap.read(prepared, url)
    return jsonfeed.read(prepared) if prepared.is_json else rss.read(prepared, url)


def _server_time(date: str | None) -> dt.datetime | None:
    try:
        moment = parsedate_to_datetime(date) if date else None
    except ValueError:
        return None
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=dt.UTC)
