"""What days are reckoned from: the words of a time by class and value, and the day of publication."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from processing.statements.records import DayPrecision

WEEK = 7
MONTHS = 12
ONE_DAY = dt.timedelta(days=1)


class Piece(NamedTuple):
    """A word of a time."""

    letter: str  # of its class
    value: int


class Days(NamedTuple):
    """What a time means."""

    first: dt.date | None
    last: dt.date | None
    precision: DayPrecision


class Sum(NamedTuple):
    """What is reckoned with."""

    pieces: tuple[Piece, ...]
    on: dt.date | None  # of publication
    is_future: bool  # a word says that it is still to come

    def all(self, letters: str) -> list[int]:
        """Return the values of the words of some classes."""
        return [piece.value for piece in self.pieces if piece.letter in letters]

    def has(self, letters: str) -> bool:
        """Say whether a word of one of the classes is among them."""
        return any(piece.letter in letters for piece in self.pieces)


UNKNOWN = Days(None, None, DayPrecision.UNKNOWN)


def one(day: dt.date) -> Days:
    """Return a single day."""
    return Days(day, day, DayPrecision.DAY)
