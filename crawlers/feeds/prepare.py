"""Bytes as received → bytes that are safe and cheap to parse: UTF-8, bounded, from the root element on, no DOCTYPE.

Everything a feed can do to its parser, it does in the first bytes (encodings, entity declarations) or by size, so both
are settled here, before feedparser or lxml sees anything.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import name2codepoint

from crawlers.feeds.charset import charset_of, to_utf8
from crawlers.feeds.content import ENTRY_LIMIT
from crawlers.records import FeedError

BODY_LIMIT = 5 * 2**20  # of a feed; 100,000 items took feedparser 9.5 s and 200 MB
INFLATED_LIMIT = 5 * 8 * 2**20  # of a gzip file: five times what the downloader accepts; a sitemap may have 50 MB
ENTITY_LIMIT = 32  # bytes a declared entity may stand for; real ones are single characters

CONTROLS = bytes(set(range(32)) - set(b"\t\n\r"))

PROLOG = re.compile(rb"(?is)\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>")
ROOTS = rb"rss|rdf|feed|channel|urlset|sitemapindex"
ROOT = re.compile(rb"(?i)<(?:[\w.-]+:)?(" + ROOTS + rb")(?=[\s>/])")
HTML_START = re.compile(rb"(?i)<(?:html|head|body)[\s>]")
ENTITY = re.compile(rb"""<!ENTITY\s{1,20}([\w.-]{1,64})\s{1,20}(?:"([^"]{0,64})"|'([^']{0,64})')\s{0,20}>""")
HARMLESS = re.compile(rb"(?:[^&%<>\\]|&#\d{1,7};|&#x[0-9A-Fa-f]{1,6};|&(?:amp|lt|gt|quot|apos);)*")
REFERENCE = re.compile(rb"&([A-Za-z][\w.-]{0,63});")
CHARACTER_REFERENCE = re.compile(rb"&#(?:[xX]([0-9A-Fa-f]+)|(\d+));?")
PREDEFINED = {b"amp", b"lt", b"gt", b"quot", b"apos"}
ITEM = re.compile(rb"(?i)<(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s>/])")
ITEM_END = re.compile(rb"(?i)</(?:[\w.-]{1,40}:)?(?:item|entry)\s*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A feed's bytes, ready to be parsed."""

    body: bytes  # UTF-8 without BOM; XML begins with its root element
    root: str  # local name of an XML feed's root element, lower case; empty when it is none we know
    is_json: bool
    is_html: bool
    problems: tuple[str, ...]


def prepare(body: bytes, *, content_type: str, language: str | None) -> Prepared:
    """Undo gzip, decode, drop the prolog and what in it is dangerous, resolve entities. FeedError: bad gzip."""
    problems: list[str] = []
    body = _inflated(body, problems)
    body = to_utf8(body, http=charset_of(content_type), declared=None, language=language, notes=problems)
    cleaned = body.translate(None, CONTROLS)
    if len(cleaned) < len(body):
        problems.append(f"control characters removed: {len(body) - len(cleaned)}")
    start, prolog = _root_start(cleaned)
    root = ROOT.match(cleaned, start)
    trimmed = cleaned[start:].lstrip()
    if root:
        trimmed = _with_sound_references(_resolved(trimmed, prolog, problems), problems)
        if start > len(prolog):
            problems.append("text before the feed dropped")
    return Prepared(
        body=trimmed,
        root=root[1].decode().lower() if root else "",
        is_json=not root and trimmed[:1] in (b"{", b"["),
        is_html=not root and bool(HTML_START.match(trimmed) or b"<!doctype html" in prolog.lower()),
        problems=tuple(problems),
    )


def bounded(body: bytes, *, limit: int = BODY_LIMIT) -> tuple[bytes, int]:
    """The body with at most ENTRY_LIMIT entries and about `limit` bytes, still closed at its end, and how many it lost.

    Entries are counted by their start tags, before any parser runs: 5 MiB can hold 700,000 empty ones.
    """
    starts = [found.start() for found in ITEM.finditer(body)]
    ends = [*starts[1:], len(body)] if starts else []
    kept = sum(1 for end in ends[:ENTRY_LIMIT] if end <= limit)
    if kept == len(starts):
        return body[:limit], 0
    tail = len(body)
    for found in ITEM_END.finditer(body, starts[kept]):
        tail = found.end()
    return body[: starts[kept]] + body[tail:][:1024], len(starts) - kept


def _inflated(body: bytes, problems: list[str]) -> bytes:
    """A gzip file's content, up to INFLATED_LIMIT; other bytes as they are."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        inflated = stream.decompress(body, INFLATED_LIMIT)
    except zlib.error as error:
        raise FeedError("a damaged gzip file") from error
    if stream.unconsumed_tail:
        problems.append(f"gzip content cut at {INFLATED_LIMIT} bytes")
    elif not stream.eof:
        problems.append("gzip file cut off")
    return inflated


def _root_start(body: bytes) -> tuple[int, bytes]:
    """Where the root element starts, and the prolog (declaration, comments, DOCTYPE) before it.

    Some feeds have a warning of their own server before them: then the root is looked for behind it.
    """
    end = 0
    while found := PROLOG.match(body, end):
        end = found.end()
    if not ROOT.match(body, end) and body[end : end + 1] not in (b"{", b"[") and not HTML_START.match(body, end):
        found_later = ROOT.search(body, end)
        return (found_later.start() if found_later else end), body[:end]
    return end, body[:end]


def _resolved(body: bytes, prolog: bytes, problems: list[str]) -> bytes:
    """Entity references → characters, from HTML's list and from harmless declarations; the rest stays unresolved."""
    values = dict(_declared(prolog, problems))

    def character(reference: re.Match[bytes]) -> bytes:
        name = reference[1]
        if name in PREDEFINED:
            return reference[0]
        if name in values:
            return values[name]
        code = name2codepoint.get(name.decode())
        return reference[0] if code is None else b"&#%d;" % code

    return REFERENCE.sub(character, body)


def _with_sound_references(body: bytes, problems: list[str]) -> bytes:
    """The same bytes with a replacement character for every reference to what is no XML character (&#xD800;, &#0;).

    One of them makes feedparser raise and loses the whole feed.
    """
    bad = 0

    def checked(reference: re.Match[bytes]) -> bytes:
        nonlocal bad
        digits = reference[1] or reference[2]
        code = int(digits, 16 if reference[1] else 10) if len(digits) < 9 else 0x110000
        if code in (9, 10, 13) or 0x20 <= code < 0xD800 or 0xE000 <= code < 0xFFFE or 0x10000 <= code < 0x110000:
            return reference[0]
        bad += 1
        return b"&#65533;"

    sound = CHARACTER_REFERENCE.sub(checked, body)
    if bad:
        problems.append(f"bad character references replaced: {bad}")
    return sound


def _declared(prolog: bytes, problems: list[str]) -> Iterator[tuple[bytes, bytes]]:
    refused = len(re.findall(rb"<!ENTITY", prolog))
    for found in ENTITY.finditer(prolog):
        value = found[2] if found[2] is not None else found[3]
        if len(value) <= ENTITY_LIMIT and HARMLESS.fullmatch(value):
            refused -= 1
            yield found[1], value
    if refused:
        problems.append(f"entity declarations refused: {refused}")
