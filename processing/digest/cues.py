"""Units that say by their words what they are: background, the editors' close, the beginning of a brief."""

from __future__ import annotations

from processing.digest.units import Unit
from processing.digest.words import BACKGROUND, BRIEF, CLOSE, CLOSING, any_in
from processing.text import fold_plain

_FIRST = 60  # characters in which the first words are looked for
_WHOLE = 300  # characters in which words are looked for that may stand anywhere


def is_background(text: str, unit: Unit) -> bool:
    """Say whether a unit begins to tell what happened before."""
    return _said(text, unit, _FIRST).startswith(BACKGROUND)


def is_brief(text: str, unit: Unit) -> bool:
    """Say whether a unit opens the brief."""
    return _said(text, unit, _FIRST).startswith(BRIEF)


def is_close(text: str, unit: Unit) -> bool:
    """Say whether a unit begins the editors' close."""
    said = _said(text, unit, _WHOLE)
    return said.startswith(CLOSE) or any_in(said, CLOSING)


def _said(text: str, unit: Unit, most: int) -> str:
    return fold_plain(text[unit.content : min(unit.end, unit.content + most)])
