"""What kind of page came: the ones that look like articles to an extractor and are none.

Challenge, consent, login and soft-404 pages all come out of an extractor as plausible short articles with a title. They
are told by what their makers say of them: a documented header, a title that is nothing but the phrase, a phrase in a
text that has little else. Broad marks are not used: half the web's good pages carry Cloudflare's scripts, a cookie
banner and a login form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree

from processing.clean.kind_phrases import TEXTS, TITLES
from processing.clean.metadata import Metadata
from processing.records import Reason
from processing.text import fold_plain

Finding = tuple[Reason, str]  # the reason and one line of evidence

HTML_TYPES = (
    "text/html",
    "application/xhtml+xml",
    "application/xml",
    "text/xml",
    "text/plain",
    "application/octet-stream",
)
HTML_START = re.compile(
    rb"(?i)<(?:!doctype\s+html|html|head|body|meta|title|h1|div|p|article|main|section|table|span|script|a)\b"
)
FEED_START = re.compile(
    rb"(?i)\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:rss|feed|rdf:RDF|urlset|sitemapindex)\b", re.DOTALL
)
MAGIC = (
    b"\x89PNG",
    b"GIF8",
    b"\xff\xd8\xff",
    b"%PDF",
    b"PK\x03\x04",
    b"RIFF",
    b"\x1f\x8b",
    b"\x00\x00\x00\x18ftyp",
    b"ID3",
    b"OggS",
)
SNIFFED = 4096  # bytes

SHORT_TEXT = 700  # characters; the longest of such pages measured had 507, and a phrase in a longer text is quoted
TITLE_END = re.compile(r"\s+[|\-–—:·»]\s+|\s*[|»]\s*")
CHALLENGE_MARK = re.compile(
    r"_cf_chl_opt|cf-challenge-running|/_Incapsula_Resource\?|sucuri_cloudproxy_js|ddos-guard/js-challenge|captcha-delivery\.com/c\.js|id=.px-captcha"
)
# Google's documented mark of an article behind a wall, and what sites call the box that asks for the subscription.
NOT_FREE = re.compile(r"(?i)isAccessibleForFree\"?\s*:\s*\"?false")
WALL = re.compile(r"(?i)(?:class|id)=[\"'][^\"']{0,80}(?:pay|reg|subscri(?:be|ption)-?)wall")
LOGIN_PATH = re.compile(r"(?i)/(?:login|log-in|signin|sign-in|wp-login\.php|accounts/login|oauth2?/authorize)/?$")
CONSENT_HOST = re.compile(r"(?i)^(?:consent|guce|privacy-mgmt)\.")
LISTING_PATH = re.compile(
    r"(?i)^/(?:[a-z]{2}/)?(?:category|categories|tags?|authors?|writers?|search|archives?|topics?|section|sections|page|latest|"
    r"kategori|kategoriler|etiket|etiketler|yazar|yazarlar|arama|arsiv|konu|rubrika?|rubrics?|tema|temy|tegi?|poisk|arhiv|avtor|"
    r"تصنيف|وسم|وسوم|قسم|اقسام|أقسام|كاتب|كتاب|بحث|ارشيف|أرشيف)(?:/|$)|/page/\d+/?$|^/(?:[a-z]{2}/)?(?:19|20)\d\d(?:/\d\d?){0,2}/?$|"
    r"[?&](?:s|q|cat|tag|paged?|author|m|search|query|text)="
)
# What the great content systems call the body of such a page: WordPress, Drupal, Joomla.
LISTING_BODY = re.compile(
    r"(?:^|\s)(?:archive|search-results|post-type-archive|author-archive|path-taxonomy|path-search|page-taxonomy|"
    r"view-(?:category|tag|search|archive))(?:\s|$)"
)
BODY_NAMES = etree.XPath("string(//body/@class)")
LISTING_TEXT = 2500  # characters of a page of teasers whose address or build says what it is
HOME_PATH = re.compile(
    r"(?i)/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|homepage|main|default|accueil|anasayfa|ana-sayfa|frontpage)"
    r"(?:\.(?:php|html?|aspx?|jsp|cgi))?/?)?"
)
LISTED_LINES = 6  # lines of the text that are links' texts
LISTED_SHARE = 0.34  # of all its lines
CUT = ("…", "...", "[…]", "[...]")  # how excerpts end
CUT_LINES = 5
FEW_CUT_LINES, CUT_SHARE = 3, 0.4  # of a page of little text: an article has one such line at most, where it is cut off
TEASED_SHARE = 0.6  # of all its lines, where teasers have excerpts
TEASER_PARTS = 8  # elements of a teaser; more are a column of the page
PROSE = 400  # characters of one paragraph; no teaser is so long
LINK_LENGTH = 20  # characters; shorter ones are menus


def foreign(content_type: str, body: bytes) -> str | None:
    """Say why the bytes are no HTML page, or None where they are or may be one."""
    kind = content_type.partition(";")[0].strip().lower()
    head = body[:SNIFFED].lstrip(b"\xef\xbb\xbf")
    if head.startswith(MAGIC):
        return f"the bytes begin like another format, declared {kind or 'nothing'}"
    if FEED_START.match(head):
        return "a feed or sitemap"
    if kind in ("", *HTML_TYPES):
        return None
    if kind.startswith(("image/", "audio/", "video/", "font/")) or not HTML_START.search(head):
        return f"declared {kind}"
    return None


def declared_kind(headers: Iterable[tuple[str, str]], url: str, asked_url: str) -> Finding | None:
    """Tell by the response's headers and address alone."""
    for name, value in headers:
        if name.lower() == "cf-mitigated" and value.strip().lower() == "challenge":
            return Reason.CHALLENGE, "header cf-mitigated: challenge"
        if name.lower() == "x-amzn-waf-action":
            return Reason.CHALLENGE, f"header x-amzn-waf-action: {value.strip()[:20]}"
    parts = urlsplit(url)
    if url != asked_url and CONSENT_HOST.match(parts.netloc):
        return Reason.CONSENT, f"redirected to {parts.netloc}"
    if url != asked_url and LOGIN_PATH.search(parts.path):
        return Reason.LOGIN, f"redirected to {parts.path[:100]}"
    return None


def homepage(url: str) -> Finding | None:
    """Tell by an address that names no page, where nothing said that it is something worse."""
    parts = urlsplit(url)
    is_home = HOME_PATH.fullmatch(parts.path) and not parts.query
    return (Reason.HOMEPAGE, f"the address is a site's or a language's first: {parts.path or '/'}") if is_home else None


def titled_kind(metadata: Metadata, text: str) -> Finding | None:
    """Tell by a title or headline that is nothing but the phrase such pages are titled with, over no prose."""
    if metadata.is_article or _has_prose(text):
        return None
    for line in filter(None, (metadata.title, *metadata.headlines)):
        folded = fold_plain(line[:200])
        for part in {folded, *TITLE_END.split(folded)[:2]}:
            for reason, pattern in TITLES.items():
                if part and pattern.fullmatch(part):
                    return reason, f"titled: {line[:100]}"
    return None


def worded_kind(text: str, markup: str) -> Finding | None:
    """Tell by a short text that holds the phrase; `markup` is asked only where the text is short."""
    if len(text) > SHORT_TEXT:
        return None
    folded = fold_plain(text)
    for reason, pattern in TEXTS.items():
        if found := pattern.search(folded):
            return reason, f"{len(text)} characters with: {found[0][:100]}"
    if found := CHALLENGE_MARK.search(markup):
        return Reason.CHALLENGE, f"{len(text)} characters with {found[0]}"
    return None


def walled(tree: Any, text: str, markup: str) -> Finding | None:
    """Tell a page that gives a few lines of an article and asks for a subscription or registration to read on."""
    if len(text) > SHORT_TEXT:
        return None
    if NOT_FREE.search(markup):
        return Reason.LOGIN, f"{len(text)} characters of an article marked as not free"
    if WALL.search(markup):
        shown = fold_plain(" ".join(" ".join(tree.itertext()).split()))
        if asked := TEXTS[Reason.LOGIN].search(shown):
            return Reason.LOGIN, f"{len(text)} characters beside a wall: {asked[0][:100]}"
    return None


def listing(tree: Any, metadata: Metadata, text: str, url: str) -> Finding | None:
    """Tell a page of teasers: its text is made of the texts of links, and no paragraph of it is prose."""
    if metadata.is_article or _has_prose(text):
        return None
    lines = [line.strip("-• \t") for line in text.split("\n")]
    parts = urlsplit(url)
    address = unquote(parts.path) + (f"?{parts.query}" if parts.query else "")
    declared = metadata.is_listing or bool(LISTING_PATH.search(address) or LISTING_BODY.search(BODY_NAMES(tree)))
    if len(lines) < LISTED_LINES and not declared:
        return None
    texts = (" ".join("".join(a.itertext()).split()) for a in tree.iter("a"))
    links = {link for link in texts if len(link) >= LINK_LENGTH}
    excerpts = _excerpts(tree)
    listed = sum(1 for line in lines if line in links)
    if declared and len(links) >= LISTED_LINES and len(text) < LISTING_TEXT:
        return Reason.LISTING, f"{len(links)} teasers, {len(text)} characters of text"
    if listed >= LISTED_LINES and listed >= LISTED_SHARE * len(lines):
        return Reason.LISTING, f"{listed} of {len(lines)} lines are links"
    cut = sum(1 for line in lines if line.endswith(CUT))
    first = next((line for line in lines if len(line) > 2 * LINK_LENGTH), "")
    few_are_many = len(text) <= 2 * SHORT_TEXT and cut >= max(FEW_CUT_LINES, CUT_SHARE * len(lines))
    if first.endswith(CUT) and (few_are_many or cut >= max(CUT_LINES, LISTED_SHARE * len(lines))):
        return Reason.LISTING, f"{cut} of {len(lines)} lines are cut short"
    teased = sum(1 for line in lines if line in excerpts or line in links)
    if len(excerpts) >= LISTED_LINES and teased >= TEASED_SHARE * len(lines):
        return Reason.LISTING, f"{teased} of {len(lines)} lines are teasers"
    return None


def _excerpts(tree: Any) -> set[str]:
    """Return the lines that stand beside a linked headline, in one container with it."""
    found = set()
    for link in tree.iter("a"):
        heading = link.getparent()
        if heading is None or heading.tag not in ("h2", "h3", "h4", "h5", "strong", "b"):
            continue
        container = heading.getparent()
        if container is None or len(container) > TEASER_PARTS:
            continue
        found |= {" ".join("".join(part.itertext()).split()) for part in container if part is not heading}
        found |= {" ".join(part.tail.split()) for part in container if part.tail}
    return {line for line in found if len(line) >= LINK_LENGTH}


def _has_prose(text: str) -> bool:
    return any(len(line) > PROSE for line in text.split("\n"))
