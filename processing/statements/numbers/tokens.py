"""A sentence cut into tokens: the longest phrases of numbers.toml, digits, names, single words, punctuation."""

from __future__ import annotations

import re
from collections.abc import Sequence
from types import MappingProxyType
from typing import NamedTuple

from processing.statements.numbers.words import NONE, Meaning, NumberWords, Parts, Phrase
from processing.statements.records import Counted
from processing.text import Folded

Name = tuple[int, int, Counted | None]  # span of a place or an actor, and whom it counts where a number counts it

_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")  # twenty-three; not 10-12
_WORD = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{1,7}|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]")
_NAMED = {
    counted: MappingProxyType({"name": Meaning("name", counted=counted), "filler": Meaning("filler")})
    for counted in (None, *Counted)
}


class Token(NamedTuple):
    """A phrase, digits, a name, or a mark of punctuation in a folded sentence."""

    start: int
    end: int
    text: str  # of a phrase or name, its first word
    parts: Parts  # what it can be; empty: a word that is none of ours
    value: int | None  # of digits

    def has(self, part: str) -> Meaning | None:
        """Return its meaning as a part of speech."""
        return self.parts.get(part)


def cut(folded: Folded, words: NumberWords, names: Sequence[Name] = ()) -> list[Token]:
    """Cut a folded sentence into tokens; a name is one, unless it counts people itself: "Syrian soldiers"."""
    text = _HYPHEN.sub(" ", folded.text)
    found = [(*match.span(), match[0]) for match in _WORD.finditer(text)]
    held = {folded.at(start): (folded.at(end), counted) for start, end, counted in names}
    made: list[Token] = []
    known = words.known
    place = 0
    while place < len(found):
        start, end, first = found[place]
        if held and start in held and (past := _past(found, place, held[start][0], words)):
            made.append(Token(start, found[past - 1][1], first, _NAMED[held[start][1]], None))
            place = past
            continue
        letter = first[0]
        if letter.isdigit():
            made.append(Token(start, end, first, NONE, int(first.replace(",", "").replace(".", ""))))
            place += 1
            continue
        parts, phrases = known.get(first) or (words.word(first) if letter.isalpha() else words.mark(first))
        place += 1
        if phrases and place < len(found):
            following = found[place][2]
            for phrase in phrases:
                if following.startswith(phrase.rest[0]) and _stands(found, place, phrase):
                    parts = phrase.parts
                    place += len(phrase.rest)
                    end = found[place - 1][1]
                    break
        made.append(Token(start, end, first, parts, None))
    return made


def _past(found: Sequence[tuple[int, int, str]], place: int, end: int, words: NumberWords) -> int | None:
    """Return the token after a name; None: a word of it counts people, or says what became of them."""
    while place < len(found) and found[place][0] < end:
        word = found[place][2]
        if word[0].isalpha():
            parts = words.word(word)[0]
            if any(part in parts for part in ("people", "count", "before", "after")):
                return None
        place += 1
    return place


def _stands(found: Sequence[tuple[int, int, str]], place: int, phrase: Phrase) -> bool:
    """Say whether the rest of a phrase stands at a place."""
    for word in phrase.rest[: len(phrase.rest) - phrase.is_stem]:
        if place >= len(found) or found[place][2] != word:
            return False
        place += 1
    return not phrase.is_stem or (place < len(found) and found[place][2].startswith(phrase.rest[-1]))
