"""The times that a sentence names, with what each is to the event: its day, the day of the statement, a beginning.

A sentence becomes a string of letters, one for the class of each word (`when_words`); everything here looks at those.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from processing.statements.records import DayPrecision
from processing.statements.when_days import reckon
from processing.statements.when_sums import Days, Piece, Sum
from processing.statements.when_words import Rule, Times, Word

MOST = 400  # words of a sentence that are looked at; a longer one is a list
_SEPARATE = tuple((mark, f" {mark} ") for mark in (*'.,،:;؛()"/-!?؟', "'s"))
_PLAIN = Word("x", 0)
_FILLER = Word("", 0)
_MEDIUM_TODAY = re.compile("X-?r(?!,?e?w)")  # "Russia Today"
_NAMED_DAY = re.compile("Ynf?m")  # a street of 29 May
# The sentence before a time, when the time is that of saying: "said in a statement on", "told a radio on".
_SAID = re.compile(r"(?:Sx?|T[xi]{0,3}|R[xiS]{0,3})[iM,p]{0,2}$")
_SAID_FIRST = re.compile(r"[STR][xizp,]{0,4}$")  # Arabic and Russian put more between: the verb comes first
_SAID_AGAIN = re.compile(r"[STR][^EQ|]{0,8}$")  # if "that" follows the time
_THAT = re.compile(r"[,xp]{0,2}Q")
_OPENING = re.compile(r"[xia,]{0,2}$")
_THEN_SAID = re.compile(r",?[xiz]{1,6}[ST]")
_STILL_TO_COME = re.compile(r"UQ?[^|QSE,]{0,10}$")
_THEN_TO_COME = re.compile(r"[^|,QSE]{0,4}U")
_STRETCH = re.compile("[^xSTRQEUXYFz|]{1,40}")
_TOLD = re.compile("[mwrNeuAGHqvJy]|n[./-]n")
_DATED = frozenset(("day", "month", "year", "between"))


class Role(StrEnum):
    """What a time is to the event."""

    EVENT = "event"
    STATEMENT = "statement day"  # of the saying
    SINCE = "since"
    UNTIL = "until"
    AFTER = "after"  # the day of something before it


class Mention(NamedTuple):
    """A time that is named."""

    first: int  # of its words, in the list of all
    last: int
    days: Days
    rule: Rule
    role: Role
    is_future: bool


class Words(NamedTuple):
    """A sentence in words and in letters."""

    folded: str
    tokens: list[str]
    said: list[Word]  # by token; the first of several stands for all, the others are fillers
    letters: str  # of what is said, without fillers
    places: Sequence[int]  # by letter: the number of its token
    ends: dict[int, int]  # by the first token of a name of several: the number of its last


def read_words(folded: str, times: Times) -> Words | None:
    """Give every word of a folded sentence the letter of its class; fillers get none. None: no word of time."""
    parted = folded
    for mark, between in _SEPARATE:
        if mark in parted:
            parted = parted.replace(mark, between)
    tokens = parted.split()[:MOST]
    if times.telling.isdisjoint(tokens):
        return None
    known = times.words.get
    said = [known(token, _PLAIN) for token in tokens]
    ends: dict[int, int] = {}
    for place in [place for place, word in enumerate(said) if word[2]]:
        for more in said[place].longer:
            end = place + len(more.rest)
            if tokens[place + 1 : end + 1] == more.rest:
                said[place : end + 1] = [Word(more.letters, more.value), *[_FILLER] * (end - place)]
                ends[place] = end
                break
    letters = "".join([word[0] for word in said])
    # Almost every letter is one word's; only fillers and "و" written together with a word shift them.
    is_even = len(letters) == len(tokens) and _FILLER not in said
    places = range(len(tokens)) if is_even else [place for place, word in enumerate(said) for _ in word[0]]
    if "X" in letters or "Y" in letters:
        letters = _NAMED_DAY.sub(_blank, _MEDIUM_TODAY.sub(_blank, letters))
    return Words(folded, tokens, said, letters, places, ends)


def _blank(found: re.Match[str]) -> str:
    return "x" * len(found[0])


def find_mentions(words: Words, times: Times, on: dt.date | None) -> list[Mention]:
    """Find all times of a sentence in their order; `on` is the day of publication."""
    mentions = []
    letters = words.letters
    for start, end, number in _in_order(letters, times):
        rule = times.rules[number]
        places = words.places[start:end]
        said = zip(letters[start:end], places, strict=True)
        pieces = tuple([Piece(letter, words.said[place].value) for letter, place in said])
        role = _role(words, start, end)
        if letters[start] == "s" and rule.means in _DATED:
            role = Role.SINCE
        is_future = role is Role.EVENT and _is_future(letters, start, end)
        if days := reckon(rule.means, Sum(pieces, on, is_future)):
            if role is Role.SINCE and rule.means != "between":
                days = Days(days.first, None, DayPrecision.SINCE)
            last = words.ends.get(places[-1], places[-1])
            mentions.append(Mention(places[0], last, days, rule, role, is_future or "C" in letters[start:end]))
    return mentions


def _in_order(letters: str, times: Times) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and rule of where an order of words fits, in stretches of words that times are made of."""
    for stretch in _STRETCH.finditer(letters):
        begin = stretch.start()
        for start, end, number in _orders(stretch[0], times):
            yield begin + start, begin + end, number


@lru_cache(maxsize=4096)
def _orders(letters: str, times: Times) -> tuple[tuple[int, int, int], ...]:
    """Find the orders in a stretch. Stretches are short and few are new: they are remembered."""
    if not _TOLD.search(letters):
        return ()
    found = times.orders.finditer(letters)
    return tuple((one.start(), one.end(), int((one.lastgroup or "r0")[1:])) for one in found if one[0])


def _role(words: Words, start: int, end: int) -> Role:
    letters = words.letters
    before = letters[max(0, start - 12) : start]
    if before.endswith("s"):
        return Role.SINCE
    if before.endswith(("k", "K", "b")):
        return Role.UNTIL
    if before.endswith(("F", "Fi")) and letters[start] != "N":  # after midnight is still that night
        return Role.AFTER
    if _SAID.search(before) or (_SAID_AGAIN.search(before) and _THAT.match(letters, end)):
        return Role.STATEMENT
    said = _SAID_FIRST.search(before)
    if said and not words.tokens[words.places[start - len(said[0])]].isascii():
        return Role.STATEMENT
    if len(before) == start and _OPENING.fullmatch(before) and _THEN_SAID.match(letters, end):
        return Role.STATEMENT
    return Role.EVENT


def _is_future(letters: str, start: int, end: int) -> bool:
    return bool(_STILL_TO_COME.search(letters[max(0, start - 12) : start]) or _THEN_TO_COME.match(letters, end))
