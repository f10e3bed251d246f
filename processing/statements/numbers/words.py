"""The words about numbers of people, compiled from `vocabulary/numbers.toml`: what each token of a sentence can be."""

from __future__ import annotations

import functools
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
# Tables of numbers.toml that are lists of words.
WORDS = (
    "among",
    "of them",
    "all",
    "others",
    "surely",
    "age",
    "unit",
    "toll",
    "cumulative",
    "period",
    "unknown",
    "zero",
    "negation",
    "loss",
    "report",
    "describes",
    "filler",
)


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
NONE: Parts = MappingProxyType({})


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

    def mark(self, text: str) -> tuple[Parts, tuple[Phrase, ...]]:
        """Return what a mark of punctuation can be: + opens a number upwards."""
        return self.whole.get(text, NONE), ()

    def meanings(self, phrase: str) -> Parts:
        """Return what a phrase, or the phrase without what Arabic writes before it, can be."""
        if found := self._get(phrase):
            return found
        if "\u0600" <= phrase[0] <= "\u06ff":
            for length in (1, 2, 3):
                if phrase[:length] in _CLITICS and (found := self._get(phrase[length:])):
                    return found
        return NONE

    def _get(self, phrase: str) -> Parts:
        if found := self.whole.get(phrase):
            return found
        for length in range(min(_ENDING, len(phrase) - 2) + 1):
            if found := self.stems.get(phrase[: len(phrase) - length]):
                return found
        return NONE

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
        known = (stems if folded.endswith("*") else whole).setdefault(key, {})
        if meaning.part not in known or _is_one(meaning, known[meaning.part]):
            known[meaning.part] = meaning
        if meaning.kind or meaning.part in ("unknown", "zero", "toll", "loss"):
            heads.add(key)
    for key, known in whole.items():  # a word of its own is still what its stem says
        for length in range(_ENDING + 1):
            for part, meaning in stems.get(key[: len(key) - length], {}).items():
                known.setdefault(part, meaning)
    several: dict[str, list[Phrase]] = {}
    for listed in (whole, stems):
        for key, parts in listed.items():
            first, *rest = key.split()
            if rest:
                several.setdefault(first, []).append(Phrase(tuple(rest), listed is stems, parts))
    ordered = {first: tuple(sorted(found, key=lambda one: -len(one.rest))) for first, found in several.items()}
    return NumberWords(whole, stems, ordered, ahocorasick_rs.AhoCorasick(sorted(heads)), {})


def _is_one(meaning: Meaning, known: Meaning) -> bool:
    """Say whether a word stands for one alone, and for some beside a number as well: офицера, two офицера."""
    return known.low == 0 and meaning.low == 1 and meaning.counted is known.counted


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
    for part in WORDS:
        for word in table[part]["words"]:
            yield word, Meaning(part)
