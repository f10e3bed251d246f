"""What a rule found and where; of things that overlap, the longest."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple, Protocol, TypeVar

from processing.records import TagKind
from processing.tag.match import Field


class Spanned(Protocol):
    """Anything with a place in a field."""

    @property
    def field(self) -> Field:
        """The field it stands in."""

    @property
    def start(self) -> int:
        """Its first character in the folded text."""

    @property
    def end(self) -> int:
        """The character after its last."""

    @property
    def confidence(self) -> float:
        """How sure it is, 0-1."""


One = TypeVar("One", bound=Spanned)


class Found(NamedTuple):
    """A name with what it means, in positions of the folded field."""

    field: Field
    start: int
    end: int
    kind: TagKind
    target: str
    rule: str  # how the alias names its target, then what spoke for it
    confidence: float
    governorate: str | None = None


def longest(found: Iterable[One]) -> list[One]:
    """Keep of overlapping ones the longest, then the surest, then the first."""
    taken: dict[str, bytearray] = {}
    kept: list[One] = []
    for one in sorted(found, key=lambda one: (one.start - one.end, -one.confidence)):
        if one.field.name not in taken:
            taken[one.field.name] = bytearray(len(one.field.folded.text))
        marks = taken[one.field.name]
        if marks.find(1, one.start, one.end) < 0:
            marks[one.start : one.end] = b"\1" * (one.end - one.start)
            kept.append(one)
    return kept


class Cover:
    """Spans that do not overlap, asked whether another lies within one of them."""

    def __init__(self, spans: Iterable[Found]) -> None:
        self._spans: dict[str, list[tuple[int, int]]] = {}
        for one in sorted(spans, key=lambda one: one.start):
            self._spans.setdefault(one.field.name, []).append((one.start, one.end))

    def touches(self, field: Field, start: int, end: int) -> bool:
        """Say whether a stretch of a field lies within one of the spans."""
        spans = self._spans.get(field.name)
        if not spans:
            return False
        place = bisect_right(spans, start, key=_begin) - 1
        return place >= 0 and end <= spans[place][1]

    def holds(self, one: Found) -> bool:
        """Say whether one is part of a span that is longer."""
        spans = self._spans.get(one.field.name)
        if not spans:
            return False
        place = bisect_right(spans, one.start, key=_begin) - 1
        return place >= 0 and one.end <= spans[place][1] and one.end - one.start < spans[place][1] - spans[place][0]


def _begin(span: tuple[int, int]) -> int:
    return span[0]
