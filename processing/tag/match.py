"""Where the names of the vocabulary stand in a text: one pass of Aho-Corasick over the folded text.

A name counts at word boundaries. Two things may touch it: the particles that Arabic writes together with a word, and
the digits of a footnote (ISIS1).
"""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import NamedTuple, TypeVar

from processing.records import TagKind
from processing.tag.cues import NEAR
from processing.tag.forms import CLITICS
from processing.tag.newsrooms import FARTHEST, Trigger
from processing.tag.vocabulary import Entry, ImportedNames, Vocabulary
from processing.text import Folded, fold, join_letters

_FOOTNOTE = re.compile(r"\d{1,2}(?!\w)")
_WORD_BEFORE = re.compile(r"([^\W\d]+) $")
_WORD_AFTER = re.compile(r" ([^\W\d]+)")
_LONGEST_WORD = 200  # characters of one of attribution, with all marks of the original
_SHOUTED = 25  # characters before a short acronym in which the word before it is looked for

_Spanned = TypeVar("_Spanned", bound=tuple[int, int, object])


class Hit(NamedTuple):
    """A spelling that stands in a text, with what it may mean; conditions on what is around are not yet looked at."""

    start: int  # in the folded text
    end: int
    entries: tuple[Entry, ...]  # of one kind, never empty


class Word(NamedTuple):
    """A word of attribution that stands in a text."""

    start: int  # in the folded text
    end: int
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class Field:
    """One field of an article, searched."""

    name: str  # title | text
    source: str
    folded: Folded
    hits: Mapping[TagKind, list[Hit]]
    words: list[Word]  # in order of their ends

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of one in the folded text."""
        return (start, end) if self.source.isascii() else self.folded.original(start, end)

    def before(self, position: int) -> str:
        """Return the NEAR folded characters before a position."""
        return self.folded.text[max(0, position - NEAR) : position]

    def after(self, position: int) -> str:
        """Return the NEAR folded characters after a position."""
        return self.folded.text[position : position + NEAR]


def around(words: Sequence[_Spanned], start: int, end: int) -> Iterator[_Spanned]:
    """Yield of a text's words of attribution, in order, those near enough to a name to be its own, and few others.

    `words` are (start, end, ...) in order of their ends: a text that has a hundred thousand of them is not read again for
    each name in it.
    """
    for place in range(bisect_left(words, start - FARTHEST, key=itemgetter(1)), len(words)):
        if words[place][1] > end + FARTHEST + _LONGEST_WORD:
            return
        yield words[place]


def search(name: str, source: str, vocabulary: Vocabulary, day: dt.date) -> Field:
    """Find every alias that is in use on a day, and every word of attribution, in one field of an article."""
    folded = fold(join_letters(source))
    text = folded.text.replace("-", " ").replace("'", " ").replace("_", " ")
    hits: dict[TagKind, list[Hit]] = {kind: [] for kind in TagKind}
    words: list[Word] = []
    for pattern, start, end in vocabulary.automaton.find_matches_as_indexes(text, overlapping=True):
        if end < len(text) and text[end].isalnum() and not _is_footnote(text, end):
            continue
        if start and text[start - 1].isalnum() and not (vocabulary.is_arabic[pattern] and _follows_clitic(text, start)):
            continue
        for kind, entries, is_conditional in vocabulary.groups[pattern]:
            if is_conditional:
                entries = _in_use(entries, day, source, folded.original(start, end))
            if entries:
                hits[kind].append(Hit(start, end, entries))
        if pattern < len(vocabulary.triggers):
            for trigger in vocabulary.triggers[pattern]:
                words.append(Word(start, end, trigger))
    if vocabulary.imported:
        more = _imported(vocabulary.imported, folded, text, day, source)
        hits[TagKind.PLACE] = _together([*hits[TagKind.PLACE], *more])
    return Field(name, source, folded, hits, words)


def _imported(names: ImportedNames, folded: Folded, text: str, day: dt.date, source: str) -> Iterator[Hit]:
    """Yield the imported names in a text; they begin at a word's boundary already."""
    for start, end, entries in names.find(text):
        if end < len(text) and text[end].isalnum() and not _is_footnote(text, end):
            continue
        if used := _in_use(entries, day, source, folded.original(start, end)):
            yield Hit(start, end, used)


def _together(hits: list[Hit]) -> list[Hit]:
    """Put together what our own and imported places mean by one spelling; of one place our own entry holds."""
    spans: dict[tuple[int, int], Hit] = {}
    for hit in hits:
        span = hit.start, hit.end
        if span not in spans:
            spans[span] = hit
            continue
        entries = spans[span].entries
        known = {entry.place.place_id for entry in entries}
        more = tuple(entry for entry in hit.entries if entry.place.place_id not in known)
        spans[span] = Hit(hit.start, hit.end, (*entries, *more))
    return list(spans.values())


def _is_footnote(text: str, end: int) -> bool:
    return _FOOTNOTE.match(text, end) is not None and not text[end - 1].isdigit()


def _follows_clitic(text: str, start: int) -> bool:
    for length in (1, 2):
        begin = start - length
        if begin >= 0 and text[begin:start] in CLITICS and (begin == 0 or not text[begin - 1].isalnum()):
            return True
    return False


def _in_use(entries: tuple[Entry, ...], day: dt.date, source: str, span: tuple[int, int]) -> tuple[Entry, ...]:
    """Keep the entries that are in use on the day and whose letters are those of the original."""
    written = source[span[0] : span[1]]
    has_capital = written != written.lower()
    kept = []
    for entry in entries:
        if entry.letters == "capital" and not has_capital:
            continue
        if entry.letters == "exact" and (written != entry.alias.literal or _is_shouted(source, *span)):
            continue
        if entry.alias.dated and not entry.alias.holds_on(day):
            continue
        kept.append(entry)
    return tuple(kept)


def _is_shouted(source: str, begin: int, stop: int) -> bool:
    """Say whether it is a word of two letters between capitals: "IS" in a headline of capitals is a verb."""
    if stop - begin > 2:
        return False
    before, after = _WORD_BEFORE.search(source, max(0, begin - _SHOUTED), begin), _WORD_AFTER.match(source, stop)
    beside = [found[1] for found in (before, after) if found]
    return bool(beside) and all(word.isupper() for word in beside)
