"""Lay WARC records down in files: one gzip member per record, whole groups at a time, a new file when one is full."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import io
import os
import uuid
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from fastwarc.stream_io import GzipWriter
from fastwarc.warc import WarcRecord, WarcRecordType

Role = Literal["warcinfo", "response", "revisit", "request", "metadata"]
Fields = dict[str, str]

_GZIP_LEVEL = 6  # 0.68 ms for a page of 61 kB, to 24.7 % of its size; level 9: 1.15 ms, 24.6 %
_IDS = uuid.UUID("5c1b54a0-9b0c-5f1e-8d0b-6f1f3f6f2c55")  # name space of our record ids; never change it
_KINDS: dict[Role, WarcRecordType] = {
    "warcinfo": WarcRecordType.warcinfo,
    "response": WarcRecordType.response,
    "revisit": WarcRecordType.revisit,
    "request": WarcRecordType.request,
    "metadata": WarcRecordType.metadata,
}
_URI_ASCII = "!#$%&'()*+,-./:;=?@[]_~"  # besides letters and digits; anything else is percent-encoded


def digest(data: bytes) -> str:
    """Return a WARC digest.

    SHA-1 in base32 because that is what CDX indexes, pywb, warcio and FastWARC look pages up and check by. Identity
    and evidence do not rest on it: notes and manifests carry SHA-256.
    """
    return "sha1:" + base64.b32encode(hashlib.sha1(data, usedforsecurity=False).digest()).decode("ascii")


def record_id(crawl_id: str, name: str, role: str) -> str:
    """Return the id of a record, the same whenever the same crawl writes the same thing."""
    return f"<urn:uuid:{uuid.uuid5(_IDS, f'{crawl_id}/{name}/{role}')}>"


def warc_date(when: dt.datetime) -> str:
    """Return a WARC-Date to the second, which every tool reads; the exact time stands in the note."""
    return when.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def target_uri(url: str) -> str:
    """Return the URL as a header can hold it: ASCII, no control character, no space."""
    return quote(url, safe=_URI_ASCII, errors="replace")


class GroupBytes:
    """The records of one group, compressed in memory, so that they reach the file in one write."""

    def __init__(self) -> None:
        self._buffer = io.BytesIO()

    def add(self, role: Role, identity: str, when: dt.datetime, fields: Fields, block: bytes) -> int:
        """Add a record; returns its offset within the group. `identity` is a whole WARC-Record-ID."""
        offset = self._buffer.tell()
        record = WarcRecord()
        record.init_headers(_KINDS[role])
        headers = record.headers
        headers["WARC-Record-ID"] = identity
        headers["WARC-Date"] = warc_date(when)
        for name, value in fields.items():
            headers.append(name, value)
        headers.append("WARC-Block-Digest", digest(block))
        record.set_bytes_content(block)
        gzip = GzipWriter(self._buffer, compression_level=_GZIP_LEVEL)
        record.write(gzip)
        gzip.finish()
        return offset

    def getvalue(self) -> bytes:
        """Return the compressed records."""
        return self._buffer.getvalue()


class Output:
    """The WARC files of one crawl, of which the last is open. Rotates between groups, never within one."""

    def __init__(self, folder: Path, crawl_id: str, warcinfo: Fields, rotate_bytes: int) -> None:
        """Go on after the files that are in `folder` already."""
        self._folder = folder
        self._crawl_id = crawl_id
        self._warcinfo = warcinfo
        self._rotate_bytes = rotate_bytes
        self._number = max(len(warc_files(folder)) - 1, 0)
        self._file = self._open()

    @property
    def name(self) -> str:
        """Name of the open file."""
        return file_name(self._crawl_id, self._number)

    @property
    def empty(self) -> bool:
        """Whether nothing was written yet."""
        return self._number == 0 and self._end() == 0

    def prepare(self, when: dt.datetime) -> int:
        """Make sure that a group can go into the open file, and return the offset where it will begin."""
        if self._end() >= self._rotate_bytes:
            self.close()
            self._number += 1
            self._file = self._open()
        if self._end() == 0:
            self._write(self._head(when))
        return self._end()

    @property
    def warcinfo_id(self) -> str:
        """Id of the warcinfo record that heads the open file."""
        return record_id(self._crawl_id, str(self._number), "warcinfo")

    def write(self, group: GroupBytes) -> None:
        """Append a group. When the disk is full the file is cut back to what it was, and OSError is raised."""
        self._write(group.getvalue())

    def close(self) -> None:
        """Close the open file, safely on disk."""
        if not self._file.closed:
            os.fsync(self._file.fileno())
            self._file.close()

    def _open(self) -> io.FileIO:
        """Open the current file at its end; unbuffered, so that what is written is the system's, not ours to lose."""
        file = io.FileIO(self._folder / self.name, "ab")
        file.seek(0, os.SEEK_END)
        return file

    def _end(self) -> int:
        return self._file.tell()

    def _write(self, data: bytes) -> None:
        start = self._end()
        try:
            view = memoryview(data)
            while view:
                view = view[self._file.write(view) :]
        except OSError:
            self._file.truncate(start)
            self._file.seek(start)
            raise

    def _head(self, when: dt.datetime) -> bytes:
        """Return the warcinfo record of the open file."""
        lines = (f"{name}: {' '.join(value.split())}\r\n" for name, value in self._warcinfo.items())
        group = GroupBytes()
        fields = {"WARC-Filename": self.name, "Content-Type": "application/warc-fields"}
        group.add("warcinfo", self.warcinfo_id, when, fields, "".join(lines).encode("utf-8", "replace"))
        return group.getvalue()


def file_name(crawl_id: str, number: int) -> str:
    """Return the name of a crawl's nth WARC file."""
    return f"{crawl_id}-{number:05d}.warc.gz"


def warc_files(folder: Path) -> list[Path]:
    """Return the WARC files of a folder in their order."""
    return sorted(folder.glob("*.warc.gz"))
