"""What days are reckoned from: the words of a time by class and value, and the day of publication."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from processing.statements.records import DayPrecision

WEEK = 7
MONTHS = 12
ONE_DAY = dt.timedelta(days=1)


Piece = tuple[str, int]  # a word of a time: the letter of its class, and its value


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
        return [value for letter, value in self.pieces if letter in letters]

    def has(self, letters: str) -> bool:
        """Say whether a word of one of the classes is among them."""
        return any(letter in letters for letter, _ in self.pieces)


UNKNOWN = Days(None, None, DayPrecision.UNKNOWN)


def one(day: dt.date) -> Days:
    """Return a single day."""
    return Days(day, day, DayPrecision.DAY)
