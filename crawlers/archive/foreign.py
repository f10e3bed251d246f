"""One pass over any WARC file: what answers stand where. Trusts nothing that it has not read to the end."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from crawlers.archive.member import DamagedError

STATUS = re.compile(r"HTTP/\d(?:\.\d)?\s+(\d{3})(?!\d)")

_ANSWERS = (WarcRecordType.response, WarcRecordType.revisit)
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What the headers of one response or revisit record say."""

    offset: int
    record_id: str
    url: str
    date: str
    is_http: bool  # the block begins with a status line
    is_revisit: bool
    unmodified: bool  # a revisit that a 304 made
    refers_to: str  # record id, URL and date of what a revisit stands for
    refers_to_url: str
    refers_to_date: str


def glance_at(warc: Path) -> Iterator[Glance]:
    """Yield the response and revisit records of a WARC file, each once the file was read beyond it.

    Raises DamagedError where the file is damaged, cut off, no WARC, or compressed as a whole.
    """
    last, seen, size, trouble = -1, None, warc.stat().st_size, ""
    with warc.open("rb") as stream:
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                if not last < record.stream_pos < size:
                    trouble = "the file is compressed as a whole, not record by record; `warcio recompress` mends that"
                    break
                if seen:  # its checksum was compared on the way here
                    yield seen
                last, seen = record.stream_pos, None
                seen = _glance(record)
        except (OSError, DamagedError) as error:
            trouble = str(error)
        end = _member_end(stream, max(last, 0), size)
    if seen and end:
        yield seen
    if not trouble and end != size:
        trouble = "what follows this record is no record" if end else "the record is cut off"
    if trouble:
        raise DamagedError(max(last, 0), trouble)


def target(record: WarcRecord) -> str:
    """Return the URL of a record; wget writes it in angle brackets."""
    return (record.headers.get("WARC-Target-URI") or "").strip("<> ")


def _glance(record: WarcRecord) -> Glance | None:
    """Read a record to its end and say what it is; None when it is no answer."""
    headers = record.headers
    beginning = record.reader.read(64)
    if str(len(beginning) + record.reader.consume()) != (headers.get("Content-Length") or "").strip():
        raise DamagedError(record.stream_pos, "the record is cut off")
    if record.record_type not in _ANSWERS:
        return None
    return Glance(
        offset=record.stream_pos,
        record_id=headers.get("WARC-Record-ID") or "",
        url=target(record),
        date=headers.get("WARC-Date") or "",
        is_http=STATUS.match(beginning.decode("latin-1")) is not None,
        is_revisit=record.record_type == WarcRecordType.revisit,
        unmodified="server-not-modified" in (headers.get("WARC-Profile") or ""),
        refers_to=headers.get("WARC-Refers-To") or "",
        refers_to_url=headers.get("WARC-Refers-To-Target-URI") or target(record),
        refers_to_date=headers.get("WARC-Refers-To-Date") or "",
    )


def _member_end(stream: BinaryIO, start: int, size: int) -> int:
    """Return where the gzip member at `start` ends, 0 when it is not whole: FastWARC takes a cut for the end.

    A file without compression ends where its records do.
    """
    stream.seek(start)
    inflater = zlib.decompressobj(31)
    data = stream.read(_CHUNK)
    if data[:2] != b"\x1f\x8b":
        return size
    try:
        while data:
            inflater.decompress(data, _CHUNK)
            if inflater.eof:
                return stream.tell() - len(inflater.unused_data)
            data = inflater.unconsumed_tail or stream.read(_CHUNK)
        inflater.flush()
    except zlib.error:
        return 0
    return size if inflater.eof else 0
