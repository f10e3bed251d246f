"""A field cut into clauses, each with what stands in it: triggers, cues, names. One clause can be one statement.

Sentences are the digest's units. A sentence is cut further at a word such as "while" or فيما, where both sides report
something of their own.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from processing.digest.units import units
from processing.records import Part, PartKind, Tag, TagKind
from processing.statements.lexicon import Cue, Mark, TriggerKind
from processing.tag.match import Field

_DENSE = (PartKind.HEADLINE, PartKind.SUMMARY)  # parts in which a comma parts reports
_COMMA = re.compile(r"[,،;؛]\s")


@dataclass(frozen=True, slots=True)
class Clause:
    """A sentence or a part of one. Offsets are those of the field's source."""

    field: str  # title | text
    source: str  # the whole field
    start: int
    end: int
    paragraph: int  # number of the line
    part: int | None  # index of the innermost part of the digest
    part_kind: PartKind | None
    triggers: tuple[Mark, ...]
    cues: tuple[Mark, ...]
    actors: tuple[Tag, ...]
    places: tuple[Tag, ...]
    sources: tuple[Tag, ...]

    @property
    def literal(self) -> str:
        """The words as printed."""
        return self.source[self.start : self.end]


Placed = TypeVar("Placed", Mark, Tag)


def clauses(field: Field, marks: Sequence[Mark], tags: Sequence[Tag], parts: Sequence[Part]) -> list[Clause]:
    """Cut a field into clauses and return those that report something; `marks` and `tags` are the field's, in order."""
    text = field.source
    reporting = [mark.start for mark in marks if mark.trigger and mark.trigger.kind is not TriggerKind.WEAPON]
    starts = [mark.start for mark in marks], [tag.start for tag in tags]
    cut: list[Clause] = []
    paragraph = -1
    for unit in units(text) if field.name == "text" else [None]:
        begin, end = (unit.content, unit.end) if unit else (0, len(text))
        paragraph += unit is None or unit.opens_line
        first = bisect_left(reporting, begin)
        if first == len(reporting) or reporting[first] >= end:
            continue
        inside = _between(marks, starts[0], begin, end)
        part = _part(parts, begin) if field.name == "text" else None
        is_dense = part is None if field.name == "title" else part is not None and parts[part].kind in _DENSE
        place = paragraph, part, parts[part].kind if part is not None else None
        for span in _split(text, (begin, end), inside, reporting, at_commas=is_dense):
            named = _between(tags, starts[1], *span)
            own = [mark for mark in inside if span[0] <= mark.start and mark.end <= span[1]]
            cut.append(_clause(field, span, place, own, named))
    return cut


def _clause(
    field: Field,
    span: tuple[int, int],
    place: tuple[int, int | None, PartKind | None],
    marks: Sequence[Mark],
    tags: Sequence[Tag],
) -> Clause:
    named: dict[TagKind, list[Tag]] = {kind: [] for kind in TagKind}
    for tag in tags:
        named[tag.kind].append(tag)
    return Clause(
        field.name,
        field.source,
        span[0],
        span[1],
        place[0],
        place[1],
        place[2],
        tuple(mark for mark in marks if mark.trigger),
        tuple(mark for mark in marks if mark.cue),
        tuple(named[TagKind.ACTOR]),
        tuple(named[TagKind.PLACE]),
        tuple(named[TagKind.SOURCE]),
    )


def _between(placed: Sequence[Placed], starts: Sequence[int], begin: int, end: int) -> Sequence[Placed]:
    return placed[bisect_left(starts, begin) : bisect_left(starts, end)]


def _split(
    text: str, span: tuple[int, int], marks: Sequence[Mark], reporting: Sequence[int], *, at_commas: bool
) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence: cut where a word opens a second report, and both sides report something.

    Headlines and briefs put one report after the other with no more than a comma.
    """
    begin, end = span
    joints = [mark.start for mark in marks if mark.cue is Cue.CLAUSE]
    if at_commas:
        joints += [found.end() for found in _COMMA.finditer(text, begin, end)]
    for joint in sorted(joints):
        here = bisect_left(reporting, begin)
        there = bisect_left(reporting, joint)
        if begin < joint and here < there < len(reporting) and reporting[there] < end:
            yield begin, joint
            begin = joint
    yield begin, end


def _part(parts: Sequence[Part], position: int) -> int | None:
    """Return the innermost part that holds a position: of nested parts the later one."""
    holding = [number for number, part in enumerate(parts) if part.start <= position < part.end]
    return holding[-1] if holding else None
