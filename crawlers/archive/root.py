"""Read the archive: its crawls, their entries, one page by its place, and how full it is."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from fsspec import AbstractFileSystem
from fsspec.core import url_to_fs
from fsspec.implementations.local import LocalFileSystem

from crawlers.archive.budget import BudgetState, weigh_budget
from crawlers.archive.group import AttemptNote, Exchange, FatesNote, Group, LinksNote, read_groups
from crawlers.archive.manifest import MANIFEST, read_manifest
from crawlers.archive.member import DamagedError, Hashing, Record, read_records
from crawlers.archive.message import decode, parse_head, split_message
from crawlers.archive.spool import CRAWL_ID, outlet_of
from crawlers.records import ArchiveError, Fetch, FetchOutcome, LinkFate, Manifest, Page, Purpose, WarcFile

_ONE_RECORD, _WHOLE_FILE = 256 * 1024, 4 * 1024 * 1024  # bytes asked of an object store at a time
_MAX_HOPS = 8  # from revisit to revisit; ours point at a response at once


class Archive:
    """The published crawls below one root, a local folder or an fsspec URL."""

    def __init__(self, root: str | Path) -> None:
        self.root = str(root)
        self.fs: AbstractFileSystem
        if isinstance(root, Path) or "://" not in root:
            self.fs, self.base = LocalFileSystem(), str(Path(root).absolute())
        else:
            self.fs, self.base = url_to_fs(root)

    def crawl_ids(self, outlet: str | None = None) -> tuple[str, ...]:
        """Return the ids of the complete crawls, of one outlet or all, oldest first."""
        below = f"{self.base}/{outlet}" if outlet else self.base
        self.fs.invalidate_cache()  # an object store's listing is remembered, and other processes publish
        names = (path.rsplit("/", 2) for path in self.fs.find(below))
        found = {folder for _, folder, name in names if name == MANIFEST and CRAWL_ID.fullmatch(folder)}
        return tuple(sorted(found, key=lambda crawl_id: [*crawl_id.split("-")[1:], crawl_id]))

    def manifest(self, crawl_id: str) -> Manifest:
        """Return the manifest of a complete crawl; raises ArchiveError when it is missing or damaged."""
        path = f"{outlet_of(crawl_id)}/{crawl_id}/{MANIFEST}"
        with self.open(path) as file:
            manifest = read_manifest(file.read(), self.name(path))
        if manifest.crawl_id != crawl_id:
            raise ArchiveError(f"{self.name(path)}: is the manifest of {manifest.crawl_id}")
        return manifest

    def entries(self, crawl_id: str) -> Iterator[Fetch | Page | LinkFate]:
        """Yield every attempt and every link's fate of a crawl, in one pass, in memory independent of its size.

        An attempt that brought a page comes as Page (its body may stand in another crawl's file), any other as Fetch.
        Attempts come in the order of their sequence, then the fates. Each file's size and SHA-256 are compared with
        the manifest as it is read: ArchiveError, after the last entry of a damaged file or earlier, names it.
        """
        for group, file in self.groups(crawl_id):
            if isinstance(group.note, FatesNote):
                yield from group.note.fates
            elif isinstance(group.note, AttemptNote):
                fetch = group.note.fetch
                is_page = fetch.purpose is Purpose.PAGE and fetch.outcome is FetchOutcome.OK
                yield self._page(self._exchange(group, file)) if is_page else fetch

    def listed(self, crawl_id: str) -> Iterator[LinksNote]:
        """Yield what each feed document of a crawl listed and what was wrong with it; a long list in several parts."""
        for group, _ in self.groups(crawl_id):
            if isinstance(group.note, LinksNote):
                yield group.note

    def page(self, warc_file: str, warc_offset: int) -> Page:
        """Return the page whose response or revisit record stands at `warc_offset`, or raise ArchiveError."""
        exchange = self.exchange(warc_file, warc_offset)
        if exchange.erased:
            raise ArchiveError(f"{self.name(warc_file)}: at byte {warc_offset}: the page was erased")
        page = self._page(exchange)
        if isinstance(page, Fetch):
            raise ArchiveError(f"{self.name(warc_file)}: at byte {warc_offset}: no page, but {page.outcome}")
        return page

    def exchange(self, warc_file: str, warc_offset: int) -> Exchange:
        """Return the attempt whose response or revisit record stands at `warc_offset`, as it went over the wire."""
        with self._at(warc_file, warc_offset) as stream:
            group = next(read_groups(stream, warc_offset), None)
        if group is None or group.start != warc_offset:
            raise ArchiveError(f"{self.name(warc_file)}: at byte {warc_offset}: no attempt begins here")
        return self._exchange(group, warc_file)

    def original(self, warc_file: str, warc_offset: int) -> tuple[Record, str]:
        """Return the response record at a place, or the one that the revisit there stands for, and its file."""
        for _ in range(_MAX_HOPS):
            with self._at(warc_file, warc_offset) as stream:
                record = next(read_records(stream, warc_offset), None)
            if record is not None and record.kind == "response":
                return record, warc_file
            fetch = self._note_after(record, warc_file)
            if fetch is None or fetch.payload_file is None or fetch.payload_offset is None:
                break
            warc_file, warc_offset = fetch.payload_file, fetch.payload_offset
        raise ArchiveError(f"{self.name(warc_file)}: at byte {warc_offset}: no response record")

    def size(self) -> int:
        """Return the bytes of all files below the root."""
        self.fs.invalidate_cache()
        return sum(info["size"] or 0 for info in self.fs.find(self.base, detail=True).values())

    def budget(self) -> BudgetState:
        """Compare the size with BULLETINS_ARCHIVE_BUDGET_GB (10^9 bytes; 50 by default)."""
        return weigh_budget(self.size())

    def name(self, path: str) -> str:
        """Return the name of a file below the root, as errors give it."""
        return f"{self.root.rstrip('/')}/{path}"

    @contextmanager
    def open(self, path: str, block_size: int = _ONE_RECORD) -> Iterator[BinaryIO]:
        """Open a file below the root for reading; raises ArchiveError when it is not there or leads elsewhere."""
        if path.startswith("/") or ".." in path.split("/"):
            raise ArchiveError(f"{path!r}: leads out of the archive")
        try:
            file = self.fs.open(f"{self.base}/{path}", "rb", block_size=block_size)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as error:
            raise ArchiveError(f"{self.name(path)}: is not in the archive") from error
        with file:
            yield file

    @contextmanager
    def _at(self, path: str, offset: int, block_size: int = _ONE_RECORD) -> Iterator[BinaryIO]:
        """Open a file at an offset; damage read from it becomes ArchiveError."""
        with self.open(path, block_size) as stream:
            try:
                stream.seek(offset)
                yield stream
            except DamagedError as error:
                raise ArchiveError(f"{self.name(path)}: {error}") from error

    def groups(self, crawl_id: str) -> Iterator[tuple[Group, str]]:
        """Yield the groups of a crawl, each with its file, comparing each file with the manifest."""
        for file in self.manifest(crawl_id).files:
            with self._at(file.path, 0, _WHOLE_FILE) as raw:
                stream = Hashing(raw)
                for group in read_groups(stream):
                    yield group, file.path
                self._compare(stream, file)

    def _compare(self, stream: Hashing, file: WarcFile) -> None:
        """Raise ArchiveError when what was read is not what the manifest says."""
        name = self.name(file.path)
        if stream.size != file.size:
            raise ArchiveError(f"{name}: has {stream.size} bytes; its manifest says {file.size}")
        if stream.sha256() not in (file.sha256, file.sha256_before):
            raise ArchiveError(f"{name}: its SHA-256 is {stream.sha256()}; its manifest says {file.sha256}")

    def _exchange(self, group: Group, file: str) -> Exchange:
        """Return the attempt of a group, its body fetched from where it is."""
        exchange = group.exchange()
        if exchange is None:
            raise ArchiveError(f"{self.name(file)}: at byte {group.start}: no attempt")
        fetch = exchange.fetch
        if fetch.payload_file is None or fetch.payload_offset is None or fetch.outcome is FetchOutcome.NOT_MODIFIED:
            return exchange
        record, _ = self.original(fetch.payload_file, fetch.payload_offset)
        return replace(exchange, body=split_message(record.block)[1])

    def _page(self, exchange: Exchange) -> Page | Fetch:
        """Decode a page and prove that it is the one that was hashed when it came."""
        fetch, headers = exchange.fetch, parse_head(exchange.response_head)[1]
        if exchange.link is None or fetch.outcome is not FetchOutcome.OK:
            return fetch
        decoded = decode(exchange.body, headers)
        if decoded.outcome is not FetchOutcome.OK:
            return replace(fetch, outcome=decoded.outcome, detail=decoded.detail)
        found = hashlib.sha256(decoded.body).hexdigest()
        if found != fetch.body_sha256:
            place = f"{self.name(str(fetch.warc_file))}: at byte {fetch.warc_offset}"
            raise ArchiveError(f"{place}: the body's SHA-256 is {found}; it was {fetch.body_sha256} when it came")
        return Page(fetch=fetch, link=exchange.link, headers=headers, body=decoded.body)

    def _note_after(self, record: Record | None, warc_file: str) -> Fetch | None:
        """Return the attempt that a revisit record belongs to."""
        if record is None or record.kind != "revisit":
            return None
        with self._at(warc_file, record.offset) as stream:
            group = next(read_groups(stream, record.offset), None)
        return group.note.fetch if group is not None and isinstance(group.note, AttemptNote) else None
