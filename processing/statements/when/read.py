"""A text → where words of times stand in it; a sentence → one letter a word, for the orders of `words`.

A text is read once for all its sentences: one pass of an automaton over its folded form finds the words, and only
sentences with a telling one are looked at closer. To part every sentence into words took five times as long.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import NamedTuple

from processing.statements.when.words import Times, Word
from processing.text import fold

# Letters that fold to one other letter, and what else may stand directly before a word.
_LEVEL = tuple(zip("أإآةىؤئёй", "اااهيويеи", strict=True))
_BLANK = "\n\t\xa0(\"«“„[،,:؛;*•'‘’\u200b\u200e\u200f\ufeff"
# What only folding can undo: tatweel within a word, figures and letters of other keyboards. Marks within Arabic words
# are left alone: two thirds of Arabic texts have one somewhere, hardly any in the name of a day.
_ODD = "یک٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹"
_TATWEEL = "ـ"
_STRETCHED = re.compile(r"[^\W\u0640]\u0640[^\W\u0640]")
_TOKEN = re.compile(r"[^\W_]+|[-–—,،.;:؛!?؟/\n]")
_MARKS = {
    **dict.fromkeys(",،", ","),
    **dict.fromkeys("-–—", "-"),
    **dict.fromkeys(";:؛!?؟\n", "|"),
    **{".": ".", "/": "/"},
}
_LEAD, _TAIL = 90, 70  # characters before and after words that tell a time that are read; no rule looks further
_CLOSE = 4  # characters that may be no more than a mark
_MOST = 300  # words of times in a sentence that are looked at; one with more is a list
_PLAIN = "x"
_LEFT_OUT = "xxx"  # what stands before is not the sentence's beginning
_SPACE = ("", " ")
_MEDIUM_TODAY = re.compile("X-?r(?!,?e?w)")  # "Russia Today"
_NAMED_DAY = re.compile("Ynf?m")  # a street of 29 May


Spot = tuple[int, int, Word]  # where a word begins and ends in the whole text, and what it says


class Reading(NamedTuple):
    """A text with its words of times in their order."""

    starts: list[int]
    found: list[Spot]
    telling: list[int]  # starts of the telling ones


class Letters(NamedTuple):
    """A sentence as letters; what is no word of times has a letter as well."""

    text: str
    spots: list[Spot]  # by letter


_NOWHERE: Spot = (0, 0, Word(_PLAIN, 0, is_telling=False, is_latin=True, is_counted=False))


@lru_cache(maxsize=2)
def read_text(text: str, times: Times) -> Reading:
    """Find the words of times of a text. Kept for the text's next sentence."""
    level = text.lower()
    folded = None
    if len(level) != len(text) or _is_odd(level):
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
    if folded is not None:
        found = [(*folded.original(start, end), word) for start, end, word in found]
    return Reading([one[0] for one in found], found, [one[0] for one in found if one[2][2]])


def _is_odd(level: str) -> bool:
    if level.isascii():
        return False
    for letter in _ODD:  # each is one search in C; a pattern of all takes ten times as long
        if letter in level:
            return True
    return _TATWEEL in level and _STRETCHED.search(level) is not None


def read_sentence(text: str, start: int, end: int, times: Times) -> Letters | None:
    """Give every word of a sentence the letter of its class, fillers none. None: there is no word that tells a time."""
    reading = read_text(text, times)
    tells = bisect_left(reading.telling, start)
    if tells == len(reading.telling) or reading.telling[tells] >= end:
        return None
    lead = reading.telling[tells] - _LEAD
    tail = reading.telling[bisect_left(reading.telling, end, tells) - 1] + _TAIL
    first = bisect_left(reading.starts, max(start, lead))
    end = min(end, tail)
    found = reading.found[first : min(bisect_left(reading.starts, end, first), first + _MOST)]
    # How many words stand between matters only beside a word of saying or of what is to come.
    is_counted = any(word.is_counted for _, _, word in found)
    letters: list[str] = []
    spots: list[Spot] = []
    at = start
    if lead > start:
        at = lead
        letters.append(_LEFT_OUT)
        spots += [_NOWHERE] * len(_LEFT_OUT)
    for spot in found:
        begin, stop, word = spot
        if text[at:begin] not in _SPACE:
            gap = _between(text, at, begin) if is_counted or begin - at <= _CLOSE else _PLAIN
            letters.append(gap)
            spots += [_NOWHERE] * len(gap)
        at = stop
        letters.append(word[0])
        spots += [spot] * len(word[0])
    if is_counted:
        letters.append(_between(text, at, end))
    joined = "".join(letters)
    if "X" in joined or "Y" in joined:
        joined = _NAMED_DAY.sub(_blank, _MEDIUM_TODAY.sub(_blank, joined))
    return Letters(joined, spots)


def _between(text: str, start: int, end: int) -> str:
    """Return the letters of what stands between two words of times."""
    gap = text[start:end] if end - start <= _LEAD + _TAIL else text[start : start + _TAIL] + text[end - _LEAD : end]
    words = gap.split()
    if "\n" not in gap and "".join(words).isalpha():  # most are: the pattern need not part them
        return _PLAIN * len(words)
    return "".join([_MARKS.get(token, _PLAIN) for token in _TOKEN.findall(gap)])


def _blank(found: re.Match[str]) -> str:
    return _PLAIN * len(found[0])
