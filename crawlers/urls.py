"""What a URL is: a page's identity (`canonical`, `key`), whose it is (`allowed`), what speaks against it (`judge`).

Pure functions of text. The canonical form is identity only and is never requested: some outlets answer only to the
exact form their feed wrote. It is made of two layers:

* w3lib's canonicalize_url, which is right about percent-encoding, dot segments, fragments and IPv6;
* our rules below, for what neither w3lib nor courlan merges (http and https, www, trailing slash, AMP and embed views,
  NFC and NFD). courlan's list of tracking parameters is not used: it also drops `uid`, `cid`, `eid` and `source`, which
  are article numbers on some sites, and losing one would make two articles the same.

Two forms are merged only if a site that served different articles under them would be a curiosity. What needs knowledge
of the site (the same number with and without a slug, a moved domain) stands in its declaration (crawlers/identity.py);
what only the page can tell (short links, other forms) is read from it by the cleaner (processing/clean/identity.py).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import quote, unquote, unquote_to_bytes, urlsplit, urlunsplit

import idna
from tld import get_tld
from w3lib.url import canonicalize_url, safe_url_string

from crawlers.records import LinkReason, Outlet

# Longer than this and the downloader would drop the request; measured on what is sent, percent-encoded.
URL_LENGTH_LIMIT = 2048
READ_LIMIT = 16_384  # longer text is no address of a page: its identity is itself (a megabyte of query takes seconds)
# Calendars, session folders and endless relative links; an archive crawler's usual limits.
PATH_SEGMENTS_LIMIT = 12
SAME_SEGMENT_LIMIT = 2
QUERY_KEYS_LIMIT = 6

# Hosts that show the same pages as the bare one. ns2: a mirror that one state agency ran beside its site.
MIRROR = re.compile(r"^(?:www\d?|m|mobile|amp|ns\d)\.")
TRACKING = re.compile(
    r"""(?xi)^(?:
    utm\w* | (?:mtm|pk|piwik|matomo|hsa|vero|oly|mkt|itm|at|wt|ns|ml)_\w+
    | gad_(?:source|campaignid) | mibextid | tblci | traffic_source | __cf_chl_\w+
    | fbclid | gclid | dclid | yclid | ysclid | twclid | ttclid | msclkid | wbraid | gbraid | srsltid | igsh(?:id)?
    | fb_(?:action|comment|ref|source)\w* | mc_[ce]id | _hsenc | _hsmi | _openstat | _ga | _gl | _ke | li_fat_id
    | __twitter_impression | ref | ref_(?:src|url) | referrer | xtor | cmp | cmpid | ncid | s_cid | spm | ocid | smid
    | icid | trk\w* | phpsessid | jsessionid | aspsessionid\w* | replytocom | share | noamp | amp\w* | usqp
    )$"""
)
# These are no identity with these values only; under another value the name may be an article's number.
VIEW_VALUES = {
    "so": {"related"},
    "nb": {"1"},
    "m": {"1"},
    "print": {"", "1", "true", "print"},
    "printable": {"1", "true", "yes"},
    "tmpl": {"component"},
    "layout": {"default"},
    "page": {""},  # Joomla's link to print a page: ?tmpl=component&print=1&page=
    "outputtype": {"amp"},
    "output": {"amp"},
    "isamp": {"1", "true"},
    "format": {"amp", "print"},
    "view": {"amp", "print"},
    "mode": {"amp", "print"},
    "embed": {"", "1", "true"},
    "mobile": {"1", "true"},
    "desktop": {"1", "true"},
    "feature": {"share"},
    "from": {"rss"},
}
SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid)=[^/]*", re.IGNORECASE)
INDEX_FILES = {
    *("index.php", "index.html", "index.htm", "index.asp", "index.aspx", "index.jsp", "index.shtml"),
    *("default.asp", "default.aspx", "default.htm", "default.html"),
}
# Folders that show the same pages as the root: a Laravel site whose public folder is exposed, Joomla without rewriting,
# AMP copies of whole sites.
ROOT_FOLDERS = {"public", "index.php", "amp"}
VIEWS = {"amp", "embed", "print"}
LONE_PAGES = {"embed", "print"}  # alone they are pages of their own, /embed and /print
EXTENSION = re.compile(r"(?i)(?<=[^.])(?:\.amp)?(?:\.html?)?$")
# Trackers put behind an address by someone who did not look whether it had a query: /story&utm_source=x
TRACKED_PATH = re.compile(r"(?i)&(?:amp(?:;|%3B))?(?:utm_\w+|fbclid|gclid)=.*")
# White space and invisible marks that came along when the address was copied, percent-encoded on the way.
ENCODED_EDGE = re.compile(r"(?:%20|%0[9AD]|%C2%A0|%E2%80%8[B-F]|%E2%80%A[A-E]|%EF%BB%BF)+$")

HOST = re.compile(r"(?:[a-z0-9_-]+\.)*[a-z0-9_-]+")
# A percent-encoded ASCII character is passed over; a run of the rest may hold letters that compose with each other.
COMPOSABLE = re.compile(r"%[0-7][0-9A-F]|((?:[A-Za-z0-9._~-]|%[89A-F][0-9A-F])+)")
# Invisible marks that come with copied text and would otherwise stand before the scheme.
EDGES = "".join(map(chr, range(0x21))) + "\x7f\xa0\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufeff"
CONTROL = re.compile(r"[\x00-\x1f\x7f\\]")
PASSES = 20


@lru_cache(maxsize=4096)
def canonical(url: str) -> str:
    """The identity of a page: two URLs of one page have one canonical form. ASCII, idempotent, never raises.

    Text that is no http(s) URL comes back trimmed and percent-encoded.
    """
    for _ in range(PASSES):  # one rule can make room for another (/x.html/amp); two passes are usual
        shorter = _canonical_once(url)
        if shorter == url:
            break
        url = shorter
    return url


def key(url: str) -> str:
    """SHA-256 (64 hex digits) of the canonical form: the page's key everywhere, also as its record's identity."""
    return digest(canonical(url))


def digest(identity: str) -> str:
    """Return the SHA-256 (64 hex digits) of a canonical form."""
    return hashlib.sha256(identity.encode("ascii")).hexdigest()


def allowed(url: str, outlet: Outlet) -> bool:
    """Whether an http(s) URL lies on one of the outlet's domains or below it."""
    host = _host(url)
    if host is None:
        return False
    domains = {domain for domain in map(_ascii_host, outlet.domains) if domain}
    return any(host == d or host.endswith(f".{d}") or _folded_host(host) == _folded_host(d) for d in domains)


def judge(url: str, outlet: Outlet) -> LinkReason | None:
    """Why this URL cannot be an article of this outlet, before any request; None: nothing speaks against it."""
    if _host(url) is None or _is_trap(url):
        return LinkReason.BAD_URL
    if not allowed(url, outlet):
        return LinkReason.OFF_DOMAIN
    if canonical(url) in _doors(outlet):
        return LinkReason.NOT_AN_ARTICLE_URL
    forms = _forms(url)
    if any(re.search(pattern, form) for pattern in outlet.not_articles for form in forms):
        return LinkReason.NOT_AN_ARTICLE_URL
    if outlet.articles and not any(re.search(pattern, form) for pattern in outlet.articles for form in forms):
        return LinkReason.NOT_AN_ARTICLE_URL
    return None


def _canonical_once(url: str) -> str:
    text = _trimmed(url)
    try:
        host = _host(text) if len(text) <= READ_LIMIT else None
        port = urlsplit(text).port if host else None
        normal = urlsplit(canonicalize_url(text)) if host else None
    except ValueError:  # a port or an IPv6 address that is none, a lone surrogate, a label IDN refuses
        host, port, normal = None, None, None
    if host is None or normal is None:
        return quote(text, safe="".join(map(chr, range(0x21, 0x7F))), errors="surrogatepass")
    netloc = _folded_host(host)
    if port not in (None, 80, 443):
        netloc = f"{netloc}:{port}"
    query = _canonical_query(normal.query)
    return urlunsplit(("https", netloc, _canonical_path(normal.path, has_query=bool(query)), query, ""))


def _canonical_path(path: str, *, has_query: bool) -> str:
    """The path without empty segments, its AMP and embed views, index files, root folders and .html."""
    plain = TRACKED_PATH.sub("", SESSION_IN_PATH.sub("", _composed(path)))
    segments = [part for part in (ENCODED_EDGE.sub("", part) for part in plain.split("/")) if part and part != "."]
    while len(segments) > 1 and segments[0].lower() in ROOT_FOLDERS:
        del segments[0]
    while segments and segments[-1].lower() in VIEWS | INDEX_FILES:
        # a lone /amp may be a search (/amp?q=)
        if len(segments) == 1 and segments[-1].lower() in VIEWS and (has_query or segments[-1].lower() in LONE_PAGES):
            break
        del segments[-1]
    if segments:
        segments[-1] = EXTENSION.sub("", segments[-1], count=1)
    return "/" + "/".join(segments)


def _canonical_query(query: str) -> str:
    """The query without tracking parameters, sorted; `a` and `a=` are one."""
    pairs = []
    for pair in _composed(query).split("&"):
        name, _, value = pair.partition("=")
        # ?a=1&amp;b=2: a feed that escaped twice; ??a=1: a tracker put behind an empty query
        name = re.sub(r"^(?:amp(?:;|%3B)|%3F|\?)+", "", name)
        if (name or value) and not _tracks(name, value):
            pairs.append(f"{name}={value}" if value else name)
    return "&".join(sorted(pairs))


def _tracks(name: str, value: str) -> bool:
    name = unquote(name).lower()
    return bool(TRACKING.match(name)) or value.lower() in VIEW_VALUES.get(name, ())


def _composed(encoded: str) -> str:
    """Percent-encoded text with its letters in NFC, so that a name typed on two systems is one name."""

    def compose(run: re.Match[str]) -> str:
        if run[1] is None or "%" not in run[1]:
            return run[0]
        try:
            letters = unquote_to_bytes(run[1]).decode("utf-8")
        except UnicodeDecodeError:  # windows-1256 or -1251 in a URL: its own identity, we cannot know its letters
            return run[0]
        return quote(unicodedata.normalize("NFC", letters), safe="~")

    return COMPOSABLE.sub(compose, encoded)


def _trimmed(url: str) -> str:
    return re.sub(r"[\t\r\n]", "", url).strip(EDGES)


def _host(url: str) -> str | None:
    """The host of an http(s) URL in ASCII, lower case, without its trailing dot; None when there is none."""
    try:
        parts = urlsplit(_trimmed(url))
        if parts.scheme not in ("http", "https") or not parts.hostname or "\\" in parts.netloc:
            return None
        return _ascii_host(parts.hostname)
    except ValueError:
        return None


@lru_cache(maxsize=4096)
def _ascii_host(host: str) -> str | None:
    host = host.lower().strip(".")
    if not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    if ":" in host:
        try:
            return f"[{ip_address(host)}]"
        except ValueError:
            return None
    return host if HOST.fullmatch(host) else None


@lru_cache(maxsize=4096)
def _folded_host(host: str) -> str:
    """The host without www., m., amp. …, as long as what remains is still a name that someone can register."""
    while (found := MIRROR.match(host)) and _registrable(host[found.end() :]):
        host = host[found.end() :]
    return host


def _registrable(host: str) -> bool:
    """Whether a host is more than a public suffix (com.sy, blogspot.com); unknown suffixes are one label long."""
    known = get_tld(f"http://{host}", as_object=True, fail_silently=True, search_private=True)
    if known is None:
        return "." in host and not host.rpartition(".")[2].isdigit()
    return not isinstance(known, str) and known.domain != known.tld


_registrable("example.com")  # loads the list of suffixes now: reading a feed later opens no file


def _is_trap(url: str) -> bool:
    try:
        parts = urlsplit(_trimmed(url))
        has_port_or_none = parts.port is None or parts.port > 0
        sent = safe_url_string(_trimmed(url))
    except ValueError:
        return True
    if "@" in parts.netloc or CONTROL.search(parts.netloc) or not has_port_or_none or len(sent) > URL_LENGTH_LIMIT:
        return True
    segments = [part for part in parts.path.split("/") if part]
    keys = {name for name, _, value in _pairs(parts.query) if not _tracks(name, value)}
    return (
        len(segments) > PATH_SEGMENTS_LIMIT
        or any(segments.count(part) > SAME_SEGMENT_LIMIT for part in set(segments))
        or len(keys) > QUERY_KEYS_LIMIT
    )


def _pairs(query: str) -> list[tuple[str, str, str]]:
    return [pair.partition("=") for pair in query.split("&") if pair]


def _forms(url: str) -> set[str]:
    """How a declaration's regex may have meant this URL: as written, without tracking, and readable."""
    parts = urlsplit(_trimmed(url))
    query = "&".join("".join(pair) for pair in _pairs(parts.query) if not _tracks(pair[0], pair[2]))
    plain = urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, query, ""))
    return {url, plain, unquote(plain)}


@lru_cache(maxsize=256)
def _doors(outlet: Outlet) -> frozenset[str]:
    """The outlet's own entrances, to which some feeds link when an entry has no page: never an article."""
    return frozenset(map(canonical, (outlet.home, *(feed.url for feed in outlet.feeds))))
