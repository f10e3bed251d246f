"""Any WARC file as a web that was recorded: what was answered for a URL. For replay and backfill.

Reads what warcio, FastWARC, wget, Heritrix, browsertrix and Common Crawl write, gzip (one member per record) or plain.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

from fastwarc.warc import ArchiveIterator

from crawlers.archive.foreign import STATUS, Glance, glance_at, target
from crawlers.archive.member import DamagedError
from crawlers.archive.message import Headers, dechunk, header, parse_head, split_message
from crawlers.records import ArchiveError

_MAX_BLOCK = 64 * 1024 * 1024  # bytes of one record; more is cut off, and said to be
_MAX_PROBLEMS = 1000  # lines kept; a file with more of them is not worth more memory
_PERCENT = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9\-._~]")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One recorded answer."""

    url: str  # as the record has it
    offset: int  # of its record in the file
    recorded_at: dt.datetime  # the start of 1970 where the record's date is no date
    status: int
    start_line: str  # e.g. "HTTP/1.1 200 OK"
    headers: Headers  # Transfer-Encoding renamed, so also a Content-Encoding that was undone when it was recorded
    body: bytes  # as received: Content-Encoding kept, chunked framing undone
    truncated: str | None = None  # WARC-Truncated: length | time | disconnect | unspecified
    server_ip: str | None = None


class RecordedWeb:
    """The answers of one WARC file by URL; holds only places in memory."""

    def __init__(self, warc: Path) -> None:
        """Read the file once; raises ArchiveError when it is no WARC or holds no answer to any http(s) request."""
        self._warc = warc
        self._offsets: dict[str, list[int]] = {}
        self._payloads: dict[int, int] = {}  # offset of a revisit: offset of the response that has its payload
        self._problems: list[str] = []
        self.damage: str | None = None  # where the file could not be read on
        self._index()
        if not self._offsets:
            raise ArchiveError(self.damage or f"{warc}: holds no HTTP response")

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be read or resolved, one line each; at most 1000."""
        return tuple(self._problems)

    def answers(self, url: str) -> tuple[int, ...]:
        """Return the offsets of what was answered for `url`, in the order recorded; empty when nothing was.

        URLs that differ in percent-encoding, case of the host, default port or fragment only are the same here.
        """
        return tuple(sorted(self._offsets.get(lookup_key(url), ())))

    def read(self, offset: int) -> Recorded:
        """Return the answer at `offset` (from `answers`)."""
        own = self._read(offset)
        if offset not in self._payloads:
            return own
        original = self._read(self._payloads[offset])
        if not own.status:  # the revisit came without a head of its own
            return replace(original, url=own.url, offset=offset, recorded_at=own.recorded_at, server_ip=own.server_ip)
        coding = header(original.headers, "Content-Encoding")
        headers = tuple(pair for pair in own.headers if pair[0].lower() != "content-encoding")
        headers += (("Content-Encoding", coding),) if coding else ()
        return replace(own, headers=headers, body=original.body, truncated=original.truncated)

    def urls(self) -> Iterator[str]:
        """Yield the recorded URLs, normalized, each once."""
        yield from self._offsets

    def offsets(self) -> Iterator[int]:
        """Yield the offsets of all answers in the order of the file."""
        yield from sorted(offset for offsets in self._offsets.values() for offset in offsets)

    def _index(self) -> None:
        """Note where each answer is that can be given again; what follows a damaged place cannot be reached."""
        by_id: dict[str, int] = {}
        by_date: dict[tuple[str, str], int] = {}
        revisits: list[Glance] = []
        try:
            for glance in glance_at(self._warc):
                if not glance.url.lower().startswith(("http://", "https://")) or glance.unmodified:
                    continue  # a 304 answers its own request only
                if glance.is_revisit:
                    revisits.append(glance)
                elif not glance.is_http:
                    self._complain(glance.offset, f"{glance.url}: no HTTP response")
                else:
                    key = lookup_key(glance.url)
                    self._offsets.setdefault(key, []).append(glance.offset)
                    by_id[glance.record_id] = by_date[key, glance.date] = glance.offset
        except DamagedError as error:
            self.damage = f"{self._warc}: {error}"
            self._problems.append(self.damage)
        for glance in revisits:
            date = (lookup_key(glance.refers_to_url), glance.refers_to_date)
            payload = by_id.get(glance.refers_to, by_date.get(date))
            if payload is None:
                self._complain(glance.offset, "a revisit of what this file does not hold")
            else:
                self._payloads[glance.offset] = payload
                self._offsets.setdefault(lookup_key(glance.url), []).append(glance.offset)

    def _read(self, offset: int) -> Recorded:
        """Read one record, a revisit without its payload; its status is 0 where it has no head."""
        with self._warc.open("rb") as stream:
            stream.seek(offset)
            try:
                record = next(ArchiveIterator(stream, parse_http=False))
                block = record.reader.read(_MAX_BLOCK + 1)
            except (OSError, ValueError, StopIteration) as error:
                raise ArchiveError(f"{self._warc}: at byte {offset}: no record that can be read") from error
        head, body = split_message(block)
        start_line, headers = parse_head(head)
        headers, body = _as_received(headers, body)
        status = STATUS.match(start_line)
        return Recorded(
            url=target(record),
            offset=offset,
            recorded_at=_date(record.headers.get("WARC-Date") or ""),
            status=int(status[1]) if status else 0,
            start_line=start_line,
            headers=headers,
            body=body,
            truncated="length" if len(block) > _MAX_BLOCK else record.headers.get("WARC-Truncated"),
            server_ip=record.headers.get("WARC-IP-Address"),
        )

    def _complain(self, offset: int, why: str) -> None:
        if len(self._problems) < _MAX_PROBLEMS:
            self._problems.append(f"{self._warc}: at byte {offset}: {why}")


def read_responses(warc: Path) -> Iterator[Recorded]:
    """Yield the HTTP responses of a WARC file in order; revisits come with the payload they refer to in the same file.

    Raises ArchiveError, naming file and offset, where the file is damaged, after yielding what stands before.
    """
    web = RecordedWeb(warc)
    for offset in web.offsets():
        yield web.read(offset)
    if web.damage:
        raise ArchiveError(web.damage)


def lookup_key(url: str) -> str:
    """Return what two spellings of one URL have in common. For looking up only: identity is `crawlers.urls.key`."""
    url = url.strip().strip("<>")
    try:
        parts = urlsplit(url)
        netloc = parts.netloc.lower().removesuffix(_DEFAULT_PORTS.get(parts.scheme, ":"))
        host = netloc if netloc.isascii() else netloc.encode("idna").decode("ascii")
    except ValueError:  # no URL by any rule; also UnicodeError
        return url
    path, query = (
        _PERCENT.sub(_plainest, quote(part, safe="%!$&'()*+,/:;=?@", errors="replace")) for part in parts[2:4]
    )
    return urlunsplit((parts.scheme, host, path or "/", query, ""))


def _plainest(percent: re.Match[str]) -> str:
    """Return a percent-encoded byte in its one normal form (RFC 3986, 6.2.2)."""
    character = chr(int(percent[1], 16))
    return character if _UNRESERVED.fullmatch(character) else percent[0].upper()


def _as_received(headers: Headers, body: bytes) -> tuple[Headers, bytes]:
    """Bring head and body into agreement: archives keep the head of the wire over a body that was unpacked."""
    rename = {"transfer-encoding"}
    if "chunked" in (header(headers, "Transfer-Encoding") or "").lower():
        unchunked = dechunk(body)
        body = body if unchunked is None else unchunked
    if "gzip" in (header(headers, "Content-Encoding") or "").lower() and body and body[:2] != b"\x1f\x8b":
        rename.add("content-encoding")
    return tuple((f"X-Crawl-{name}" if name.lower() in rename else name, value) for name, value in headers), body


def _date(text: str) -> dt.datetime:
    """Read a WARC-Date; the start of 1970 where it is no date."""
    try:
        when = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        return dt.datetime.fromtimestamp(0, dt.UTC)
    return when.replace(tzinfo=dt.UTC) if when.tzinfo is None else when.astimezone(dt.UTC)
