"""The records that flow from an outlet's declaration to the archive, and the closed lists of what can become of them.

All records are frozen: a later stage makes a new record that carries the earlier one's key. All times are aware UTC.

    BulletinsError
    ├── OutletError    a declaration in crawlers/outlets is wrong: names the file, the key and what was expected
    ├── FeedError      a feed could not be read at all: names the feed; the cause is chained
    └── ArchiveError   an archive file is missing or damaged: names the file
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum

from crawlers.rules import NOT_DECLARED
from crawlers.rules import Boilerplate as Boilerplate
from crawlers.rules import CleanRules as CleanRules
from crawlers.rules import DayOrder as DayOrder
from crawlers.rules import EarlierRules as EarlierRules


class BulletinsError(Exception):
    """Base of every error this project raises on purpose; its text is one line that says what to do."""


class OutletError(BulletinsError):
    """A mistake in an outlet's TOML file."""


class FeedError(BulletinsError):
    """A feed whose bytes hold no feed at all."""


class ArchiveError(BulletinsError):
    """A WARC file or manifest that is missing, cut off or not what its manifest says."""


class FeedKind(StrEnum):
    """How an outlet offers its list of links."""

    RSS = "rss"  # RSS 0.9x-2.0, RDF, Atom and JSON Feed
    SITEMAP = "sitemap"  # plain, index, news; gzip or not
    LISTING = "listing"  # an HTML page whose links a CSS selector picks


class OutletStatus(StrEnum):
    """Whether an outlet is crawled; only `active` and `unverified` ones are."""

    ACTIVE = "active"
    UNVERIFIED = "unverified"  # believed alive, its addresses not checked against the live site
    BLOCKED = "blocked"  # refuses our requests; not dead
    CLOSED = "closed"  # ceased; reachable by archive backfill only


class FetchOutcome(StrEnum):
    """How one attempt to fetch one URL ended. The only values of `fetches.outcome`."""

    OK = "ok"
    REDIRECTED = "redirected"  # a hop: the next attempt follows it
    NOT_MODIFIED = "not_modified"
    NOT_FOUND = "not_found"  # 404
    GONE = "gone"  # 410
    FORBIDDEN = "forbidden"  # 401, 403, 406, 451
    RATE_LIMITED = "rate_limited"  # 429
    CLIENT_ERROR = "client_error"  # any other 4xx
    SERVER_ERROR = "server_error"  # 5xx
    UNEXPECTED_STATUS = "unexpected_status"  # 1xx, 204, 3xx without a target, 304 that was not asked for
    EMPTY = "empty"  # 200 with no bytes
    TIMEOUT = "timeout"
    DNS_FAILED = "dns_failed"
    CONNECTION_FAILED = "connection_failed"
    TLS_ERROR = "tls_error"
    TRUNCATED = "truncated"  # the connection ended before the body did
    TOO_LARGE = "too_large"
    DECODE_FAILED = "decode_failed"  # a Content-Encoding that does not decode
    REDIRECT_LIMIT = "redirect_limit"
    REDIRECT_OFFSITE = "redirect_offsite"  # to a host outside the outlet's domains
    ADDRESS_BLOCKED = "address_blocked"  # the host resolves to a private or special address
    BAD_URL = "bad_url"  # no http(s), no host, too long, a trap by its form
    ROBOTS_DENIED = "robots_denied"
    ROBOTS_UNREACHABLE = "robots_unreachable"
    NOT_IN_REPLAY = "not_in_replay"  # replay only: the WARC holds no answer


class Purpose(StrEnum):
    """What an attempt was for."""

    ROBOTS = "robots"
    FEED = "feed"
    PAGE = "page"


class Fate(StrEnum):
    """What the crawl did with one discovered link. `fetched` ones are decided by the later stages."""

    FETCHED = "fetched"
    ALREADY_KNOWN = "already_known"  # known and not due for a re-visit
    DUPLICATE_LINK = "duplicate_link"  # the same page was linked earlier in this crawl
    NOT_MODIFIED = "not_modified"  # the server said 304
    REJECTED = "rejected"  # the URL cannot be an article of this outlet; reason is a LinkReason
    ROBOTS_DENIED = "robots_denied"
    FETCH_FAILED = "fetch_failed"  # reason is the last attempt's FetchOutcome
    DEFERRED = "deferred"  # left for the next crawl; reason is a DeferReason


class LinkReason(StrEnum):
    """Why a link was rejected before any request."""

    BAD_URL = "bad_url"
    OFF_DOMAIN = "off_domain"
    NOT_AN_ARTICLE_URL = "not_an_article_url"


class DeferReason(StrEnum):
    """Why a link was left for the next crawl."""

    ROBOTS_UNREACHABLE = "robots_unreachable"
    RATE_LIMITED = "rate_limited"
    CRAWL_LIMIT = "crawl_limit"  # page, time or error limit of the crawl
    INTERRUPTED = "interrupted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One list of links that an outlet offers."""

    kind: FeedKind
    url: str
    language: str | None = None  # ISO 639-1, where a feed has one language
    verified: bool = False  # someone saw it answer in 2026; the evidence stands in `note`
    note: str = ""
    selector: str | None = None  # listing: CSS selector of the <a> elements
    next_selector: str | None = None  # listing: CSS selector of the link to the next page
    max_pages: int = 1  # listing: pages read at most; sitemap index: child sitemaps read at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Affiliation:
    """Who stood behind an outlet, and from when to when. SANA changed hands on one domain."""

    stance: str  # a slug from the closed list in crawlers/outlets.py
    since: str | None = None  # ISO date, possibly only YYYY or YYYY-MM; ends in ~ when approximate
    until: str | None = None  # the same; None: up to now
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Politeness:
    """How gently the outlet is crawled."""

    delay_seconds: float = 5.0  # between two requests to one host; robots.txt may raise it, never lower it
    page_limit: int = 500  # pages fetched in one crawl at most; the rest is deferred
    verify_tls: bool = True  # False weakens provenance and is stored with every fetch


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """What a normal day looks like. Alarms are made from it, filters never."""

    articles_per_day: tuple[int, int] | None = None
    with_date: float | None = None  # share of articles that should have a date, 0-1


@dataclass(frozen=True, slots=True, kw_only=True)
class SamePage:
    """Addresses that are one page: those whose path and query match, and what of them is the page's identity."""

    address: str  # regex of the whole path and query of the canonical form
    identity: str  # a path with the groups of the regex: /story/\1


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A host whose pages are now at another of the outlet's, under the same paths."""

    host: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """Addresses with a number that grows as pages are added, and the days of some of them."""

    address: str  # regex of the whole path and query of the canonical form; its one group is the number
    days: tuple[str, ...]  # "224253 2021-10-02": a page's number and its day; both grow from one to the next


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """A newsroom: one TOML file, whose stem is the slug."""

    slug: str  # ^[a-z][a-z0-9_]{1,39}$; the outlet's name everywhere
    name: str
    name_ar: str | None = None
    name_ru: str | None = None
    home: str
    domains: tuple[str, ...]  # registrable or full hosts; their subdomains are allowed
    languages: tuple[str, ...]
    status: OutletStatus
    status_on: dt.date | None = None  # since when, where known
    status_evidence: str = ""
    about: str = ""
    affiliations: tuple[Affiliation, ...] = ()
    feeds: tuple[Feed, ...] = ()
    articles: tuple[str, ...] = ()  # regexes; a URL is an article's when one matches; empty: every URL is
    not_articles: tuple[str, ...] = ()  # regexes; win over `articles`
    same_pages: tuple[SamePage, ...] = ()  # the first that matches an address holds
    moved: tuple[Moved, ...] = ()
    numbered: tuple[Numbered, ...] = ()  # the first that matches an address holds
    cited_as: tuple[str, ...] = ()  # names by which others cite it
    full_text_public: bool = False  # licence flag that exports honour; False: metadata and extract only
    clean: CleanRules = field(default_factory=CleanRules)
    boilerplate: Boilerplate = field(default_factory=Boilerplate, metadata=NOT_DECLARED)
    declaration_sha256: str = field(default="", metadata=NOT_DECLARED)  # of its TOML file and its known lines
    politeness: Politeness = field(default_factory=Politeness)
    expect: Expect = field(default_factory=Expect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A URL seen in a feed, with what the feed said of it."""

    key: str  # SHA-256 (hex) of the canonical URL: the identity of the page
    url: str  # as the feed wrote it, made absolute; this is what is requested
    canonical: str  # identity only, never requested
    feed_url: str
    position: int  # 0-based place in the feed
    title: str | None = None
    published_raw: str | None = None  # the feed's own string
    published_at: dt.datetime | None = None  # the same, parsed; None when the feed's string has no sound date


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetch:
    """One attempt to fetch one URL."""

    crawl_id: str
    sequence: int  # 0-based within the crawl, in the order attempts ended
    purpose: Purpose
    key: str | None  # Link.key for pages, None for feeds and robots.txt
    url: str  # requested in this attempt (a redirect hop is an attempt of its own)
    first_url: str  # where the chain of redirects began; equals `url` for the first hop
    outcome: FetchOutcome
    detail: str = ""  # one line, at most 300 characters, control characters escaped
    status: int | None = None
    fetched_at: dt.datetime
    elapsed_ms: int | None = None
    content_type: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    redirect_to: str | None = None
    conditional: bool = False  # If-None-Match or If-Modified-Since was sent
    server_ip: str | None = None
    tls_verified: bool | None = None
    body_bytes: int | None = None  # of the decoded body
    body_sha256: str | None = None  # hex, of the decoded body; what the cleaner reads
    warc_file: str | None = None  # path below the archive root
    warc_offset: int | None = None  # of the response (or revisit) record
    payload_file: str | None = None  # where the bytes are when this record is a revisit
    payload_offset: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The bytes received for a link, with when and how."""

    fetch: Fetch  # the attempt that brought them; outcome `ok`
    link: Link
    headers: tuple[tuple[str, str], ...]  # as received, names in their own case
    body: bytes  # decoded (Content-Encoding undone), never decoded to text


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkFate:
    """What the crawl did with one discovered link."""

    link: Link
    fate: Fate
    reason: str = ""  # from the list that the fate names; empty where it has none
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WarcFile:
    """One published archive file."""

    path: str  # below the archive root
    size: int  # bytes
    sha256: str
    records: int
    sha256_before: str | None = None  # it may still have this one: an erasure was about to replace the file


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What one crawl of one outlet did: written last, so that its presence means the crawl is complete."""

    crawl_id: str  # <slug>-<UTC time as YYYYMMDDTHHMMSSZ>-<8 hex>
    outlet: str
    started_at: dt.datetime
    finished_at: dt.datetime
    finish_reason: str  # finished | page_limit | time_limit | error_limit | interrupted | robots_unreachable
    resumed: int  # how often the crawl was taken up again after it died
    forced: bool  # a forced full refetch
    replay: str | None  # name of the replayed WARC, None for the live web
    code_version: str
    outlet_sha256: str  # of the outlet's declaration: its TOML file and its known lines
    links: int  # discovered, to the unit
    fates: dict[str, int]  # links by Fate; sums to `links`
    fetches: dict[str, int]  # attempts by FetchOutcome
    files: tuple[WarcFile, ...]
    stats: dict[str, float]  # Scrapy's counters that an operator may want
