"""The records that flow from a page to the rows, and the closed lists behind their codes.

All records are frozen; a later stage makes a new record that carries the earlier one's key. Times are aware UTC.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How exact a publication time is."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateOrigin(StrEnum):
    """Where a publication date was read, best first."""

    JSONLD = "jsonld"
    META = "meta"
    FEED = "feed"
    TIME = "time"  # a <time> element
    URL = "url"
    VISIBLE = "visible"  # a date line near the headline
    TEXT = "text"  # the first lines of the text, a dateline


class Reason(StrEnum):
    """Why a page is no article."""

    NOT_HTML = "not_html"
    UNDECODABLE = "undecodable"
    TOO_LARGE = "too_large"
    EMPTY = "empty"  # no words at all
    TOO_SHORT = "too_short"
    EXTRACT_LOST = "extract_lost"  # words on the page, nothing from the extractor
    LISTING = "listing"
    HOMEPAGE = "homepage"
    SOFT_404 = "soft_404"
    CHALLENGE = "challenge"
    CONSENT = "consent"
    LOGIN = "login"
    PARKED = "parked"


class Quarantine(StrEnum):
    """Why a page is set aside until the cleaner is mended; its bytes stay in the archive."""

    TIMEOUT = "clean_timeout"
    MEMORY = "clean_memory"
    CRASHED = "clean_crashed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """One date found for an article, chosen or not."""

    origin: DateOrigin
    raw: str  # as printed, at most 200 characters
    at: dt.datetime  # UTC; start of the day, month or year where that is all there is
    precision: Precision
    timezone: str | None = None  # IANA name or offset that was applied; None: the string carried its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Cleaned text and metadata of one page."""

    key: str  # Link.key
    outlet: str
    crawl_id: str
    fetch_sequence: int
    url: str  # final URL
    canonical: str
    fetched_at: dt.datetime
    title: str
    text: str  # paragraphs parted by one newline; what the outlet wrote, made storable
    authors: tuple[str, ...]
    language: str  # ISO 639-1, ckb for Sorani, und where unknown
    language_confidence: float  # 0-1
    published: DateCandidate | None
    date_candidates: tuple[DateCandidate, ...]  # all that were found, the chosen one included
    modified_at: dt.datetime | None
    content_sha256: str  # hex, of title + newline + text
    body_sha256: str  # hex, of the page's bytes
    extractor: str  # library and version
    cleaner: str  # version of our rules
    flags: tuple[str, ...]  # quality flags, sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page that is no article, with its reason."""

    key: str
    outlet: str
    crawl_id: str
    fetch_sequence: int
    url: str
    fetched_at: dt.datetime
    reason: Reason | Quarantine
    detail: str  # one line of evidence, at most 300 characters
    body_sha256: str
    cleaner: str


class TagKind(StrEnum):
    """What a tag names."""

    PLACE = "place"
    ACTOR = "actor"
    SOURCE = "source"  # another outlet or a class of source that the article cites


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """A place, actor or cited source found in an article, with its span."""

    key: str  # Article.key
    content_sha256: str  # of the version it was found in
    kind: TagKind
    target: str  # place_id, actor id, outlet slug or source class id
    field: str  # title | text
    start: int  # in characters of that field
    end: int
    matched: str  # the literal characters
    rule: str  # which alias, policy or pattern
    tagger: str  # version
    governorate: str | None = None  # p-code, for places
    confidence: float = 1.0  # 0-1
