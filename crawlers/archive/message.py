"""HTTP messages as bytes: heads taken apart, Content-Encoding undone within a bound. Pure functions."""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from crawlers.records import FetchOutcome

MAX_BODY = 8 * 1024 * 1024  # bytes of a decoded body; more is `too_large`, never held in memory

Headers = tuple[tuple[str, str], ...]

_GZIP, _ZLIB, _RAW_DEFLATE = 31, 15, -15  # zlib's names for the three framings
_MAX_CODINGS = 3  # a body packed more often than this is an attack, not a page
_FOREIGN_CODINGS = {"br", "zstd", "compress", "x-compress", "lzma"}  # never asked for by us
_BLANK_LINE = re.compile(rb"\r?\n\r?\n")


class _TooLarge(Exception):
    """The decoded body is over the bound."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body with its Content-Encoding undone, or why that could not be."""

    outcome: FetchOutcome  # ok, too_large or decode_failed
    body: bytes = b""  # empty unless `ok`
    detail: str = ""


def parse_head(head: bytes) -> tuple[str, Headers]:
    """Take an HTTP head apart: start line, then (name, value) pairs in order, names in their own case, latin-1.

    A folded line is joined to the one before it; a line without a colon is left out. An empty head gives ("", ()).
    """
    lines = head.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").strip("\n").split("\n")
    pairs: list[tuple[str, str]] = []
    for line in lines[1:]:
        if line[:1] in (" ", "\t") and pairs:
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]} {line.strip()}".strip())
        elif ":" in line:
            name, _, value = line.partition(":")
            pairs.append((name.strip(), value.strip()))
    return lines[0].strip(), tuple(pairs)


def split_message(block: bytes) -> tuple[bytes, bytes]:
    """Split an HTTP message at its first blank line into head (with that line) and body; without one, all is head."""
    blank = _BLANK_LINE.search(block)
    return (block, b"") if blank is None else (block[: blank.end()], block[blank.end() :])


def sound_head(head: bytes) -> bytes:
    """Return the head in a form whose end no reader can mistake: CRLF lines, no blank one within, no NUL.

    Transfer-Encoding is renamed, as Common Crawl does, because the body that follows has no chunks any more: a reader
    that believed the header would take the text for chunk sizes.
    """
    lines = [line for line in re.split(rb"[\r\n]+", head.replace(b"\0", b" ")) if line.strip()]
    renamed = [re.sub(rb"(?i)^transfer-encoding(?=\s*:)", b"X-Crawl-Transfer-Encoding", line) for line in lines]
    return b"\r\n".join(renamed) + b"\r\n\r\n" if lines else b""


def header(headers: Headers, name: str) -> str | None:
    """Return the values of a header joined with commas, as HTTP lets one do; None when there is none."""
    values = [value for key, value in headers if key.lower() == name.lower()]
    return ", ".join(values) if values else None


def decode(body: bytes, headers: Headers, limit: int = MAX_BODY) -> Decoded:
    """Undo gzip and deflate as `Content-Encoding` in `headers` says, never making more than `limit` bytes.

    Tokens that name no compression (`identity`, `utf-8`, `none`) are ignored, as browsers do. Never raises.
    """
    codings = [token.strip().lower() for token in (header(headers, "Content-Encoding") or "").split(",")]
    packed = [coding for coding in codings if coding in {"gzip", "x-gzip", "deflate"} | _FOREIGN_CODINGS]
    if len(packed) > _MAX_CODINGS:
        return Decoded(outcome=FetchOutcome.DECODE_FAILED, detail=f"packed {len(packed)} times over")
    try:
        for coding in reversed(packed if body else []):
            body = _unpack(body, coding, limit)
    except _TooLarge:
        return Decoded(outcome=FetchOutcome.TOO_LARGE, detail=f"more than {limit} bytes when decoded")
    except zlib.error as error:
        return Decoded(outcome=FetchOutcome.DECODE_FAILED, detail=f"{', '.join(packed)}: {error}"[:300])
    if len(body) > limit:
        return Decoded(outcome=FetchOutcome.TOO_LARGE, detail=f"{len(body)} bytes, more than {limit}")
    return Decoded(outcome=FetchOutcome.OK, body=body)


def dechunk(body: bytes) -> bytes | None:
    """Undo chunked framing; None when the bytes are not framed so from beginning to end."""
    parts: list[bytes] = []
    at = 0
    while True:
        line_end = body.find(b"\n", at, at + 1024)
        size = body[at : max(line_end, at)].split(b";")[0].strip()
        if line_end < 0 or not re.fullmatch(rb"[0-9A-Fa-f]{1,8}", size):
            return None
        length, start = int(size, 16), line_end + 1
        if length == 0:
            return b"".join(parts)
        end = start + length
        if body[end : end + 1] not in (b"\r", b"\n"):
            return None
        parts.append(body[start:end])
        at = end + (2 if body[end : end + 2] == b"\r\n" else 1)


def _unpack(body: bytes, coding: str, limit: int) -> bytes:
    """Undo one coding; raises zlib.error or _TooLarge."""
    if coding in _FOREIGN_CODINGS:
        raise zlib.error(f"{coding} was not asked for")
    if coding != "deflate":
        return _inflate(body, _GZIP, limit)
    try:
        return _inflate(body, _ZLIB, limit)
    except zlib.error:  # servers send both and call both deflate (RFC 9110, 8.4.1.2)
        return _inflate(body, _RAW_DEFLATE, limit)


def _inflate(body: bytes, framing: int, limit: int) -> bytes:
    """Inflate all members of a body; what follows the last one is ignored, a last one that is cut off is an error."""
    parts: list[bytes] = []
    room = limit + 1
    while body:
        inflater = zlib.decompressobj(framing)
        parts.append(inflater.decompress(body, room))
        room -= len(parts[-1])
        if room <= 0:
            raise _TooLarge
        if not inflater.eof:
            raise zlib.error("the compressed data ends early")
        body = inflater.unused_data if framing == _GZIP and inflater.unused_data[:2] == b"\x1f\x8b" else b""
    return b"".join(parts)
