"""A text → where words of times stand in it; a sentence → one letter a word, for the orders of `when_words`.

A text is read once for all its sentences: one pass of an automaton over its folded form finds the words, and only
sentences with a telling one are looked at closer. To part every sentence into words took five times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from processing.statements.when_words import Times, Word
from processing.text import fold

# Letters that fold to one other letter, and what else may stand directly before a word.
_LEVEL = tuple(zip("أإآةىؤئёй", "اااهيويеи", strict=True))
_BLANK = "\n\t\xa0(\"«“„[،,:؛;*•'‘’"
# What only folding can undo: tatweel, marks within Arabic words, letters and figures of other keyboards, marks of direction.
_ODD = re.compile(
    "[\u0301\u0640\u064e-\u0652\u0660-\u0669\u06a9\u06cc\u06f0-\u06f9"
    "\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufb50-\ufeff]"
)
_TOKEN = re.compile(r"[^\W_]+|[-–—,،.;:؛!?؟/\n]")
_MARKS = {
    **dict.fromkeys(",،", ","),
    **dict.fromkeys("-–—", "-"),
    **dict.fromkeys(";:؛!?؟\n", "|"),
    **{".": ".", "/": "/"},
}
_GAP = 120  # characters at either end of a stretch without a word of time that are read; no rule looks further
_MOST = 300  # words of times in a sentence that are looked at; one with more is a list
_PLAIN = "x"
_SPACE = ("", " ")
_MEDIUM_TODAY = re.compile("X-?r(?!,?e?w)")  # "Russia Today"
_NAMED_DAY = re.compile("Ynf?m")  # a street of 29 May


class Reading(NamedTuple):
    """A text with its words of times in their order."""

    starts: list[int]
    ends: list[int]
    words: list[Word]
    telling: list[int]  # starts of the telling ones


class Spot(NamedTuple):
    """Where the word of a letter stands in the whole text, and what it says."""

    start: int
    end: int
    word: Word


class Letters(NamedTuple):
    """A sentence as letters; what is no word of times has a letter as well."""

    text: str
    spots: list[Spot]  # by letter


_NOWHERE = Spot(0, 0, Word(_PLAIN, 0, False, True))


@lru_cache(maxsize=2)
def read_text(text: str, times: Times) -> Reading:
    """Find the words of times of a text. Kept for the text's next sentence."""
    level = text.lower()
    folded = None
    if len(level) != len(text) or (not text.isascii() and _ODD.search(level)):
        folded = fold(text)
        level = folded.text
    else:
        for letter, plain in _LEVEL:
            if letter in level:
                level = level.replace(letter, plain)
    for mark in _BLANK:
        if mark in level:
            level = level.replace(mark, " ")
    level = f" {level} "
    words = times.words
    # A pattern begins with the character before the word, and the text with a space more: a match starts at its word.
    found = [
        (start, end - 1, words[pattern])
        for pattern, start, end in times.automaton.find_matches_as_indexes(level)
        if not level[end].isalnum()
    ]
    spans = [(start, end) if folded is None else folded.original(start, end) for start, end, _ in found]
    return Reading(
        [start for start, _ in spans],
        [end for _, end in spans],
        [word for _, _, word in found],
        [span[0] for span, (_, _, word) in zip(spans, found, strict=True) if word.is_telling],
    )


def read_sentence(text: str, start: int, end: int, times: Times) -> Letters | None:
    """Give every word of a sentence the letter of its class, fillers none. None: there is no word that tells a time."""
    reading = read_text(text, times)
    tells = bisect_left(reading.telling, start)
    if tells == len(reading.telling) or reading.telling[tells] >= end:
        return None
    first = bisect_left(reading.starts, start)
    last = min(bisect_left(reading.starts, end), first + _MOST)
    letters: list[str] = []
    spots: list[Spot] = []
    at = start
    for number in range(first, last):
        begin = reading.starts[number]
        if text[at:begin] not in _SPACE:
            gap = _between(text, at, begin)
            letters.append(gap)
            spots += [_NOWHERE] * len(gap)
        word = reading.words[number]
        at = reading.ends[number]
        letters.append(word.letters)
        spots += [Spot(begin, at, word)] * len(word.letters)
    letters.append(_between(text, at, end))
    joined = "".join(letters)
    if "X" in joined or "Y" in joined:
        joined = _NAMED_DAY.sub(_blank, _MEDIUM_TODAY.sub(_blank, joined))
    return Letters(joined, spots)


def _between(text: str, start: int, end: int) -> str:
    """Return the letters of what stands between two words of times."""
    gap = text[start:end] if end - start <= 2 * _GAP else text[start : start + _GAP] + text[end - _GAP : end]
    return "".join([_MARKS.get(token, _PLAIN) for token in _TOKEN.findall(gap)])


def _blank(found: re.Match[str]) -> str:
    return _PLAIN * len(found[0])
