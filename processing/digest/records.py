"""What a digest is."""

from __future__ import annotations

from dataclasses import dataclass

from processing.records import Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A bulletin of several reports, cut into its parts."""

    parts: tuple[Part, ...]  # in order of the text, a parent before what is nested in it

    @property
    def top(self) -> tuple[Part, ...]:
        """The parts that are nested in none; together they cover the text."""
        return tuple(part for part in self.parts if part.parent is None)
