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

    @property
    def reports(self) -> bool:
        """Whether something is reported in it."""
        return any(mark.trigger and mark.trigger.kind is not TriggerKind.WEAPON for mark in self.triggers)


Placed = TypeVar("Placed", Mark, Tag)


def clauses(field: Field, marks: Sequence[Mark], tags: Sequence[Tag], parts: Sequence[Part]) -> list[Clause]:
    """Cut a field into clauses; `marks` and `tags` are those of the field, in order."""
    text = field.source
    cut: list[Clause] = []
    paragraph = -1
    starts = [mark.start for mark in marks], [tag.start for tag in tags]
    for unit in units(text) if field.name == "text" else [None]:
        begin, end = (unit.content, unit.end) if unit else (0, len(text))
        paragraph += unit is None or unit.opens_line
        inside = _between(marks, starts[0], begin, end)
        part = _part(parts, begin) if field.name == "text" else None
        is_dense = part is None if field.name == "title" else part is not None and parts[part].kind in _DENSE
        for first, last in _split(text, begin, end, inside, at_commas=is_dense):
            named = _between(tags, starts[1], first, last)
            here = [mark for mark in inside if first <= mark.start < last]
            cut.append(
                Clause(
                    field.name,
                    text,
                    first,
                    last,
                    paragraph,
                    part,
                    parts[part].kind if part is not None else None,
                    tuple(mark for mark in here if mark.trigger),
                    tuple(mark for mark in here if mark.cue),
                    tuple(tag for tag in named if tag.kind is TagKind.ACTOR),
                    tuple(tag for tag in named if tag.kind is TagKind.PLACE),
                    tuple(tag for tag in named if tag.kind is TagKind.SOURCE),
                )
            )
    return cut


def _between(placed: Sequence[Placed], starts: Sequence[int], begin: int, end: int) -> Sequence[Placed]:
    return placed[bisect_left(starts, begin) : bisect_left(starts, end)]


def _split(text: str, begin: int, end: int, marks: Sequence[Mark], *, at_commas: bool) -> Iterator[tuple[int, int]]:
    """Yield the clauses of a sentence: cut where a word opens a second report, and both sides report something.

    Headlines and briefs put one report after the other with no more than a comma.
    """
    reporting = [mark.start for mark in marks if mark.trigger and mark.trigger.kind is not TriggerKind.WEAPON]
    joints = [mark.start for mark in marks if mark.cue is Cue.CLAUSE]
    if at_commas:
        joints += [found.end() for found in _COMMA.finditer(text, begin, end)]
    for joint in sorted(joints):
        if begin < joint:
            before = any(begin <= start < joint for start in reporting)
            if before and any(start >= joint for start in reporting):
                yield begin, joint
                begin = joint
    yield begin, end


def _part(parts: Sequence[Part], position: int) -> int | None:
    """Return the innermost part that holds a position: of nested parts the later one."""
    holding = [number for number, part in enumerate(parts) if part.start <= position < part.end]
    return holding[-1] if holding else None
