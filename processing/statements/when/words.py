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

# One letter a class.
LETTERS = dict(
    pair.split(":", 1)
    for line in (
        "month:m weekday:w relative:r number:n count:V ordinal:j year:y night:N day:e week:u month_unit:A year_unit:G hour:H",
        "last:l past:o next:C this:t on:i during:D for:W since:s ago:g before:b from:f to:k by:K and:a between:c",
        "beginning:B edge:M part:p adverb:q vague:v same:J after:F say:S tell:T report:R that:Q future:U event:E filler:",
        "medium:X named:Y comma:, slash:/ dash:- dot:. break:| plain:x",
    )
    for pair in line.split()
)
_VALUED = "month weekday relative count ordinal night day week month_unit year_unit hour".split()
# A sentence without a word of one of these has no time in it. Bare numbers are told by the words beside them.
_TELLING = frozenset("mwrNeuAGHqvJy")
_DATED = frozenset("mwrnN")  # classes that و is read before, where it is written together with the word
_PARTED = frozenset("mwnjy")  # and that may stand directly after a slash or a dash: آب/أغسطس
_COUNTED = frozenset("STRU")  # words of saying and of what is to come
_YEARS = range(1900, 2050)
_NUMBERS = range(1, 100)
_PARTICLES = ("ف", "ب", "ل", "ك", "وب", "ول")
_AND = "و"
_ARABIC = re.compile(r"[\u0600-\u06ff]+")
_GROUP = re.compile(r"\((?!\?)")
_PLACEHOLDER = re.compile(r"[A-Za-z_]+")
HEAD = 3  # letters of a sentence that say whether it may begin as one that tells again
_SHORT = 3  # letters below which particles would make other words


class Word(NamedTuple):
    """What a word says."""

    letters: str  # of its class; "a" before it for و written together with it, none for a filler
    value: int  # month, weekday, number, length; 0 for classes without one
    is_telling: bool  # there may be a time beside it
    is_latin: bool
    is_counted: bool  # how many words stand between it and a time matters


class Rule(NamedTuple):
    """An order of words that is a time."""

    name: str
    means: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Times:
    """Everything `event_day` looks up."""

    automaton: ahocorasick_rs.AhoCorasick  # of folded words, each after a space or the mark that it may stand behind
    words: tuple[Word, ...]  # by pattern
    orders: re.Pattern[str]  # one group a rule, r0, r1 ...
    rules: tuple[Rule, ...]
    begins: tuple[str, ...]  # of sentences that tell again, as written and folded, in lower case
    heads: frozenset[str]  # the first letters of those: few sentences begin so


class TimesError(ValueError):
    """times.toml contradicts itself; the message says where."""


@functools.cache
def load_times() -> Times:
    """Read and compile times.toml; later calls return the same object. Raises TimesError."""
    path = resources.files("processing") / "vocabulary" / "times.toml"
    return read_times(tomllib.loads(path.read_text(encoding="utf-8")))


def read_times(table: Mapping[str, Any]) -> Times:
    """Compile a table laid out like times.toml."""
    words = _words(table)
    told = (text for begin in table["background"]["begins"] for text in (begin.lower(), fold_plain(begin)))
    begins = tuple(dict.fromkeys(told))
    names = [rule["name"] for rule in table["rule"]]
    parts = {name: f"(?:{_pattern(order, {})})" for name, order in table["parts"].items() if name != "DAY"}
    parts["DAY"] = f"(?:{_pattern(table['parts']['DAY'], parts)})"
    orders = "|".join(f"(?P<r{n}>{_pattern(rule['order'], parts)})" for n, rule in enumerate(table["rule"]))
    return Times(
        automaton=ahocorasick_rs.AhoCorasick(list(words), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest),
        words=tuple(words.values()),
        orders=re.compile(orders),
        rules=tuple(
            Rule(name, rule["means"], rule["confidence"]) for name, rule in zip(names, table["rule"], strict=True)
        ),
        begins=begins,
        heads=frozenset(begin[:HEAD] for begin in begins),
    )


def _words(table: Mapping[str, Any]) -> dict[str, Word]:
    """Return all patterns with what they say. Raises TimesError where a word stands for two things."""
    written: dict[str, tuple[str, int]] = {}
    for spelling, letter, value in _entries(table):
        if written.setdefault(fold_plain(spelling), (letter, value)) != (letter, value):
            raise TimesError(f"times.toml: {spelling!r} stands for two things")
    made = {form: said for text, word in written.items() for form, said in _forms(text, *word)}
    words: dict[str, Word] = {}
    for text, (letters, value) in {**made, **written}.items():
        word = Word(letters, value, not _TELLING.isdisjoint(letters), text.isascii(), not _COUNTED.isdisjoint(letters))
        words[f" {text}"] = word
        if letters in _PARTED or not letters:
            words |= {f"{mark}{text}": word for mark in "/-."}
    return words


def _entries(table: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Yield every spelling with its class and value; numbers and years in figures first."""
    for number in _NUMBERS:
        yield from ((text, LETTERS["number"], number) for text in (str(number), f"ال{number}"))
        yield from ((f"{number}{ending}", LETTERS["ordinal"], number) for ending in ("st", "nd", "rd", "th"))
    yield from ((f"0{number}", LETTERS["number"], number) for number in range(1, 10))
    yield from ((str(year), LETTERS["year"], year) for year in _YEARS)
    for name in _VALUED:
        for value, spellings in table[name].items():
            yield from ((spelling, LETTERS[name], int(value)) for spelling in spellings)
    for name, spellings in table["words"].items():
        yield from ((spelling, LETTERS[name], 0) for spelling in spellings)


def _forms(text: str, letters: str, value: int) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield an Arabic word with the particles that are written together with it."""
    first = text.split()[0]
    if not _ARABIC.fullmatch(first):
        return
    yield _AND + text, ("a" + letters if letters in _DATED else letters, value)
    for particle in _PARTICLES if len(first) >= _SHORT and letters not in "ESQ" else ():
        yield particle + text, (letters, value)
    if first.startswith("ال"):
        yield "ل" + text[1:], (letters, value)  # ل and the article are written لل


def _pattern(order: str, parts: Mapping[str, str]) -> str:
    """Write an order as a pattern over letters of classes. Raises TimesError for a class that is not known."""

    def letter(found: re.Match[str]) -> str:
        name = found[0]
        if name in parts:
            return parts[name]
        if name in LETTERS:
            return re.escape(LETTERS[name])
        raise TimesError(f"times.toml: no class of words is called {name!r}")

    return _GROUP.sub("(?:", _PLACEHOLDER.sub(letter, order).replace(" ", ""))
