"""The crawl state handed to a spider: what the tables know of an outlet's pages and feeds, as one SQLite file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPage:
    """What is known of a page that was fetched before."""

    key: str  # Link.key
    url: str
    etag: str | None = None
    last_modified: str | None = None
    first_seen_at: dt.datetime
    last_fetched_at: dt.datetime  # any attempt that brought the page or a 304
    last_full_at: dt.datetime | None = None  # last attempt that brought the body
    due: bool = False  # to be visited again in this crawl
    body_sha256: str | None = None
    warc_file: str | None = None  # where the body is: of a response record, not of a revisit
    warc_offset: int | None = None
    warc_record_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownFeed:
    """What is known of a feed that was fetched before."""

    url: str
    etag: str | None = None
    last_modified: str | None = None
    last_full_at: dt.datetime | None = None


def write_state(path: Path, pages: Iterable[KnownPage], feeds: Iterable[KnownFeed]) -> None:
    """Write the state file, whole or not at all, from iterables of any length; an older file is replaced.

    Raises ValueError when two pages have one key or two feeds one URL.
    """
    raise NotImplementedError


class CrawlState:
    """A state file, open for reading by key; only what is asked for is in memory. A context manager."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises BulletinsError, naming it, when it is missing or no state file."""
        raise NotImplementedError

    def page(self, key: str) -> KnownPage | None:
        """Return what is known of the page with this key."""
        raise NotImplementedError

    def feed(self, url: str) -> KnownFeed | None:
        """Return what is known of the feed at this URL."""
        raise NotImplementedError

    def due(self) -> Iterator[KnownPage]:
        """Yield the pages to be visited again, the longest unvisited first."""
        raise NotImplementedError

    def close(self) -> None:
        """Close the file."""
        raise NotImplementedError
