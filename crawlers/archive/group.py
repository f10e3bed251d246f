"""What a crawl's files say: notes (the JSON in `metadata` records) and the records that belong to each.

An attempt is `response` or `revisit` (absent when nothing came), `request` (absent when nothing was sent), then its
note. The note commits the attempt: records without a note after them do not count.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, TypeAdapter, ValidationError

from crawlers.archive.member import DamagedError, Readable, Record, read_records
from crawlers.archive.message import split_message
from crawlers.records import Fetch, Link, LinkFate

ERASED = "application/warc-fields"  # content type of the metadata record that stands where another was erased

_SURROGATE = re.compile("[\ud800-\udfff]")
_Sound = TypeVar("_Sound", Fetch, Link)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One committed attempt, enough to answer for it without the network."""

    fetch: Fetch
    link: Link | None  # of a page
    request_head: bytes
    response_head: bytes  # empty when nothing came
    body: bytes  # as received, Content-Encoding kept (Transfer-Encoding undone); a revisit's is that of its original
    erased: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptNote:
    """The facts of one attempt."""

    kind: Literal["attempt"] = "attempt"
    fetch: Fetch
    link: Link | None = None
    erased: bool = False  # the page was erased: nothing of it is left but its key, and when and how it was tried


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksNote:
    """What a feed document listed; a long list stands in several notes of which only the last says `last`."""

    kind: Literal["links"] = "links"
    feed_url: str
    links: tuple[Link, ...]
    problems: tuple[str, ...] = ()
    last: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FatesNote:
    """What became of links; all such notes stand at the end of the crawl's last files."""

    kind: Literal["fates"] = "fates"
    fates: tuple[LinkFate, ...]


Note = AttemptNote | LinksNote | FatesNote
_NOTES: TypeAdapter[Note] = TypeAdapter(Annotated[Note, Field(discriminator="kind")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A note with the records that came before it and belong to it."""

    note: Note
    answer: Record | None  # response or revisit
    request: Record | None
    start: int  # offset of the group's first record
    note_at: int  # offset of the note
    end: int  # where the next group begins

    def exchange(self) -> Exchange | None:
        """Return the attempt; a revisit's body is left empty. None when the note is of another kind."""
        if not isinstance(self.note, AttemptNote):
            return None
        # The payload that an erased attempt may still hold is kept for another page, whose it is, too.
        answer = None if self.note.erased else self.answer
        head, body = split_message(answer.block) if answer else (b"", b"")
        return Exchange(
            fetch=self.note.fetch,
            link=self.note.link,
            request_head=self.request.block if self.request else b"",
            response_head=head,
            body=body,
            erased=self.note.erased,
        )

    @property
    def commits(self) -> bool:
        """Whether a crawl may be cut after this group: not between the notes of one list of links."""
        return not isinstance(self.note, LinksNote) or self.note.last


def read_groups(stream: Readable, offset: int = 0) -> Iterator[Group]:
    """Yield the groups of a file from its position on; holds one group at a time; raises DamagedError."""
    pending: dict[str, Record] = {}
    start = offset
    for record in read_records(stream, offset):
        is_note = record.kind == "metadata" and record.headers.get("content-type") != ERASED
        if is_note:
            answer = pending.get("response") or pending.get("revisit")
            note = read_note(record)
            request = pending.get("request")
            yield Group(note=note, answer=answer, request=request, start=start, note_at=record.offset, end=record.end)
        if is_note or record.kind == "warcinfo":
            pending, start = {}, record.end
        else:
            pending[record.kind] = record


def write_note(note: Note, *, sparse: bool = False) -> bytes:
    """Return a note as JSON, `sparse` without what is null; its strings must be sound (see `sound`)."""
    return _NOTES.dump_json(note, exclude_none=sparse)


def sound(record: _Sound) -> _Sound:
    """Return the record with lone surrogates, which no UTF-8 can hold (JSON feeds bring them), made U+FFFD."""
    dirty = {
        field.name: sound_text(value)
        for field in fields(record)
        if type(value := getattr(record, field.name)) is str and not value.isascii() and _SURROGATE.search(value)
    }
    changes: dict[str, Any] = dirty
    return replace(record, **changes) if dirty else record


def sound_text(text: str) -> str:
    """Return the text with lone surrogates made U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def aware(when: dt.datetime) -> dt.datetime:
    """Return the time in UTC; raises ValueError when it has no zone, since a guess would be kept for ever."""
    if when.tzinfo is None:
        raise ValueError(f"{when.isoformat()}: a time without a zone; expected an aware one")
    return when.astimezone(dt.UTC)


def read_note(record: Record) -> Note:
    """Read the JSON of a metadata record."""
    try:
        return _NOTES.validate_json(record.block)
    except ValidationError as error:
        raise DamagedError(record.offset, f"no note of ours: {error.errors()[0]['msg']}") from error
