"""HTTP messages as bytes: heads taken apart, Content-Encoding undone within a bound. Pure functions."""

from __future__ import annotations

from dataclasses import dataclass

from crawlers.records import FetchOutcome

MAX_BODY = 8 * 1024 * 1024  # bytes of a decoded body; more is `too_large`, never held in memory

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A body with its Content-Encoding undone, or why that could not be."""

    outcome: FetchOutcome  # ok, too_large or decode_failed
    body: bytes = b""  # empty unless `ok`
    detail: str = ""


def parse_head(head: bytes) -> tuple[str, Headers]:
    """Take an HTTP head apart: start line, then (name, value) pairs in order, names in their own case, latin-1."""
    raise NotImplementedError


def decode(body: bytes, headers: Headers, limit: int = MAX_BODY) -> Decoded:
    """Undo gzip and deflate as `Content-Encoding` in `headers` says, never making more than `limit` bytes.

    Tokens that name no compression (`identity`, `utf-8`, `none`) are ignored, as browsers do. Never raises.
    """
    raise NotImplementedError
