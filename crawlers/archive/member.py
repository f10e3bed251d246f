"""Read the WARC files that this project writes: one record per gzip member, strictly.

FastWARC reads faster, but takes a file that ends within a record for one that ends before it (2.0.1). Here a record
is whole, to its checksum, or DamagedError says where it is not; that is what repair and evidence need.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

MAX_RECORD = 64 * 1024 * 1024  # bytes of one record, inflated; the writer stays below it
_CHUNK = 64 * 1024


class Readable(Protocol):
    """What a record is read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Return up to `size` bytes, empty at the end."""


class Hashing:
    """A stream that hashes and counts what is read from it."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._sha256 = hashlib.sha256()
        self.size = 0

    def read(self, size: int = -1, /) -> bytes:
        """Return what the stream returns."""
        data = self._stream.read(size)
        self._sha256.update(data)
        self.size += len(data)
        return data

    def sha256(self) -> str:
        """Return the hash (hex) of what was read so far."""
        return self._sha256.hexdigest()


class DamagedError(ValueError):
    """What stands at an offset is no whole record; `offset` is where it should begin."""

    def __init__(self, offset: int, why: str) -> None:
        super().__init__(f"at byte {offset}: {why}")
        self.offset = offset


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One WARC record."""

    kind: str  # WARC-Type
    headers: dict[str, str]  # WARC headers, names in lower case
    block: bytes
    offset: int  # where its gzip member begins in the file
    end: int  # where the next one begins


def read_records(stream: Readable, offset: int = 0) -> Iterator[Record]:
    """Yield the records from the stream's position on, which is `offset` in the file; raises DamagedError."""
    rest = b""
    while True:
        rest = rest or stream.read(_CHUNK)
        if not rest:
            return
        raw, used, rest = _read_member(stream, rest, offset)
        yield _parse(raw, offset, offset + used)
        offset += used


def _read_member(stream: Readable, data: bytes, offset: int) -> tuple[bytes, int, bytes]:
    """Inflate one gzip member that begins with `data`; returns it, its length in the file, and what was read beyond."""
    inflater = zlib.decompressobj(31)
    parts: list[bytes] = []
    used = inflated = 0
    try:
        while True:
            parts.append(inflater.decompress(data, MAX_RECORD + 1 - inflated))
            inflated += len(parts[-1])
            used += len(data)
            if inflater.eof:
                return b"".join(parts), used - len(inflater.unused_data), inflater.unused_data
            if inflated > MAX_RECORD:
                raise DamagedError(offset, f"a record of more than {MAX_RECORD} bytes")
            data = stream.read(_CHUNK)
            if not data:
                raise DamagedError(offset, "the record is cut off")
    except zlib.error as error:
        raise DamagedError(offset, f"no gzip member: {error}") from error


def _parse(raw: bytes, offset: int, end: int) -> Record:
    """Take one inflated member apart into WARC headers and block."""
    head, blank, rest = raw.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    length = headers.get("content-length", "")
    if not version.startswith("WARC/") or not blank or not length.isdecimal():
        raise DamagedError(offset, "no WARC record")
    if len(rest) != int(length) + 4 or not rest.endswith(b"\r\n\r\n"):
        raise DamagedError(offset, f"a block of {len(rest) - 4} bytes where {length} were announced")
    kind = headers.get("warc-type", "")
    return Record(kind=kind, headers=headers, block=rest[:-4], offset=offset, end=end)
