"""Write one crawl into its spool, attempt by attempt, so that a kill at any byte loses at most the one in flight."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from crawlers.archive.attempt import NEVER_SENT, Answer, answer, answer_fields
from crawlers.archive.fates import FateFile
from crawlers.archive.group import (
    AttemptNote,
    FatesNote,
    Group,
    LinksNote,
    Note,
    aware,
    sound,
    sound_text,
    write_note,
)
from crawlers.archive.manifest import describe_file, write_manifest
from crawlers.archive.message import decode, parse_head, sound_head
from crawlers.archive.originals import Original, Originals
from crawlers.archive.output import Fields, GroupBytes, Output, record_id, target_uri, warc_files
from crawlers.archive.root import Archive
from crawlers.archive.spool import MANIFEST, Contents, CrawlFacts, Held, begin, is_closed, lock, outlet_of, repair
from crawlers.records import ArchiveError, Fetch, FetchOutcome, Link, LinkFate, Manifest, Purpose
from crawlers.state import KnownPage

ROTATE_BYTES = 200_000_000  # a WARC file that has reached this is followed by the next one

_LINKS_IN_NOTE = 500
_Item = TypeVar("_Item")


class CrawlWriter:
    """The spool of one crawl, open for writing. Not thread-safe: the reactor thread writes."""

    def __init__(self, folder: Path, facts: CrawlFacts, archive: Archive | None, rotate_bytes: int) -> None:
        """Use `open`."""
        self._folder = folder
        self._archive = archive
        self._lock = lock(folder)
        self._facts, self._resumed = begin(folder, facts)
        self._originals = Originals(archive)
        self._contents = Contents(held=Held(self._read_payload))
        repair(folder, self._contents, self._remember)
        self._outcomes = self._contents.outcomes
        self._sequence = self._contents.attempts
        self._link_count = self._contents.links
        self._now = self._facts.started_at  # when the last attempt ended: the writer has no clock of its own
        self._output = Output(folder, facts.crawl_id, _warcinfo(self._facts), rotate_bytes)
        self._fates = FateFile(folder / "fates.jsonl")

    @classmethod
    def open(
        cls, spool: Path, facts: CrawlFacts, *, archive: Archive | None = None, rotate_bytes: int = ROTATE_BYTES
    ) -> CrawlWriter:
        """Start the crawl in `spool`/<crawl_id>/, or take it up again where its last process died.

        `archive` is where `previous` pages are looked up before a body is left out. Raises ArchiveError when the
        spool belongs to another outlet, is closed already (publish it), or another process writes it.
        """
        if outlet_of(facts.crawl_id) != facts.outlet:
            raise ArchiveError(f"{facts.crawl_id}: is no crawl of {facts.outlet}")
        if is_closed(spool, facts.crawl_id):
            raise ArchiveError(f"{spool / facts.crawl_id}: the crawl is closed; publish it")
        aware(facts.started_at)
        folder = spool / facts.crawl_id
        folder.mkdir(parents=True, exist_ok=True)
        return cls(folder, facts, archive, rotate_bytes)

    @property
    def facts(self) -> CrawlFacts:
        """The crawl's facts; `started_at` is that of the first process."""
        return self._facts

    @property
    def resumed(self) -> int:
        """How often the crawl was taken up again."""
        return self._resumed

    def held(self) -> Held:
        """Return the attempts that were committed before this process took the crawl up; always the same object."""
        return self._contents.held

    def fetch(
        self,
        fetch: Fetch,
        request_head: bytes,
        response_head: bytes,
        body: bytes,
        *,
        link: Link | None = None,
        previous: KnownPage | None = None,
    ) -> Fetch:
        """Commit one attempt; returns it with sequence, body hash and size, and its place in the archive filled in.

        `body` is as received: Content-Encoding kept, chunked framing undone. Heads are whole HTTP heads; an empty
        `response_head` means that nothing came. `link` is required for purpose `page`. `previous` is what is known of
        the page: an identical payload becomes a revisit of it, and a 304 refers to it.
        The writer numbers the attempts (`sequence` as passed is not used) and decodes the body itself, since this is
        what readers will get: an `ok` attempt whose body does not decode, is over the bound or holds nothing comes
        back with outcome `decode_failed`, `too_large` or `empty`. Go on with the Fetch returned, not the one passed.
        """
        if fetch.purpose is Purpose.PAGE and link is None:
            raise ValueError(f"{fetch.url}: the attempt to fetch a page needs its link")
        self._now = aware(fetch.fetched_at)
        start = self._output.prepare(self._now)
        group = GroupBytes()
        head = sound_head(response_head)
        fetch = replace(sound(fetch), crawl_id=self._facts.crawl_id, sequence=self._sequence)
        if head:
            given = answer(fetch, head, body)
            fetch = self._add_answer(group, _weigh(fetch, given), given, previous, start)
        if request_head and fetch.outcome not in NEVER_SENT:
            fields = self._fields(fetch, {"Content-Type": "application/http; msgtype=request"})
            group.add("request", self._id(fetch, "request"), self._now, fields, sound_head(request_head))
        note = AttemptNote(fetch=fetch, link=sound(link) if link else None)
        fields = self._fields(fetch, {"Content-Type": "application/json"})
        group.add("metadata", self._id(fetch, "metadata"), self._now, fields, write_note(note))
        self._output.write(group)
        self._sequence += 1
        self._outcomes[fetch.outcome.value] += 1
        return fetch

    def links(self, feed_url: str, links: Iterable[Link], problems: Iterable[str] = ()) -> None:
        """Commit what one feed document listed and what was wrong with it; once per document.

        In a resumed crawl the links of a document that are committed already are not written again.
        """
        feed_url = sound_text(feed_url)
        if feed_url in self._contents.feeds:
            self._contents.feeds.discard(feed_url)
            return
        told = tuple(map(sound_text, problems))
        batches = list(_batches(map(sound, links), _LINKS_IN_NOTE)) or [()]
        for number, batch in enumerate(batches):
            last = number == len(batches) - 1
            self._write_note(LinksNote(feed_url=feed_url, links=batch, problems=told if last else (), last=last))
            self._link_count += len(batch)

    def fate(self, fate: LinkFate) -> None:
        """Note what became of one link. Call once for every link, in any order; a resumed crawl notes all of them anew."""
        self._fates.add(fate)

    def close(self, finished_at: dt.datetime, finish_reason: str, stats: Mapping[str, float] | None = None) -> Manifest:
        """Write the fates, finish the files and leave the manifest in the spool; the crawl can then be published.

        Fates are ordered by feed URL and position, whatever the order they became known in. Every file is read back
        to its last record before the manifest vouches for it.
        """
        self._now = aware(finished_at)
        for batch in self._fates.batches():
            self._write_note(FatesNote(fates=batch))
        self._output.prepare(self._now)  # a crawl without a single attempt has a file, too
        self._output.close()
        below = f"{self._facts.outlet}/{self._facts.crawl_id}"
        manifest = Manifest(
            crawl_id=self._facts.crawl_id,
            outlet=self._facts.outlet,
            started_at=self._facts.started_at,
            finished_at=self._now,
            finish_reason=finish_reason,
            resumed=self._resumed,
            forced=self._facts.forced,
            replay=self._facts.replay,
            code_version=self._facts.code_version,
            outlet_sha256=self._facts.outlet_sha256,
            links=self._link_count,
            fates=dict(sorted(self._fates.counts.items())),
            fetches=dict(sorted(self._outcomes.items())),
            files=tuple(describe_file(file, f"{below}/{file.name}") for file in warc_files(self._folder)),
            stats=dict(stats or {}),
        )
        write_manifest(self._folder / MANIFEST, manifest)
        self.suspend()
        return manifest

    def suspend(self) -> None:
        """Let go of the files without closing the crawl: it can be taken up again. Harmless after `close`."""
        self._output.close()
        self._fates.close()
        self._lock.close()
