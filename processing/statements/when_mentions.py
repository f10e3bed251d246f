"""The times that a sentence names, with what each is to the event: its day, the day of the statement, a beginning.

A sentence becomes a string of letters, one for the class of each word (`when_words`); everything here looks at those.
"""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum
from typing import NamedTuple

from processing.statements.records import DayPrecision
from processing.statements.when_days import Days, Piece, Sum, reckon
from processing.statements.when_words import Rule, Times, Word

MOST = 400  # words of a sentence that are looked at; a longer one is a list
_SEPARATE = ".,،:;؛()\"/-!?؟"
_PLAIN = Word("x", 0)
_POSSESSIVE = "'s"
_MEDIUM_TODAY = re.compile("X-?r")  # "Russia Today"
_NAMED_DAY = re.compile("Ynf?m")  # a street of 29 May
# The sentence before a time, when the time is that of saying: "said in a statement on", "told a radio on".
_SAID = re.compile(r"(?:Sx?|T[xi]{0,3}|R[xiS]{0,3})[iM,p]{0,2}$")
_SAID_FIRST = re.compile(r"[STR][xizp,]{0,4}$")  # Arabic and Russian put more between: the verb comes first
_SAID_AGAIN = re.compile(r"[STR][^EQ|]{0,8}$")  # if "that" follows the time
_THAT = re.compile(r"[,xp]{0,2}Q")
_OPENING = re.compile(r"[xia,]{0,2}$")
_THEN_SAID = re.compile(r",?[xiz]{1,6}[ST]")
_STILL_TO_COME = re.compile(r"U[^|QSE,]{0,10}$")
_THEN_TO_COME = re.compile(r"[^|,QSE]{0,4}U")
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

    tokens: list[str]
    letters: str
    values: list[int]  # by letter
    places: list[int]  # by letter: the number of its last word
    starts: list[int]  # by letter: the number of its first word


def read_words(folded: str, times: Times) -> Words:
    """Give every word of a folded sentence the letter of its class; fillers get none."""
    for mark in _SEPARATE:
        if mark in folded:
            folded = folded.replace(mark, f" {mark} ")
    if _POSSESSIVE in folded:
        folded = folded.replace(_POSSESSIVE, " 's ")
    tokens = folded.split()[:MOST]
    letters: list[str] = []
    values: list[int] = []
    places: list[int] = []
    starts: list[int] = []
    words, longer = times.words, times.longer
    place = 0
    while place < len(tokens):
        token = tokens[place]
        word, end = words.get(token, _PLAIN), place
        if token in longer:
            for rest, said in longer[token]:
                if tuple(tokens[place + 1 : place + 1 + len(rest)]) == rest:
                    word, end = said, place + len(rest)
                    break
        for letter in word.letters:
            if letter != "h":
                letters.append(letter)
                values.append(word.value)
                places.append(end)
                starts.append(place)
        place = end + 1
    text = _MEDIUM_TODAY.sub(_blank, "".join(letters))
    return Words(tokens, _NAMED_DAY.sub(_blank, text), values, places, starts)


def _blank(found: re.Match[str]) -> str:
    return "x" * len(found[0])


def find_mentions(words: Words, times: Times, on: dt.date | None) -> list[Mention]:
    """Find all times of a sentence in their order; `on` is the day of publication."""
    mentions = []
    for found in times.orders.finditer(words.letters):
        if found.end() == found.start():
            continue
        rule = times.rules[int((found.lastgroup or "r0")[1:])]
        pieces = [
            Piece(*pair)
            for pair in zip(found[0], words.values[found.start() : found.end()], strict=True)
        ]
        role = _role(words, found.start(), found.end())
        if found[0][0] == "s" and rule.means in _DATED:
            role = Role.SINCE
        is_future = role is Role.EVENT and _is_future(words.letters, found.start(), found.end())
        if days := reckon(rule.means, Sum(pieces, on, is_future)):
            if role is Role.SINCE and rule.means != "between":
                days = Days(days.first, None, DayPrecision.SINCE)
            first, last = words.starts[found.start()], words.places[found.end() - 1]
            mentions.append(Mention(first, last, days, rule, role, is_future or "C" in found[0]))
    return mentions


def _role(words: Words, start: int, end: int) -> Role:
    letters = words.letters
    before = letters[max(0, start - 12) : start]
    if before.endswith("s"):
        return Role.SINCE
    if before.endswith(("k", "K", "b")):
        return Role.UNTIL
    if before.endswith(("F", "Fi")):
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
