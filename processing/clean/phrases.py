"""How the lists of phrases are read: one pattern a line, in the form `fold_plain` leaves."""

from __future__ import annotations


def any_of(lines: str) -> str:
    """Return one pattern out of a block of lines; each line is an alternative."""
    return "|".join(line.strip() for line in lines.strip().splitlines())
