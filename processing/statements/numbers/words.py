"""The words about numbers of people, compiled from `vocabulary/numbers.toml`: what each token of a sentence can be."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from types import MappingProxyType
from typing import Any, NamedTuple

import ahocorasick_rs

from processing.statements.records import Counted, NumberKind
from processing.text import fold_plain

_ENDING = 5  # letters that a `*` stands for at most
_KNOWN = 50_000  # words whose meanings are kept: more than the press uses, and no more than some megabytes
_CLITICS = ("و", "ف", "ب", "ل", "ك", "وب", "ول", "ال", "وال", "بال", "لل", "ولل")
KINDS = tuple(NumberKind)


class Meaning(NamedTuple):
    """What a phrase is in a sentence about people."""

    part: str  # value, vague, least, most, about, people, before, after, count, among, toll, cumulative, ...
    kind: NumberKind | None = None
    counted: Counted | None = None
    low: int | None = None  # what the phrase itself counts; 0: as many as the number beside it
    is_rough: bool = False


class Phrase(NamedTuple):
    """A phrase of several words, past its first."""

    rest: tuple[str, ...]
    is_stem: bool  # the last word has an ending
    parts: Mapping[str, Meaning]


Parts = Mapping[str, Meaning]  # by part of speech
_NONE: Parts = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class NumberWords:
    """Phrases by their words."""

    whole: Mapping[str, Parts]
    stems: Mapping[str, Parts]
    several: Mapping[str, tuple[Phrase, ...]]  # phrases of several words by the first, the longest first
    telling: ahocorasick_rs.AhoCorasick  # of folded text: any word of what became of people, or that none are known
    known: dict[str, tuple[Parts, tuple[Phrase, ...]]]  # words met before: what they are, and what may begin so

    def word(self, text: str) -> tuple[Parts, tuple[Phrase, ...]]:
        """Return what a word can be, and the phrases that may begin with it. Words are looked up once."""
        found = self.known.get(text)
        if found is None:
            found = self.meanings(text), self._begins(text)
            if len(self.known) < _KNOWN:
                self.known[text] = found
        return found

    def meanings(self, phrase: str) -> Parts:
        """Return what a phrase, or the phrase without what Arabic writes before it, can be."""
        if found := self._get(phrase):
            return found
        if "\u0600" <= phrase[0] <= "\u06ff":
            for length in (1, 2, 3):
                if phrase[:length] in _CLITICS and (found := self._get(phrase[length:])):
                    return found
        return _NONE

    def _get(self, phrase: str) -> Parts:
        if found := self.whole.get(phrase):
            return found
        for length in range(min(_ENDING, len(phrase) - 2) + 1):
            if found := self.stems.get(phrase[: len(phrase) - length]):
                return found
        return _NONE

    def _begins(self, text: str) -> tuple[Phrase, ...]:
        if found := self.several.get(text):
            return found
        for clitic in _CLITICS:
            if text.startswith(clitic) and (found := self.several.get(text[len(clitic) :])):
                return found
        return ()


@functools.cache
def load_number_words() -> NumberWords:
    """Read and compile numbers.toml; later calls return the same object."""
    path = resources.files("processing") / "vocabulary" / "numbers.toml"
    return read_number_words(tomllib.loads(path.read_text(encoding="utf-8")))


def read_number_words(table: Mapping[str, Any]) -> NumberWords:
    """Compile the table."""
    whole: dict[str, dict[str, Meaning]] = {}
    stems: dict[str, dict[str, Meaning]] = {}
    heads: set[str] = set()
    for phrase, meaning in _entries(table):
        folded = fold_plain(phrase).replace("-", " ").strip()
        key = folded.rstrip("*")
        (stems if folded.endswith("*") else whole).setdefault(key, {}).setdefault(meaning.part, meaning)
        if meaning.kind or meaning.part in ("unknown", "zero", "toll"):
            heads.add(key)
    several: dict[str, list[Phrase]] = {}
    for listed in (whole, stems):
        for key, parts in listed.items():
            first, *rest = key.split()
            if rest:
                several.setdefault(first, []).append(Phrase(tuple(rest), listed is stems, parts))
    ordered = {first: tuple(sorted(found, key=lambda one: -len(one.rest))) for first, found in several.items()}
    return NumberWords(whole, stems, ordered, ahocorasick_rs.AhoCorasick(sorted(heads)), {})


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, Meaning]]:
    for word, value in table["value"].items():
        yield word, Meaning("value", low=value)
    for word, (low, *_) in table["vague"].items():
        yield word, Meaning("vague", low=low)
    for part, words in table["before"].items():
        for word in words:
            yield word, Meaning(part)
    for counted, group in table["people"].items():
        for count, words in enumerate((group["some"], group["one"], group["two"])):
            for word in words:
                yield word, Meaning("people", counted=Counted(counted), low=count)
    for kind in KINDS:
        for part in ("before", "after"):
            for word in table[kind][part]:
                yield word, Meaning(part, kind)
        for count, name in enumerate(("some", "one", "two")):
            for word in table[kind][name]:
                yield word, Meaning("count", kind, Counted.PEOPLE, count)
    for word in table["rough"]["words"]:
        yield word, Meaning("before", NumberKind.KILLED, is_rough=True)
        yield word, Meaning("after", NumberKind.KILLED, is_rough=True)
    for part in ("among", "others", "toll", "cumulative", "period", "unknown", "zero", "filler"):
        for word in table[part]["words"]:
            yield word, Meaning(part)


class Token(NamedTuple):
    """A phrase, digits, or a mark of punctuation in a folded sentence."""

    start: int
    end: int
    text: str  # of a phrase, its first word
    parts: Parts  # what it can be; empty: a word that is none of ours
    value: int | None  # of digits

    def has(self, part: str) -> Meaning | None:
        """Return its meaning as a part of speech."""
        return self.parts.get(part)


_WORD = re.compile(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d{1,7}|[^\W\d_]+(?:'[^\W\d_]+)?|[^\w\s]")


def tokens(folded: str, words: NumberWords) -> list[Token]:
    """Cut a folded sentence into tokens: the longest phrases known, digits, single words, punctuation."""
    found = [(match.start(), match.end(), match[0]) for match in _WORD.finditer(folded)]
    made: list[Token] = []
    place = 0
    while place < len(found):
        start, end, text = found[place]
        first = text[0]
        if first.isdigit():
            made.append(Token(start, end, text, _NONE, int(text.replace(",", "").replace(".", ""))))
            place += 1
            continue
        parts, phrases = words.word(text) if first.isalpha() else (_NONE, ())
        place += 1
        for phrase in phrases:
            if _stands(found, place, phrase):
                parts = phrase.parts
                place += len(phrase.rest)
                end = found[place - 1][1]
                break
        made.append(Token(start, end, text, parts, None))
    return made


def _stands(found: list[tuple[int, int, str]], place: int, phrase: Phrase) -> bool:
    """Say whether the rest of a phrase stands at a place."""
    for word in phrase.rest[: len(phrase.rest) - phrase.is_stem]:
        if place >= len(found) or found[place][2] != word:
            return False
        place += 1
    return not phrase.is_stem or (place < len(found) and found[place][2].startswith(phrase.rest[-1]))
