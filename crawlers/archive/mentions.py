"""Where the archive speaks of pages that were erased: what must be replaced, record by record.

    attempts at the page     answer and request go, of the note stay key, outcome and time
    lists and fates          the link keeps its key
    feed documents           one that listed the page goes: its bytes hold title, address, at times the text
    revisits of its payload  those of the page itself go; another page's bytes are its own, too: then the payload stays
                             where it is, under that page's address, and the revisits name that address

A scan reads every record, since a page may be in the feeds of any outlet. It finds what an earlier, interrupted erasure
left as well, so that to do it again is to finish it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from crawlers.archive.group import AttemptNote, FatesNote, Group, LinksNote
from crawlers.archive.member import Record
from crawlers.archive.output import target_uri
from crawlers.archive.root import Archive
from crawlers.records import Fetch, Link, Purpose

Place = tuple[str, int]  # file below the root, offset


class Kind(StrEnum):
    """What stands in a record that must be replaced."""

    PAYLOAD = "payload"  # a response: the page's bytes
    REVISIT = "revisit"
    REQUEST = "request"
    NOTE = "attempt"  # the metadata of an attempt
    LISTS = "link lists"  # metadata: what a feed listed, or what became of links
    FEED = "feed"  # a response: a feed's bytes
    HANDED_ON = "handed on"  # a response whose bytes are another page's, too: it gets that page's address
    POINTER = "pointer"  # another page's revisit that names the erased address


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One record to replace."""

    kind: Kind
    file: str
    offset: int
    end: int
    uri: str = ""  # handed on, pointer: the address to stand there


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a scan found."""

    crawls: tuple[str, ...]  # every one scanned
    touched: tuple[str, ...]  # those that know the pages, whether or not anything in them is to be replaced
    changes: tuple[Change, ...]  # in the order of the archive
    heirs: tuple[str, ...]  # keys of other pages whose bytes are an erased page's, too
    known: frozenset[str]  # those of the pages looked for that the archive has ever heard of, erased already or not
    counts: dict[str, int]  # changes by kind


@dataclass(slots=True)
class _Slot:
    """A response of an erased page: who else's it is comes out later."""

    crawl_id: str
    record: Change
    uri: str  # what it says now
    heirs: dict[str, str]  # of other pages: address by key


class Scan:
    """One pass over crawls, oldest first; may be continued with crawls that came in meanwhile."""

    def __init__(self, erased: Collection[str]) -> None:
        """Look for the pages with these keys."""
        self._erased = frozenset(erased)
        self._crawls: list[str] = []
        self._touched: dict[str, None] = {}
        self._known: set[str] = set()
        self._changes: list[Change] = []
        self._slots: dict[Place, _Slot] = {}
        self._pointers: list[tuple[Place, Change, str]] = []
        self._feeds: dict[str, list[Place]] = {}  # of the crawl being read: payloads by address
        self._feed_slots: dict[Place, _Slot] = {}

    def read(self, archive: Archive, crawl_ids: Iterable[str]) -> None:
        """Read crawls that were not read yet; raises ArchiveError where one is damaged."""
        for crawl_id in crawl_ids:
            if crawl_id in self._crawls:
                continue
            self._feeds, self._feed_slots = {}, {}
            for group, file in archive.groups(crawl_id):
                self._look(crawl_id, group, file)
            self._crawls.append(crawl_id)

    def found(self) -> Found:
        """Return what is to be done, as far as was read."""
        changes = [*self._changes, *(change for slot in self._slots.values() if (change := _settled(slot)))]
        for place, change, uri in self._pointers:
            first = next(iter(self._slots[place].heirs.values()))
            if uri != first:
                changes.append(replace(change, uri=first))
        changes = list({(change.file, change.offset): change for change in changes}.values())
        changes.sort(key=lambda change: (change.file, change.offset))
        return Found(
            crawls=tuple(self._crawls),
            touched=tuple(self._touched),
            changes=tuple(changes),
            heirs=tuple(sorted({key for slot in self._slots.values() for key in slot.heirs})),
            known=frozenset(self._known),
            counts=dict(Counter(change.kind.value for change in changes)),
        )

    def _look(self, crawl_id: str, group: Group, file: str) -> None:
        note = group.note
        if isinstance(note, AttemptNote):
            if note.fetch.key in self._erased:
                self._known.add(note.fetch.key)
                self._attempt(crawl_id, group, note, file)
            else:
                self._other(crawl_id, group, note.fetch, file)
            return
        links = note.links if isinstance(note, LinksNote) else [fate.link for fate in note.fates]
        known = self._erased.intersection(link.key for link in links)
        if not known:
            return
        self._known |= known
        self._touched[crawl_id] = None
        if isinstance(note, LinksNote):
            for place in self._feeds.get(note.feed_url, ()):
                self._slots.setdefault(place, self._feed_slots[place])
        if without(note, self._erased) != note:
            self._changes.append(Change(kind=Kind.LISTS, file=file, offset=group.note_at, end=group.end))

    def _attempt(self, crawl_id: str, group: Group, note: AttemptNote, file: str) -> None:
        self._touched[crawl_id] = None
        if group.answer and group.answer.kind == "response":
            self._slots[file, group.answer.offset] = _slot(crawl_id, Kind.PAYLOAD, group.answer, file)
        elif group.answer:
            self._changes.append(_change(Kind.REVISIT, group.answer, file))
        if group.request:
            self._changes.append(_change(Kind.REQUEST, group.request, file))
        if not note.erased:
            self._changes.append(Change(kind=Kind.NOTE, file=file, offset=group.note_at, end=group.end))

    def _other(self, crawl_id: str, group: Group, fetch: Fetch, file: str) -> None:
        """Look at an attempt at something else: it may be a feed's, or share an erased page's payload."""
        if group.answer is None:
            return
        own = file, group.answer.offset
        payload = own
        if fetch.payload_file is not None and fetch.payload_offset is not None:
            payload = fetch.payload_file, fetch.payload_offset
        if fetch.purpose is Purpose.FEED:
            if payload == own:
                self._feed_slots[own] = _slot(crawl_id, Kind.FEED, group.answer, file)
            if payload in self._feed_slots:
                self._feeds.setdefault(fetch.url, []).append(payload)
        slot = self._slots.get(payload) or self._feed_slots.get(payload)
        if slot and payload != own and fetch.key:
            slot.heirs[fetch.key] = slot.heirs.get(fetch.key, target_uri(fetch.url))
            if payload in self._slots and slot.record.kind is Kind.PAYLOAD:
                self._touched[crawl_id] = None
                pointer = _change(Kind.POINTER, group.answer, file)
                self._pointers.append((payload, pointer, group.answer.headers.get("warc-refers-to-target-uri", "")))


def without(note: LinksNote | FatesNote, erased: Collection[str]) -> LinksNote | FatesNote:
    """Return the note with nothing but the key left of the links to erased pages."""
    if isinstance(note, LinksNote):
        return replace(note, links=tuple(_bare(link) if link.key in erased else link for link in note.links))
    fates = (
        replace(fate, link=_bare(fate.link), detail="") if fate.link.key in erased else fate for fate in note.fates
    )
    return replace(note, fates=tuple(fates))


def _bare(link: Link) -> Link:
    return replace(link, url="", canonical="", title=None, published_raw=None, published_at=None)


def _settled(slot: _Slot) -> Change | None:
    """Say what becomes of a payload, now that all who share it are known; None: it is as it must be."""
    if not slot.heirs:
        return slot.record
    if slot.record.kind is Kind.FEED:
        return None  # a page that is a feed document at the same time is not ours to take
    first = next(iter(slot.heirs.values()))
    return None if slot.uri == first else replace(slot.record, kind=Kind.HANDED_ON, uri=first)


def _slot(crawl_id: str, kind: Kind, record: Record, file: str) -> _Slot:
    uri = record.headers.get("warc-target-uri", "")
    return _Slot(crawl_id=crawl_id, record=_change(kind, record, file), uri=uri, heirs={})


def _change(kind: Kind, record: Record, file: str) -> Change:
    return Change(kind=kind, file=file, offset=record.offset, end=record.end)
