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
    HEADER = "header"  # Last-Modified of the response; it may support others and is never chosen


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


class ArticleKind(StrEnum):
    """What sort of article a page holds."""

    ARTICLE = "article"
    BULLETIN = "bulletin"  # a digest of several reports; the cleaner never says so, the stage that splits them does
    LIVE_BLOG = "live_blog"
    VIDEO = "video"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True, kw_only=True)
class DateCandidate:
    """One date found for an article, chosen or not."""

    origin: DateOrigin
    raw: str  # as printed, at most 200 characters
    at: dt.datetime  # UTC; start of the day, month or year where that is all there is
    precision: Precision
    timezone: str | None = None  # IANA name or offset that was applied; None: the string carried its own


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Paragraphs that follow one another in one language, within a text of several."""

    start: int  # in characters of the text
    end: int
    language: str  # as Article.language
    confidence: float  # 0-1


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """Cleaned text and metadata of one page."""

    key: str  # SHA-256 (hex) of `canonical`: the same whichever of its addresses led to it
    page_key: str  # Link.key
    outlet: str
    crawl_id: str
    fetch_sequence: int
    url: str  # final URL
    canonical: str  # the address it is known by (processing/clean/identity.py); identity only
    fetched_at: dt.datetime
    title: str
    text: str  # paragraphs parted by one newline; what the outlet wrote, made storable
    authors: tuple[str, ...]
    language: str  # ISO 639-1, ckb for Sorani, und where unknown
    language_confidence: float  # 0-1
    passages: tuple[Passage, ...]  # of a text in several languages, all of it; empty where there is one
    kind: ArticleKind
    published: DateCandidate | None
    date_candidates: tuple[DateCandidate, ...]  # all that were found, the chosen one included
    modified_at: dt.datetime | None
    content_sha256: str  # hex, of title + newline + text
    body_sha256: str  # hex, of the page's bytes
    extractor: str  # library and version
    cleaner: str  # version of our rules
    rules: tuple[str, ...]  # what found and trimmed the text, in order: "body .entry-content", "trimmed"
    flags: tuple[str, ...]  # quality flags, sorted


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A page that is no article, with its reason."""

    key: str  # Link.key
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


class PartKind(StrEnum):
    """What a part of a digest is there for."""

    HEADLINE = "headline"  # the lines at the top: what the digest announces, its title printed again
    SUMMARY = "summary"  # the brief: what each side did, in a line
    SECTION = "section"  # what is reported of a governorate, under its header
    ITEM = "item"  # one report: a bullet, a line with its time, a paragraph among several of a section
    BACKGROUND = "background"  # what happened before: "Recall that", yesterday's report told again
    CLOSE = "close"  # the editors' last word: a constant tail, a copyright line


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a digest's text.

    Top-level parts do not overlap and hold every character that is no white space; a nested part lies within its parent.
    """

    kind: PartKind
    start: int  # in characters of the text, its header and bullet included
    end: int
    parent: int | None = None  # index of the part it is nested in; None: top-level
    header: tuple[int, int] | None = None  # span of the words that name its governorate or actor, colon included
    governorates: tuple[str, ...] = ()  # p-codes: of the section's header; without one, those that the part names
    actors: tuple[str, ...] = ()  # whom the header of a brief names; else whom the part names, in order
    time: str | None = None  # of an item, as printed: "14:30"
    summary_of: tuple[int, ...] = ()  # indexes of the sections and items that a headline or brief repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a text is as a whole: how much it is about Syria, and the parts it falls into where it is a digest."""

    key: str  # Article.key
    content_sha256: str  # of the version it describes
    relevance: float  # 0-1; processing/relevance.py says how it is made
    evidence: tuple[str, ...]  # the mentions that the score rests on, the weightiest first
    parts: tuple[Part, ...]  # in order of the text, a parent before what is nested in it; empty: no digest
    tagger: str  # version of rules and vocabulary
