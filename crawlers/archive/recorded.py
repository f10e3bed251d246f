"""Any WARC file as a web that was recorded: what was answered for a URL. For replay and backfill.

Reads what warcio, FastWARC, wget, Heritrix, browsertrix and Common Crawl write, gzip or plain.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from crawlers.archive.message import Headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One recorded answer."""

    url: str  # as the record has it
    offset: int  # of its record in the file
    recorded_at: dt.datetime
    status: int
    start_line: str  # e.g. "HTTP/1.1 200 OK"
    headers: Headers
    body: bytes  # as received: Content-Encoding kept, chunked framing undone
    truncated: str | None = None  # WARC-Truncated: length | time | disconnect | unspecified
    server_ip: str | None = None


def read_responses(warc: Path) -> Iterator[Recorded]:
    """Yield the HTTP responses of a WARC file in order; revisits come with the payload they refer to in the same file.

    Raises ArchiveError, naming file and offset, where the file is damaged, after yielding what stands before.
    """
    raise NotImplementedError


class RecordedWeb:
    """The answers of one WARC file by URL; holds only places in memory."""

    problems: tuple[str, ...]  # what could not be read or resolved, one line each

    def __init__(self, warc: Path) -> None:
        """Read the file once; raises ArchiveError when it is no WARC."""
        raise NotImplementedError

    def answers(self, url: str) -> tuple[int, ...]:
        """Return the offsets of what was answered for `url`, in the order recorded; empty when nothing was.

        URLs that differ in percent-encoding, case of the host, default port or fragment only are the same here.
        """
        raise NotImplementedError

    def read(self, offset: int) -> Recorded:
        """Return the answer at `offset` (from `answers`)."""
        raise NotImplementedError

    def urls(self) -> Iterator[str]:
        """Yield the recorded URLs, normalized, each once."""
        raise NotImplementedError
