"""The words and orders of times in memory: what `processing/vocabulary/times.toml` says, compiled for searching.

Every word has a class, and a class is one letter, so that a sentence becomes a short string of letters and the orders of
the file become patterns over it. A pattern of a few hundred words would take milliseconds; this takes microseconds.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any, NamedTuple

import ahocorasick_rs

from processing.text import fold_plain

LETTERS = {
    **{
        "month": "m",
        "weekday": "w",
        "relative": "r",
        "number": "n",
        "count": "V",
        "ordinal": "j",
        "year": "y",
        "night": "N",
    },
    **{"day": "e", "week": "u", "month_unit": "A", "year_unit": "G", "hour": "H"},
    **{
        "last": "l",
        "past": "o",
        "next": "C",
        "this": "t",
        "on": "i",
        "during": "D",
        "for": "W",
        "since": "s",
        "ago": "g",
    },
    **{"before": "b", "from": "f", "to": "k", "by": "K", "and": "a", "between": "c", "beginning": "B", "edge": "M"},
    **{"part": "p", "adverb": "q", "vague": "v", "same": "J", "after": "F", "say": "S", "tell": "T", "report": "R"},
    **{"that": "Q", "future": "U", "event": "E", "filler": "", "break": "|", "medium": "X", "named": "Y", "comma": ","},
    **{"slash": "/", "dash": "-", "dot": ".", "possessive": "z", "plain": "x"},
}
_VALUED = (
    "month",
    "weekday",
    "relative",
    "count",
    "ordinal",
    "night",
    "day",
    "week",
    "month_unit",
    "year_unit",
    "hour",
)
# A sentence without a word of one of these has no time in it. Bare numbers and years are told by the words beside them.
_TELLING = frozenset("mwrNeuAGHqvJ")
_YEARS = range(1900, 2050)
_NUMBERS = range(1, 100)
_PARTICLES = ("ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل")
_AND = "و"
_ARABIC = re.compile(r"[\u0600-\u06ff]+")
_GROUP = re.compile(r"\((?!\?)")
_PLACEHOLDER = re.compile(r"[A-Za-z_]+")
# Beside words: years, and letters of other keyboards that days and months are written with (الیوم).
_STEMS = ("199", "200", "201", "202", "203", "/20", "٢٠", "\u06cc")
_SHORT = 3  # a piece of so few letters is looked for at the start of a word only


class Word(NamedTuple):
    """What a word says."""

    letters: str  # of its class, "x" if it only begins longer names; "a" before it for و written together with it
    value: int  # month, weekday, number, length; 0 for classes without one
    longer: tuple[Longer, ...] = ()  # what it begins, the longest first


class Longer(NamedTuple):
    """The other words of a name of several, and what the whole says."""

    rest: list[str]
    letters: str
    value: int


class Rule(NamedTuple):
    """An order of words that is a time."""

    name: str
    means: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Times:
    """Everything `event_day` looks up."""

    words: Mapping[str, Word]  # folded
    telling: frozenset[str]  # words without one of which there is no time in a sentence
    orders: re.Pattern[str]  # one group a rule, r0, r1 ...
    rules: tuple[Rule, ...]
    begins: tuple[str, ...]  # of sentences that tell again, as written and folded, in lower case
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
    words = _words(table)
    names = [rule["name"] for rule in table["rule"]]
    parts = {name: f"(?:{_pattern(order, {})})" for name, order in table["parts"].items() if name != "DAY"}
    parts["DAY"] = f"(?:{_pattern(table['parts']['DAY'], parts)})"
    orders = "|".join(f"(?P<r{n}>{_pattern(rule['order'], parts)})" for n, rule in enumerate(table["rule"]))
    return Times(
        words=words,
        telling=frozenset(
            text
            for text, word in words.items()
            if _TELLING & {*word.letters, *(letter for more in word.longer for letter in more.letters)}
            or word.letters == "y"
        ),
        orders=re.compile(orders),
        rules=tuple(
            Rule(name, rule["means"], rule["confidence"]) for name, rule in zip(names, table["rule"], strict=True)
        ),
        begins=tuple(
            dict.fromkeys(
                text for begin in table["background"]["begins"] for text in (begin.lower(), fold_plain(begin))
            )
        ),
        hints=ahocorasick_rs.AhoCorasick(sorted(_hints(table))),
    )


def _words(table: Mapping[str, Any]) -> dict[str, Word]:
    """Return all words with what they say and what they begin. Raises TimesError where one stands for two things."""
    words: dict[str, Word] = {str(number): Word("n", number) for number in _NUMBERS}
    words |= {f"{number}{ending}": Word("j", number) for number in range(1, 32) for ending in ("st", "nd", "rd", "th")}
    words |= {f"ال{number}": Word("n", number) for number in _NUMBERS}
    words |= {str(year): Word("y", year) for year in _YEARS}
    longer: dict[str, list[Longer]] = defaultdict(list)
    written: dict[str, Word] = {}
    for spelling, word in _entries(table):
        folded = fold_plain(spelling)
        if written.setdefault(folded, word) != word:
            raise TimesError(f"times.toml: {spelling!r} stands for two things")
    for folded, word in written.items():
        first, *rest = folded.split()
        for form, said in _forms(first, word):
            if rest:
                longer[form].append(Longer(rest, *said[:2]))
            elif form == first or form not in written:
                words[form] = said
    for form, more in longer.items():
        more.sort(key=lambda one: -len(one.rest))
        words[form] = words.get(form, Word("x", 0))._replace(longer=tuple(more))
    return words


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
    if _ARABIC.fullmatch(first):
        joined = Word("a" + word.letters, word.value) if word.letters in "mwrnN" else word
        yield _AND + first, joined
        for particle in _PARTICLES if len(first) >= _SHORT else ():
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

    return _GROUP.sub("(?:", _PLACEHOLDER.sub(letter, order).replace(" ", ""))


def _hints(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a text that holds a time holds, in lower case, as written and folded."""
    for spelling, word in _entries(table):
        if word.letters in _TELLING:
            for text in (spelling.lower(), fold_plain(spelling)):
                piece = max(text.split(), key=len)
                yield f" {piece}" if len(piece) < _SHORT else piece
    yield from _STEMS
