"""Write one crawl into its spool, attempt by attempt, so that a kill at any byte loses at most the one in flight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from crawlers.archive.attempt import Answer, AttemptRecords, store, weigh
from crawlers.archive.fates import FateFile
from crawlers.archive.group import AttemptNote, FatesNote, Group, LinksNote, aware, sound, sound_text, write_note
from crawlers.archive.manifest import MANIFEST, describe_file, write_manifest
from crawlers.archive.member import read_records
from crawlers.archive.message import split_message
from crawlers.archive.originals import Original, Originals
from crawlers.archive.output import Fields, GroupBytes, Output, record_id, target_uri, warc_files
from crawlers.archive.root import Archive
from crawlers.archive.spool import Contents, CrawlFacts, Held, begin, is_closed, lock, outlet_of, repair
from crawlers.records import ArchiveError, Fetch, FetchOutcome, Link, LinkFate, Manifest, Purpose
from crawlers.state import KnownPage

ROTATE_BYTES = 200_000_000  # a WARC file that has reached this is followed by the next one

_LINKS_IN_NOTE = 500


class CrawlWriter:
    """The spool of one crawl, open for writing. Not thread-safe: the reactor thread writes."""

    def __init__(self, folder: Path, facts: CrawlFacts, archive: Archive | None, rotate_bytes: int) -> None:
        """Use `open`, which sees to it that the folder is this process's alone."""
        self._folder = folder
        self._archive = archive
        self._facts, self._resumed = begin(folder, facts)
        self._now = self._facts.started_at  # when the last attempt ended: the writer has no clock of its own
        self._originals = Originals(archive)
        self._contents = Contents(held=Held(self._read_payload))
        repair(folder, self._contents, self._remember)
        self._outcomes = self._contents.outcomes
        self._sequence = self._contents.attempts
        self._link_count = self._contents.links
        self._output = Output(folder, facts.crawl_id, _warcinfo(self._facts), rotate_bytes)
        self._fates = FateFile(folder / "fates.jsonl")
        self._open_files: list[Callable[[], None]] = [self._output.close, self._fates.close]

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
        locked = lock(folder)
        try:
            writer = cls(folder, facts, archive, rotate_bytes)
        except BaseException:
            locked.close()
            raise
        writer._open_files.append(locked.close)
        return writer

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
        records = AttemptRecords(self._output.warcinfo_id)
        fetch = replace(sound(fetch), crawl_id=self._facts.crawl_id, sequence=self._sequence, fetched_at=self._now)
        given = None
        if response_head.strip():
            given = store(fetch, response_head, body)
            fetch, original = self._place(weigh(fetch, given), given, previous, start)
            records.add_answer(fetch, given, original)
        records.add_request(fetch, request_head)
        records.add_note(fetch, link)
        self._output.write(records.group)
        self._sequence += 1
        self._outcomes[fetch.outcome.value] += 1
        if given is not None:
            self._originals.remember(fetch, given.payload_digest)
        return fetch

    def links(self, feed_url: str, links: Iterable[Link], problems: Iterable[str] = ()) -> None:
        """Commit what one feed document listed and what was wrong with it; once per document.

        In a resumed crawl the links of a document that are committed already are not written again.
        """
        feed_url = sound_text(feed_url)
        if feed_url in self._contents.feeds:
            self._contents.feeds.discard(feed_url)
            return
        listed = [sound(link) for link in links]
        parts = [tuple(listed[at : at + _LINKS_IN_NOTE]) for at in range(0, len(listed), _LINKS_IN_NOTE)] or [()]
        notes = [LinksNote(feed_url=feed_url, links=part, last=False) for part in parts]
        notes[-1] = replace(notes[-1], problems=tuple(map(sound_text, problems)), last=True)
        self._write_notes(notes)
        self._link_count += len(listed)

    def fate(self, fate: LinkFate) -> None:
        """Note what became of one link. Call once for every link, in any order; a resumed crawl notes them all anew."""
        self._fates.add(fate)

    def close(self, finished_at: dt.datetime, finish_reason: str, stats: Mapping[str, float] | None = None) -> Manifest:
        """Write the fates, finish the files and leave the manifest in the spool; the crawl can then be published.

        Fates are ordered by feed URL and position, whatever the order they became known in. Every file is read back
        to its last record before the manifest vouches for it. When this fails the crawl is suspended: take it up
        again with `open`.
        """
        try:
            return self._close(aware(finished_at), finish_reason, dict(stats or {}))
        finally:
            self.suspend()

    def suspend(self) -> None:
        """Let go of the files without closing the crawl: it can be taken up again. Harmless after `close`."""
        for close in self._open_files:
            close()

    def __enter__(self) -> CrawlWriter:
        """Return the writer; leaving the block suspends it."""
        return self

    def __exit__(self, *exception: object) -> None:
        """Suspend."""
        self.suspend()

    def _close(self, finished_at: dt.datetime, finish_reason: str, stats: dict[str, float]) -> Manifest:
        self._now = finished_at
        for batch in self._fates.batches():
            self._write_notes([FatesNote(fates=batch)])
        if self._output.empty:  # a crawl that tried nothing and found nothing has a file, too
            self._output.prepare(self._now)
        self._output.close()
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
            files=tuple(describe_file(file, self._published(file.name)) for file in warc_files(self._folder)),
            stats=stats,
        )
        write_manifest(self._folder / MANIFEST, manifest)
        return manifest

    def _place(
        self, fetch: Fetch, given: Answer, previous: KnownPage | None, start: int
    ) -> tuple[Fetch, Original | None]:
        """Say where the answer will stand, and where its payload does when that is kept already."""
        if fetch.outcome is FetchOutcome.NOT_MODIFIED:
            original = self._originals.last_known(previous)
        else:
            original = self._originals.same_payload(fetch, given.payload_digest, given.body, previous)
        return replace(
            fetch,
            warc_file=self._published(self._output.name),
            warc_offset=start,
            payload_file=original.file if original else None,
            payload_offset=original.offset if original else None,
        ), original

    def _write_notes(self, notes: Sequence[LinksNote | FatesNote]) -> None:
        """Commit notes that belong to no attempt, all of them or none, dated when the last attempt ended."""
        start = self._output.prepare(self._now)
        group = GroupBytes()
        for number, note in enumerate(notes):
            name = f"{self._output.name}@{start}/{number}"  # notes have no number of their own; their place is unique
            fields = {"Content-Type": "application/json", "WARC-Warcinfo-ID": self._output.warcinfo_id}
            if isinstance(note, LinksNote):
                fields["WARC-Target-URI"] = target_uri(note.feed_url)
            group.add(
                "metadata", record_id(self._facts.crawl_id, name, "metadata"), self._now, fields, write_note(note)
            )
        self._output.write(group)

    def _remember(self, group: Group) -> None:
        """Take up what a committed group of an earlier process leaves to know."""
        if isinstance(group.note, AttemptNote):
            self._now = group.note.fetch.fetched_at
            if group.answer is not None:
                self._originals.remember(group.note.fetch, group.answer.headers.get("warc-payload-digest", ""))

    def _published(self, name: str) -> str:
        """Return the path below the archive root that a file of the spool will have."""
        return f"{self._facts.outlet}/{self._facts.crawl_id}/{name}"

    def _read_payload(self, file: str, offset: int) -> bytes:
        """Read the body of a response record, of this crawl or an earlier one."""
        folder, _, name = file.rpartition("/")
        if folder == f"{self._facts.outlet}/{self._facts.crawl_id}":
            with (self._folder / name).open("rb") as stream:
                stream.seek(offset)
                return split_message(next(read_records(stream, offset)).block)[1]
        if self._archive is None:
            raise ArchiveError(f"{file}: needed to resume the crawl, but no archive was given")
        return split_message(self._archive.original(file, offset)[0].block)[1]


def _warcinfo(facts: CrawlFacts) -> Fields:
    """Return what heads each file of the crawl."""
    return {
        "software": f"syria-bulletins/{facts.code_version}",
        "format": "WARC File Format 1.1",
        "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
        "isPartOf": facts.crawl_id,
        "description": f"crawl of the outlet {facts.outlet}"
        + (f", replayed from {facts.replay}" if facts.replay else ""),
        "robots": "obey",
        "http-header-user-agent": facts.user_agent,
    }
