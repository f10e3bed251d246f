"""A crawl's spool folder: what it holds, and putting it right after the process died.

<spool>/<crawl_id>/crawl.json                 the crawl's facts, how often it was resumed
                   <crawl_id>-00000.warc.gz   … committed attempts and links
                   fates.jsonl                until the crawl is closed; made anew on every resume
                   manifest.json              the crawl is closed: publish it
                   lock                       held by the process that writes
"""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import io
import logging
import os
import re
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from crawlers.archive.group import AttemptNote, Exchange, FatesNote, Group, LinksNote, read_groups, sound_text
from crawlers.archive.manifest import MANIFEST, write_whole
from crawlers.archive.member import DamagedError
from crawlers.archive.output import warc_files
from crawlers.records import ArchiveError, FetchOutcome, Purpose

ReadPayload = Callable[[str, int], bytes]  # path below the archive root, offset -> the body of the response there

CRAWL_ID = re.compile(r"[a-z][a-z0-9_]{1,39}-\d{8}T\d{6}Z-[0-9a-f]{8}")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlFacts:
    """What is known of a crawl when it starts; goes into the warcinfo records and the manifest."""

    crawl_id: str
    outlet: str  # slug
    started_at: dt.datetime  # a resumed crawl keeps its first one
    code_version: str
    outlet_sha256: str
    forced: bool = False
    replay: str | None = None
    user_agent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Begun:
    """What crawl.json says: the facts of the last process that took the crawl up, and how often one did."""

    facts: CrawlFacts
    resumed: int


_BEGUN: TypeAdapter[_Begun] = TypeAdapter(_Begun)


class Held:
    """The attempts a spool holds already, in their order; only places are in memory, bodies are read when taken."""

    def __init__(self, read_payload: ReadPayload) -> None:
        self._read_payload = read_payload
        self._places: dict[bytes, deque[tuple[Path, int]]] = {}

    def add(self, file: Path, offset: int, note: AttemptNote) -> None:
        """Note where an attempt is."""
        name = _attempt_name(note.fetch.purpose, note.fetch.url, note.fetch.key)
        self._places.setdefault(name, deque()).append((file, offset))

    def take(self, purpose: Purpose, url: str, key: str | None = None) -> Exchange | None:
        """Return the first attempt of this purpose, URL and page key not taken yet, None when there is none left.

        Taking them one by one makes a resumed crawl relive its history, retries included; after the last one it asks
        the network. Do not pass a taken attempt to `CrawlWriter.fetch`: it is committed and counted already.
        """
        name = _attempt_name(purpose, url, key)
        places = self._places.get(name)
        if not places:
            return None
        file, offset = places.popleft()
        if not places:
            del self._places[name]
        with file.open("rb") as stream:
            stream.seek(offset)
            exchange = next(read_groups(stream, offset)).exchange()
        if exchange is None:
            raise ArchiveError(f"{file}: at byte {offset}: no attempt")
        fetch = exchange.fetch
        if fetch.payload_file is None or fetch.payload_offset is None or fetch.outcome is FetchOutcome.NOT_MODIFIED:
            return exchange
        return replace(exchange, body=self._read_payload(fetch.payload_file, fetch.payload_offset))

    def __len__(self) -> int:
        """Return how many attempts are left to take."""
        return sum(map(len, self._places.values()))


@dataclass(slots=True, kw_only=True)
class Contents:
    """What a spool was found to hold; filled in by `repair`."""

    held: Held
    attempts: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    links: int = 0
    feeds: set[str] = field(default_factory=set)  # whose links are committed
    parts: int = 0  # links of a list whose last note was not seen yet

    def add(self, file: Path, group: Group) -> None:
        """Count a group."""
        if isinstance(group.note, AttemptNote):
            self.held.add(file, group.start, group.note)
            self.attempts += 1
            self.outcomes[group.note.fetch.outcome.value] += 1
        elif isinstance(group.note, LinksNote):
            self.parts += len(group.note.links)
            if group.note.last:
                self.feeds.add(group.note.feed_url)
                self.links += self.parts
                self.parts = 0


def is_closed(spool: Path, crawl_id: str) -> bool:
    """Tell whether the crawl's spool is complete and waits only to be published."""
    return (spool / crawl_id / MANIFEST).exists()


def lock(folder: Path) -> io.FileIO:
    """Take the folder for this process until the returned file is closed or the process ends, however it ends."""
    file = io.FileIO(folder / "lock", "a")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise ArchiveError(f"{folder}: another process is writing this crawl; wait for it or end it") from error
    return file


def begin(folder: Path, facts: CrawlFacts) -> tuple[CrawlFacts, int]:
    """Note that a process begins the crawl or takes it up again; returns its facts and how often it was resumed."""
    path = folder / "crawl.json"
    resumed = 0
    if path.exists():
        try:
            before = _BEGUN.validate_json(path.read_bytes())
        except ValidationError as error:
            raise ArchiveError(f"{path}: damaged; remove the spool folder to crawl again") from error
        facts, resumed = replace(facts, started_at=before.facts.started_at), before.resumed + 1
    write_whole(path, _BEGUN.dump_json(_Begun(facts=facts, resumed=resumed)))
    return facts, resumed


def outlet_of(crawl_id: str) -> str:
    """Return the slug that a crawl id begins with; raises ArchiveError when it is no crawl id."""
    if not CRAWL_ID.fullmatch(crawl_id):
        raise ArchiveError(f"{crawl_id!r}: no crawl id; expected <outlet>-<YYYYMMDDTHHMMSSZ>-<8 hex digits>")
    return crawl_id.split("-", 1)[0]


def repair(folder: Path, contents: Contents, on_group: Callable[[Group], None]) -> None:
    """Read all files of the folder into `contents`, cutting off what was not committed and the closing fates.

    Only the last file can be cut off by a death, for files are finished one after the other: damage in an earlier
    one raises ArchiveError.
    """
    files = warc_files(folder)
    for number, file in enumerate(files):
        end, closing = _scan(file, contents, on_group, is_last=number == len(files) - 1)
        if end < file.stat().st_size:
            _cut(file, end, closing)
        if closing:
            for later in files[number + 1 :]:
                later.unlink()
            return


def _scan(file: Path, contents: Contents, on_group: Callable[[Group], None], *, is_last: bool) -> tuple[int, bool]:
    """Read one file; returns where its committed part ends and whether the closing fates begin there."""
    end = 0
    with file.open("rb") as stream:
        try:
            for group in read_groups(stream):
                if isinstance(group.note, FatesNote):
                    return (group.start if end else 0), True
                contents.add(file, group)
                on_group(group)
                end = group.end if group.commits else end
        except DamagedError as error:
            if not is_last:
                raise ArchiveError(f"{file}: {error}; remove the spool folder to crawl again") from error
    return end, False


def _cut(file: Path, end: int, closing: bool) -> None:
    """Cut a file's tail off; a file of which nothing is left is removed."""
    if not closing:
        logger.warning("%s: dropping %d bytes that were not committed", file, file.stat().st_size - end)
    if end:
        os.truncate(file, end)
    else:
        file.unlink()


def _attempt_name(purpose: Purpose, url: str, key: str | None) -> bytes:
    """Return what attempts at the same thing have in common, in 16 bytes."""
    text = f"{purpose}\n{key or ''}\n{sound_text(url)}"
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
