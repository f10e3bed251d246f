"""The words and orders of times in memory: what `processing/vocabulary/times.toml` says, compiled for searching.

Every word has a class, and a class is one letter, so that a sentence becomes a short string of letters and the orders of
the file become patterns over it. A pattern of a few hundred words would take milliseconds; this takes microseconds.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple

import ahocorasick_rs

from processing.text import fold_plain

LETTERS = {
    **{"month": "m", "weekday": "w", "relative": "r", "number": "n", "count": "V", "ordinal": "j", "year": "y", "night": "N"},
    **{"day": "e", "week": "u", "month_unit": "A", "year_unit": "G", "hour": "H"},
    **{"last": "l", "past": "o", "next": "C", "this": "t", "on": "i", "during": "D", "for": "W", "since": "s", "ago": "g"},
    **{"before": "b", "from": "f", "to": "k", "by": "K", "and": "a", "between": "c", "beginning": "B", "edge": "M"},
    **{"part": "p", "adverb": "q", "vague": "v", "same": "J", "after": "F", "say": "S", "tell": "T", "report": "R"},
    **{"that": "Q", "future": "U", "event": "E", "filler": "h", "break": "|", "medium": "X", "named": "Y", "comma": ","},
    **{"slash": "/", "dash": "-", "dot": ".", "possessive": "z", "plain": "x"},
}
_VALUED = ("month", "weekday", "relative", "count", "ordinal", "night", "day", "week", "month_unit", "year_unit", "hour")
# A sentence without a word of one of these has no time in it. Bare numbers and years are told by the words beside them.
_TELLING = frozenset("mwrNeuAGHpqvJ")
_YEARS = range(1900, 2050)
_NUMBERS = range(1, 100)
_PARTICLES = ("ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_AND = "و"
_ARABIC = re.compile(r"^[\u0600-\u06ff]{3}")
_PLACEHOLDER = re.compile(r"[A-Za-z_]+")
# Letters that other spellings are folded from, each alone reason enough to fold the sentence and look.
_ODD = ("\u0640", "\u06cc", "\u064e", "\u064f", "\u0650", "\u0651", "\u0652", "\u200f", "\u200e", "\u200c", "\u0301")
_YEAR_STEMS = ("/20", "-20", ".20", "/١", "/٢", " 20", "٢٠")


class Word(NamedTuple):
    """What a word says."""

    letters: str  # of its class; "a" before it for و written together with it
    value: int  # month, weekday, number, length; 0 for classes without one


class Rule(NamedTuple):
    """An order of words that is a time."""

    name: str
    means: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Times:
    """Everything `event_day` looks up."""

    words: Mapping[str, Word]  # folded
    longer: Mapping[str, tuple[tuple[tuple[str, ...], Word], ...]]  # by first word: the others, the longest first
    orders: re.Pattern[str]  # one group a rule, r0, r1 ...
    rules: tuple[Rule, ...]
    begins: tuple[str, ...]  # of sentences that tell again, folded
    hints: ahocorasick_rs.AhoCorasick  # pieces of lower-case text without which there is no time


class TimesError(ValueError):
    """times.toml contradicts itself; the message says where."""


@functools.cache
def load_times() -> Times:
    """Read and compile times.toml; later calls return the same object. Raises TimesError."""
    path = resources.files("processing") / "vocabulary" / "times.toml"
    return read_times(tomllib.loads(path.read_text(encoding="utf-8")))


def read_times(table: Mapping[str, Any]) -> Times:
    """Compile a table laid out like times.toml."""
    words: dict[str, Word] = {str(number): Word("n", number) for number in _NUMBERS}
    words |= {f"{number}{ending}": Word("n", number) for number in range(1, 32) for ending in ("st", "nd", "rd", "th")}
    words |= {str(year): Word("y", year) for year in _YEARS}
    longer: dict[str, list[tuple[tuple[str, ...], Word]]] = {}
    written: dict[str, Word] = {}
    spelled = []
    for spelling, word in _entries(table):
        first, *rest = folded = tuple(fold_plain(spelling).split())
        key = " ".join(folded)
        if written.setdefault(key, word) != word:
            raise TimesError(f"times.toml: {spelling!r} stands for two things")
        spelled.append((first, tuple(rest), word))
    for first, rest, word in spelled:
        for form, said in _forms(first, word):
            if rest:
                longer.setdefault(form, []).append((rest, said))
            elif form == first or form not in written:
                words[form] = said
    names = [rule["name"] for rule in table["rule"]]
    parts = {name: f"(?:{_pattern(order, {})})" for name, order in table["parts"].items() if name != "DAY"}
    parts["DAY"] = f"(?:{_pattern(table['parts']['DAY'], parts)})"
    orders = "|".join(f"(?P<r{n}>{_pattern(rule['order'], parts)})" for n, rule in enumerate(table["rule"]))
    return Times(
        words=words,
        longer={first: tuple(sorted(rest, key=lambda one: -len(one[0]))) for first, rest in longer.items()},
        orders=re.compile(orders),
        rules=tuple(
            Rule(name, rule["means"], rule["confidence"]) for name, rule in zip(names, table["rule"], strict=True)
        ),
        begins=tuple(fold_plain(begin) for begin in table["background"]["begins"]),
        hints=ahocorasick_rs.AhoCorasick(sorted(_hints(table))),
    )


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    for name in _VALUED:
        for value, spellings in table[name].items():
            for spelling in spellings:
                yield spelling, Word(LETTERS[name], int(value))
    for name, spellings in table["words"].items():
        for spelling in spellings:
            yield spelling, Word(LETTERS[name], 0)


def _forms(first: str, word: Word) -> Iterator[tuple[str, Word]]:
    """Yield a word with the particles that Arabic writes together with it."""
    yield first, word
    if _ARABIC.match(first):
        joined = Word("a" + word.letters, word.value) if word.letters in "mwrnN" else word
        yield _AND + first, joined
        for particle in _PARTICLES:
            yield particle + first, word
        if first.startswith("ال"):
            yield "ل" + first[1:], word  # ل and the article are written لل


def _pattern(order: str, parts: Mapping[str, str]) -> str:
    """Write an order as a pattern over letters of classes. Raises TimesError for a class that is not known."""

    def letter(found: re.Match[str]) -> str:
        name = found[0]
        if name in parts:
            return parts[name]
        if name in LETTERS:
            return re.escape(LETTERS[name])
        if name.isupper():  # a part not yet known: DAY holds DATE
            return name
        raise TimesError(f"times.toml: no class of words is called {name!r}")

    return _PLACEHOLDER.sub(letter, order).replace(" ", "").replace("(?:", "(").replace("(", "(?:")


def _hints(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a text that holds a time holds, in lower case, as written and folded."""
    for spelling, word in _entries(table):
        if word.letters in _TELLING:
            first = spelling.split()[0].lower()
            yield first.removeprefix("ال")
            yield fold_plain(first).removeprefix("ال")
    for begin in table["background"]["begins"]:
        yield begin.lower().split()[0]
        yield fold_plain(begin).split()[0]
    yield from (*_ODD, *_YEAR_STEMS)
