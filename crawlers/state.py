"""The crawl state handed to a spider: what the tables know of an outlet's pages and feeds, as one SQLite file."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from crawlers.records import BulletinsError

_VERSION = 1  # of the file's tables; raised with them
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)

# WITHOUT ROWID keeps each row in the tree of its key, so that a look-up reads one place of the file. No STRICT: it
# needs SQLite 3.37, and RHEL 9 has 3.34.
_SCHEMA = f"""
PRAGMA journal_mode = OFF;
PRAGMA user_version = {_VERSION};
CREATE TABLE pages (
  key TEXT PRIMARY KEY, url TEXT NOT NULL, etag TEXT, last_modified TEXT,
  first_seen_at INTEGER NOT NULL, last_fetched_at INTEGER NOT NULL, last_full_at INTEGER,
  due INTEGER NOT NULL, body_sha256 TEXT, warc_file TEXT, warc_offset INTEGER, warc_record_id TEXT
) WITHOUT ROWID;
CREATE INDEX pages_due ON pages (last_full_at IS NOT NULL, last_fetched_at, key) WHERE due;
CREATE TABLE feeds (
  url TEXT PRIMARY KEY, etag TEXT, last_modified TEXT, last_full_at INTEGER
) WITHOUT ROWID;
"""
_DUE = "SELECT * FROM pages WHERE due ORDER BY last_full_at IS NOT NULL, last_fetched_at, key"  # as crawlers.selection does


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


_PAGE_FIELDS = tuple(field.name for field in fields(KnownPage))  # the tables' columns, in this order
_FEED_FIELDS = tuple(field.name for field in fields(KnownFeed))


def write_state(path: Path, pages: Iterable[KnownPage], feeds: Iterable[KnownFeed]) -> None:
    """Write the state file, whole or not at all, from iterables of any length; an older file is replaced.

    Raises ValueError when two pages have one key or two feeds one URL.
    """
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(part)) as connection:
        connection.executescript(_SCHEMA)
        try:
            with connection:
                connection.executemany(
                    "INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_page_row, pages)
                )
                connection.executemany("INSERT INTO feeds VALUES (?, ?, ?, ?)", map(_feed_row, feeds))
        except sqlite3.IntegrityError as error:
            raise ValueError(f"{path}: given twice: {error}") from error
    part.replace(path)


class CrawlState:
    """A state file, open for reading by key; only what is asked for is in memory. A context manager."""

    def __init__(self, path: Path) -> None:
        """Open the file; raises BulletinsError, naming it, when it is missing or no state file."""
        self._path = path
        if not path.is_file():
            raise BulletinsError(f"{path}: there is no such state file")
        self._connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        try:
            (found,) = self._connection.execute("PRAGMA user_version").fetchone()
        except sqlite3.DatabaseError as error:
            self._connection.close()
            raise BulletinsError(f"{path}: no state file: {error}") from error
        if found != _VERSION:
            self._connection.close()
            raise BulletinsError(f"{path}: a state file of version {found}; expected {_VERSION}. Write it again")

    def page(self, key: str) -> KnownPage | None:
        """Return what is known of the page with this key."""
        row = self._connection.execute("SELECT * FROM pages WHERE key = ?", (_sound(key),)).fetchone()
        return _page(row) if row else None

    def feed(self, url: str) -> KnownFeed | None:
        """Return what is known of the feed at this URL."""
        row = self._connection.execute("SELECT * FROM feeds WHERE url = ?", (_sound(url),)).fetchone()
        return _feed(row) if row else None

    def due(self) -> Iterator[KnownPage]:
        """Yield the pages to be visited, those that we never had first, then the longest unvisited."""
        yield from map(_page, self._connection.execute(_DUE))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def __enter__(self) -> CrawlState:
        """Return the open state."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Close the file."""
        self.close()


def _page_row(page: KnownPage) -> tuple[object, ...]:
    return tuple(_to_sql(getattr(page, name)) for name in _PAGE_FIELDS)


def _feed_row(feed: KnownFeed) -> tuple[object, ...]:
    return tuple(_to_sql(getattr(feed, name)) for name in _FEED_FIELDS)


def _page(row: tuple[Any, ...]) -> KnownPage:
    values = dict(zip(_PAGE_FIELDS, row, strict=True))
    return KnownPage(**_with_times(values) | {"due": bool(values["due"])})


def _feed(row: tuple[Any, ...]) -> KnownFeed:
    return KnownFeed(**_with_times(dict(zip(_FEED_FIELDS, row, strict=True))))


def _to_sql(value: object) -> object:
    """Return a value as SQLite keeps it: times as microseconds since 1970, which order as times do, to the unit."""
    if isinstance(value, dt.datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value.isoformat()}: a time without a zone; expected an aware one")
        return (value - _EPOCH) // dt.timedelta(microseconds=1)
    return _sound(value) if isinstance(value, str) else value


def _with_times(values: dict[str, Any]) -> dict[str, Any]:
    times = {name: value for name, value in values.items() if name.endswith("_at") and value is not None}
    return values | {name: _EPOCH + dt.timedelta(microseconds=value) for name, value in times.items()}


def _sound(text: str) -> str:
    """Return the text as UTF-8 can hold it; SQLite refuses lone surrogates."""
    return text.encode("utf-8", "replace").decode("utf-8")
