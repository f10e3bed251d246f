"""Under which address an article is known: that of its link, or one that its page declares or was redirected to.

An address counts that is believable, in this order:

1. what the page declares (`rel=canonical` in its head; without one, `og:url`);
2. where redirects led, which is how a short link becomes its article's address;
3. the link's own.

A copy too many is found by `deduplicate`; two articles taken for one lose a text. So a doubt is enough to ignore what a
page declares, and a flag says that it was. What is wrong on real sites: the canonical is the front page, a section, the
first page of a series or another language's page; it has lost the query that says which article it is; it is the same on
every page. The last cannot be seen from one page, hence the demand that the address be like the one the page came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from crawlers.identity import canonical_of
from crawlers.records import Outlet, Page
from crawlers.urls import URL_LENGTH_LIMIT, digest, judge
from processing.clean.metadata import Metadata
from processing.clean.pagekind import HOME_PATH, LISTING_PATH, LOGIN_PATH

DECLARED = "address_declared"  # the article is known by the address that its page declares
REDIRECTED = "address_redirected"  # it is known by the address that its link led to
DOUBTED = "address_doubted"  # its page declares another address, which is not believed

LANGUAGES = frozenset(
    "ar en ru tr ku kmr ckb fa fr de es it he zh ur english arabic arabi russian turkish kurdish kurdi french farsi".split()
)
VIEWS = frozenset("amp print printable embed mobile full all fullpage single".split())
PAGED = re.compile(
    r"(?i)[?&](?:page|paged|pg|pagenum|pageno|start|offset|limitstart)=\d+|/page[-/]?\d+(?=/|\?|$)|/\d{1,2}(?=\?|$)"
)
DAY = re.compile(r"/((?:19|20)\d\d(?:/\d\d?(?:/\d\d?)?|\d{4}))(?=/|$)")
# An article's number, alone or at an end of its name; a year or a day's date is none, and fewer digits may be a section's.
DATED = r"(?!(?:19|20)\d\d(?!\d)|(?:19|20)\d{6}(?!\d))"
NUMBER = re.compile(rf"(?:^|(?<=[-_])){DATED}\d{{4,}}$|^{DATED}\d{{4,}}(?=[-_])")
NUMBERED = re.compile(r"(?i)(?:^|[_-])(?:id|p|n|nid|aid|no|num|story|article|news|post|item|date|day)$|id$")
ARCHIVED = re.compile(r"(?i)^/(?:[a-z]{2}/)?archives?/\d{5,}")  # some sites' word for articles
PORT = re.compile(r":(\d+)$")
WORDS, SLUG, WIDE_SLUG = 3, 12, 8  # words and characters of a name that no section has


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Which article a page holds."""

    key: str  # SHA-256 (hex) of `canonical`
    canonical: str
    flags: tuple[str, ...] = ()  # DECLARED, REDIRECTED, DOUBTED


def identify(page: Page, outlet: Outlet, metadata: Metadata) -> Identity:
    """Return the identity of the article that a page holds. Pure; never leaves the outlet's domains but for the link's."""
    asked, here = canonical_of(page.link.url, outlet), canonical_of(page.fetch.url, outlet)
    redirected = here != asked and is_place(page.fetch.url, outlet)
    own = here if redirected else asked
    declared, doubted = _declared(own, (asked, here), outlet, metadata)
    chosen = declared or own
    flags = (
        *((DECLARED,) if chosen not in (asked, own) else ()),
        *((REDIRECTED,) if redirected and chosen == own else ()),
        *((DOUBTED,) if doubted else ()),
    )
    return Identity(key=digest(chosen), canonical=chosen, flags=flags)


def is_place(url: str, outlet: Outlet) -> bool:
    """Whether an article can stand at an address: the outlet's own, and no front page, list, log-in or trap."""
    if len(url) > URL_LENGTH_LIMIT or not url.isprintable() or judge(url, outlet) is not None:
        return False
    parts = urlsplit(url)
    path = unquote(parts.path)
    if LOGIN_PATH.search(path) or (HOME_PATH.fullmatch(path) and not parts.query):
        return False
    # Where the declaration says which addresses are articles', it knows better.
    is_list = LISTING_PATH.search(path + (f"?{parts.query}" if parts.query else "")) and not ARCHIVED.search(path)
    return bool(outlet.articles) or not is_list


def is_like(address: str, other: str) -> bool:
    """Whether two canonical forms may be one article's: the first keeps all of the other that tells articles apart."""
    one, two = _Address.of(address), _Address.of(other)
    apart = (
        _is_above(one, two)
        or one.languages != two.languages
        or not (one.day.startswith(two.day) or two.day.startswith(one.day))
        or one.paging != two.paging
        or not two.numbers <= one.numbers
        or not two.numbered <= one.numbered
    )
    same_name = one.name != "" and one.name == two.name
    return not apart and (same_name or (one.host == two.host and bool(one.numbers & two.numbers)))


def _declared(own: str, known: tuple[str, str], outlet: Outlet, metadata: Metadata) -> tuple[str | None, bool]:
    """Return the declared address where it is believed, and whether another one was declared that is not.

    `known` are the link's address and the one where the page was read.
    """
    written = metadata.canonicals or tuple(dict.fromkeys(metadata.og_urls))
    if not written:
        return None, False
    addresses = _identities(written, outlet)
    if addresses and addresses.issubset(known):
        return (known[0] if addresses == {known[0]} else None), False
    if len(addresses) != 1 or not all(_is_whole(url) and is_place(url, outlet) for url in written):
        return None, True
    [address] = addresses
    elsewhere = _identities((*metadata.og_urls, *metadata.ld_urls), outlet)
    # it also says that it is where it was found
    is_disputed = not elsewhere.isdisjoint(known) and address not in elsewhere
    is_short = own in _identities(metadata.shortlinks, outlet) and not _is_above(_Address.of(address), _Address.of(own))
    believed = not is_disputed and _port(address) == _port(own) and (is_short or is_like(address, own))
    return (address, False) if believed else (None, True)


def _identities(urls: Iterable[str], outlet: Outlet) -> set[str]:
    return {canonical_of(url, outlet) for url in urls if len(url) <= URL_LENGTH_LIMIT}


def _is_whole(url: str) -> bool:
    """Whether an address names its host: a relative one is as often a host without its scheme."""
    return url[:8].lower().startswith(("http://", "https://"))


def _port(address: str) -> str:
    found = PORT.search(address.partition("//")[2].partition("/")[0])
    return found[1] if found else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """What a canonical form says of the article: all that may tell it from others."""

    host: str
    segments: tuple[str, ...]
    languages: frozenset[str]  # that path, query and host name
    day: str  # in the path
    paging: tuple[str, ...]
    numbers: frozenset[str]  # in path and query, long enough to be an article's
    numbered: frozenset[str]  # the query's pairs that look like an article's number or day; short numbers in the path
    name: str  # of several words, as no section has it; empty where there is none

    @classmethod
    def of(cls, address: str) -> _Address:
        """Read a canonical form."""
        parts = urlsplit(address)
        segments = tuple(part for part in unquote(parts.path).split("/") if part)
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        whole = [part for part in (*segments[:-1], *(value for _, value in pairs)) if part.isdigit()]
        numbers = frozenset(found for part in (*whole, *segments[-1:]) for found in NUMBER.findall(part))
        host, day = parts.netloc, DAY.search(parts.path)
        short = (part for part in DAY.sub("", parts.path).split("/") if part.isdigit() and len(part) < 4)
        pointed = (f"{name}={value}" for name, value in pairs if NUMBERED.search(name) and value)
        spoken = (*segments[:2], host.partition(".")[0], *(value for _, value in pairs))
        named = [part for part in segments if not part.isdigit() and part.lower() not in VIEWS]
        return cls(
            host=host,
            segments=segments,
            languages=frozenset(part.lower() for part in spoken) & LANGUAGES,
            day=day[1] if day else "",
            paging=tuple(PAGED.findall(f"{parts.path}?{parts.query}" if parts.query else parts.path)),
            numbers=numbers,
            numbered=frozenset((*short, *pointed)),
            name=_name(named[-1]) if named else "",
        )


def _name(segment: str) -> str:
    """Return a name that only one article would have: several words, or digits among letters; else nothing."""
    name = unicodedata.normalize("NFC", segment).strip("-_ ").lower()
    is_long = len(re.findall(r"[^\W_]+", name)) >= WORDS and len(name) >= SLUG
    is_wide = len(name) >= WIDE_SLUG and (
        not name.isascii() or bool(re.search(r"\d", name) and re.search(r"[a-z]", name))
    )
    return name if is_long or is_wide else ""


def _is_above(one: _Address, other: _Address) -> bool:
    """Whether the first is a folder that the second is in, by more than the name of a view."""
    rest = other.segments[len(one.segments) :]
    above = other.segments[: len(one.segments)] == one.segments
    return not one.segments or (above and bool(rest) and not VIEWS.issuperset(part.lower() for part in rest))
