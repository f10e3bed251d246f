"""Make what stands in an erased record's place: a record of ours in a gzip member of the same length."""

from __future__ import annotations

import datetime as dt
import gzip
import re
from collections.abc import Collection
from dataclasses import replace

from crawlers.archive.exact import room, squeeze, store
from crawlers.archive.group import ERASED, AttemptNote, Note, read_note, write_note
from crawlers.archive.member import Record
from crawlers.archive.mentions import Change, Kind, without
from crawlers.archive.message import header, parse_head, sound_head, split_message
from crawlers.archive.output import Fields, GroupBytes, Role
from crawlers.records import ArchiveError, Fetch

_ALWAYS = {"warc-warcinfo-id": "WARC-Warcinfo-ID", "warc-concurrent-to": "WARC-Concurrent-To"}
_LISTS = {**_ALWAYS, "warc-target-uri": "WARC-Target-URI"}
_POINTER = {
    **_LISTS,
    "warc-ip-address": "WARC-IP-Address",
    "warc-profile": "WARC-Profile",
    "warc-payload-digest": "WARC-Payload-Digest",
    "warc-refers-to": "WARC-Refers-To",
    "warc-refers-to-date": "WARC-Refers-To-Date",
}
_HANDED_ON = {"warc-payload-digest": "WARC-Payload-Digest", "warc-truncated": "WARC-Truncated"}
_HTTP = "application/http; msgtype=response"


def replacement(change: Change, record: Record, erased: Collection[str]) -> bytes:
    """Return what replaces `record`, in exactly its length; raises ArchiveError when that cannot be made."""
    length = record.end - record.offset
    made: bytes | None
    if change.kind in (Kind.NOTE, Kind.LISTS):
        made = _note(record, erased, length)
    elif change.kind is Kind.POINTER:
        made = _pointer(record, change.uri, length)
    elif change.kind is Kind.HANDED_ON:
        made = _handed_on(record, change.uri, length)
    else:
        made = _tombstone(record, length)
    if made is None:
        raise ArchiveError(
            f"{change.file}: at byte {change.offset}: no room to put {change.uri or 'what is left'} in the place of "
            "what is to be erased; erase the other pages with the same bytes first"
        )
    return made


def _note(record: Record, erased: Collection[str], length: int) -> bytes | None:
    """Return a note without what is to be erased.

    What is left may compress worse than the whole did, among links that are much alike. Then null is left out where it
    stands for nothing, and then headers that a reader can do without. Of 6,150 lists made up to be hard, of 1 to 500
    links, 6,105 fitted as they were and the others so.
    """
    note: Note = read_note(record)
    if isinstance(note, AttemptNote):
        note, names = replace(note, fetch=_bare(note.fetch), link=None, erased=True), _ALWAYS
    else:
        note, names = without(note, erased), _LISTS
    fields = {"Content-Type": "application/json", **_kept(record, names)}
    tries = [_raw("metadata", record, fields, write_note(note, sparse=sparse)) for sparse in (False, True)]
    for header_line in (None, rb"\r\nWARC-Warcinfo-ID: [^\r]*", rb"\r\nWARC-Block-Digest: [^\r]*"):
        if header_line:
            tries = [re.sub(header_line, b"", raw, count=1) for raw in tries]
        for raw in tries:
            if made := squeeze(raw, length):
                return made
    return None


def _bare(fetch: Fetch) -> Fetch:
    """Return what stays of an attempt: which page, when, how it ended, where the record stands."""
    return Fetch(
        crawl_id=fetch.crawl_id,
        sequence=fetch.sequence,
        purpose=fetch.purpose,
        key=fetch.key,
        url="",
        first_url="",
        outcome=fetch.outcome,
        status=fetch.status,
        fetched_at=fetch.fetched_at,
        elapsed_ms=fetch.elapsed_ms,
        conditional=fetch.conditional,
        warc_file=fetch.warc_file,
        warc_offset=fetch.warc_offset,
    )


def _tombstone(record: Record, length: int) -> bytes | None:
    """Return a record that says nothing but that one was erased here; it keeps the id that others refer to."""
    text = b"description: erased\r\n"
    fields = {"Content-Type": ERASED}
    spaces = room(length) - len(_raw("metadata", record, fields, text))
    if spaces < 0:
        return squeeze(_raw("metadata", record, fields, text), length)
    # The digits that the longer Content-Length takes come off what is padded.
    spaces -= len(str(len(text) + spaces)) - len(str(len(text)))
    return store(_raw("metadata", record, fields, text + b" " * max(spaces, 0)), length)


def _pointer(record: Record, uri: str, length: int) -> bytes | None:
    """Return another page's revisit with the address of the payload put right, or left out where there is no room."""
    fields = {"Content-Type": _HTTP, **_kept(record, _POINTER)}
    full = _raw("revisit", record, {**fields, "WARC-Refers-To-Target-URI": uri}, record.block)
    return squeeze(full, length) or squeeze(_raw("revisit", record, fields, record.block), length)


def _handed_on(record: Record, uri: str, length: int) -> bytes | None:
    """Return the payload under the address of the other page whose bytes it is, too."""
    head, body = split_message(record.block)
    start, headers = parse_head(head)
    kept = [(name, value) for name in ("Content-Type", "Content-Encoding") if (value := header(headers, name))]
    lines = [start, *(f"{name}: {value}" for name, value in kept), "", ""]
    fields = {"WARC-Target-URI": uri, "Content-Type": _HTTP, **_kept(record, _HANDED_ON)}
    return squeeze(_raw("response", record, fields, sound_head("\r\n".join(lines).encode("latin-1")) + body), length)


def _kept(record: Record, names: Fields) -> Fields:
    return {name: record.headers[low] for low, name in names.items() if low in record.headers}


def _raw(role: Role, record: Record, fields: Fields, block: bytes) -> bytes:
    """Return a record as it is before compression, with the id and date of the one whose place it takes."""
    group = GroupBytes()
    when = dt.datetime.fromisoformat(record.headers["warc-date"])
    group.add(role, record.headers["warc-record-id"], when, fields, block)
    return gzip.decompress(group.getvalue())
