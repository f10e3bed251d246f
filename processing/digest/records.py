"""What a digest is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PartKind(StrEnum):
    """What a part is there for."""

    HEADLINE = "headline"  # the lines at the top: what the digest announces, its title printed again
    SUMMARY = "summary"  # the brief: what each side did, in a line
    SECTION = "section"  # what is reported of a governorate, under its header
    ITEM = "item"  # one report: a bullet, a line with its time, a paragraph among several of a section
    BACKGROUND = "background"  # what happened before: "Recall that", yesterday's report told again
    CLOSE = "close"  # the editors' last word: a constant tail, a copyright line


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a digest's text.

    Top-level parts do not overlap and hold every character that is no white space; a nested part lies within its parent.
    """

    kind: PartKind
    start: int  # in characters of the text, its header and bullet included
    end: int
    parent: int | None = None  # index of the part it is nested in; None: top-level
    header: tuple[int, int] | None = None  # span of the words that name its governorate or actor, colon included
    governorates: tuple[str, ...] = ()  # p-codes: of the section's header; without one, those that the part names
    actors: tuple[str, ...] = ()  # whom the header of a brief names; else whom the part names, in order
    time: str | None = None  # of an item, as printed: "14:30"
    summary_of: tuple[int, ...] = ()  # indexes of the sections and items that a headline or brief repeats


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A bulletin of several reports, cut into its parts."""

    parts: tuple[Part, ...]  # in order of the text, a parent before what is nested in it

    @property
    def top(self) -> tuple[Part, ...]:
        """The parts that are nested in none; together they cover the text."""
        return tuple(part for part in self.parts if part.parent is None)
