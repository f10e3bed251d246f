"""The times that a sentence names, with what each is to the event: its day, the day of the statement, a beginning.

A sentence becomes a string of letters, one for the class of each word (`words`); everything here looks at those.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from processing.statements.records import DayPrecision
from processing.statements.when.days import reckon
from processing.statements.when.read import Letters
from processing.statements.when.sums import Days, Sum
from processing.statements.when.words import Rule, Times

# The sentence before a time, when the time is that of saying: "said in a statement on", "told a radio on".
_SAID = re.compile(r"(?:Sx?|T[xi]{0,3}|R[xiS]{0,3})[iM,p]{0,2}$")
_SAID_FIRST = re.compile(r"[STR][xizp,]{0,4}$")  # Arabic and Russian put more between: the verb comes first
_SAID_AGAIN = re.compile(r"[STR][^EQ|]{0,8}$")  # if "that" follows the time
_THAT = re.compile(r"[,xpk]{0,2}Q")
_OPENING = re.compile(r"[xia,]{0,2}$")
_THEN_SAID = re.compile(r",?[xiz]{1,6}[ST]")
_STILL_TO_COME = re.compile(r"UQ?[^|QSE,]{0,10}$")
_THEN_TO_COME = re.compile(r"[^|,QSE]{0,4}U")
_STRETCH = re.compile("[^xSTRQEUXYFz|]{1,40}")
_TOLD = re.compile("[mwrNeuAGHqvJy]|n[./-]n")
_DATED = frozenset(("day", "month", "year", "between", "period"))


class Role(StrEnum):
    """What a time is to the event."""

    EVENT = "event"
    STATEMENT = "statement day"  # of the saying
    SINCE = "since"
    UNTIL = "until"
    AFTER = "after"  # the day of something before it


class Mention(NamedTuple):
    """A time that is named."""

    start: int  # of its words
    end: int
    days: Days
    rule: Rule
    role: Role
    is_future: bool


def find_mentions(sentence: Letters, times: Times, on: dt.date | None) -> list[Mention]:
    """Find all times of a sentence in their order; `on` is the day of publication."""
    mentions = []
    letters = sentence.text
    for start, end, number in _in_order(letters, times):
        rule = times.rules[number]
        spots = sentence.spots[start:end]
        pieces = tuple([(letter, word[1]) for letter, (_, _, word) in zip(letters[start:end], spots, strict=True)])
        role = _role(sentence, start, end)
        if letters[start] == "s" and rule.means in _DATED:
            role = Role.SINCE
        is_future = role is Role.EVENT and _is_future(letters, start, end)
        if days := reckon(rule.means, Sum(pieces, on, is_future)):
            if role is Role.SINCE and rule.means != "between":
                days = Days(days.first, None, DayPrecision.SINCE)
            mentions.append(
                Mention(spots[0][0], spots[-1][1], days, rule, role, is_future or "C" in letters[start:end])
            )
    return mentions


@lru_cache(maxsize=4096)
def _in_order(letters: str, times: Times) -> tuple[tuple[int, int, int], ...]:
    """Return start, end and rule of where an order of words fits, in stretches of words that times are made of."""
    return tuple(
        (stretch.start() + start, stretch.start() + end, number)
        for stretch in _STRETCH.finditer(letters)
        for start, end, number in _orders(stretch[0], times)
    )


@lru_cache(maxsize=4096)
def _orders(letters: str, times: Times) -> tuple[tuple[int, int, int], ...]:
    """Find the orders in a stretch. Stretches are short and few are new: they are remembered."""
    if not _TOLD.search(letters):
        return ()
    found = times.orders.finditer(letters)
    return tuple((one.start(), one.end(), int((one.lastgroup or "r0")[1:])) for one in found if one[0])


def _role(sentence: Letters, start: int, end: int) -> Role:
    letters = sentence.text
    before = letters[max(0, start - 12) : start]
    if before.endswith("s"):
        return Role.SINCE
    if before.endswith(("k", "K", "b")):
        return Role.UNTIL
    if before.endswith(("F", "Fi")) and letters[start] != "N":  # after midnight is still that night
        return Role.AFTER
    if "S" not in letters and "T" not in letters and "R" not in letters:
        return Role.EVENT
    if _SAID.search(before) or (_SAID_AGAIN.search(before) and _THAT.match(letters, end)):
        return Role.STATEMENT
    said = _SAID_FIRST.search(before)
    if said and not sentence.spots[start - len(said[0])][2].is_latin:
        return Role.STATEMENT
    if len(before) == start and _OPENING.fullmatch(before) and _THEN_SAID.match(letters, end):
        return Role.STATEMENT
    return Role.EVENT


def _is_future(letters: str, start: int, end: int) -> bool:
    if "U" not in letters:
        return False
    return bool(_STILL_TO_COME.search(letters[max(0, start - 12) : start]) or _THEN_TO_COME.match(letters, end))
