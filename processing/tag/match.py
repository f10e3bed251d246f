"""Where the names of the vocabulary stand in a text: one pass of Aho-Corasick over the folded text.

A name counts at word boundaries. Two things may touch it: the particles that Arabic writes together with a word, and
the digits of a footnote (ISIS1).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from processing.records import TagKind
from processing.tag.aliases import Alias
from processing.tag.cues import NEAR
from processing.tag.newsrooms import Trigger
from processing.tag.vocabulary import Entry, Vocabulary
from processing.text import Folded, fold

# And, so, in, for, like, and their pairs. ل before ال is spelled لل, which the vocabulary has as spellings of its own.
CLITICS = frozenset(("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"))
# Letters of a word kept apart to dodge filters: مسلـ.ـح. A tatweel in the mark's place keeps all positions.
_SPLIT = re.compile("(?<=\u0640)[^\\w\\s](?=\u0640)")
_FOOTNOTE = re.compile(r"\d{1,2}(?!\w)")
_SHOUTED = 25  # characters on either side of a short acronym that must not all be capitals


class Hit(NamedTuple):
    """An alias that stands in a text; conditions other than its letters are not yet looked at."""

    start: int  # in the folded text
    end: int
    entry: Entry
    alias: Alias


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
    words: list[Word]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span in the original of one in the folded text."""
        return (start, end) if self.source.isascii() else self.folded.original(start, end)

    def before(self, position: int) -> str:
        """Return the NEAR folded characters before a position."""
        return self.folded.text[max(0, position - NEAR) : position]

    def after(self, position: int) -> str:
        """Return the NEAR folded characters after a position."""
        return self.folded.text[position : position + NEAR]


def search(name: str, source: str, vocabulary: Vocabulary) -> Field:
    """Find every alias and word of attribution of the vocabulary in one field of an article."""
    folded = fold(_SPLIT.sub("\u0640", source) if "\u0640" in source else source)
    text = folded.text.replace("-", " ").replace("'", " ").replace("_", " ")
    hits: dict[TagKind, list[Hit]] = {kind: [] for kind in TagKind}
    words: list[Word] = []
    for pattern, start, end in vocabulary.automaton.find_matches_as_indexes(text, overlapping=True):
        if end < len(text) and text[end].isalnum() and not _is_footnote(text, end):
            continue
        if start and text[start - 1].isalnum() and not (vocabulary.is_arabic[pattern] and _follows_clitic(text, start)):
            continue
        for entry in vocabulary.entries[pattern]:
            if entry.letters == "any" or _reads(entry, folded, source, start, end):
                hits[entry.alias.kind].append(Hit(start, end, entry, entry.alias))
        for trigger in vocabulary.triggers[pattern]:
            words.append(Word(start, end, trigger))
    return Field(name, source, folded, hits, words)


def _is_footnote(text: str, end: int) -> bool:
    return _FOOTNOTE.match(text, end) is not None and not text[end - 1].isdigit()


def _follows_clitic(text: str, start: int) -> bool:
    for length in (1, 2):
        begin = start - length
        if begin >= 0 and text[begin:start] in CLITICS and (begin == 0 or not text[begin - 1].isalnum()):
            return True
    return False


def _reads(entry: Entry, folded: Folded, source: str, start: int, end: int) -> bool:
    """Say whether the letters of the original are large where the alias asks for it."""
    begin, stop = folded.original(start, end)
    written = source[begin:stop]
    if entry.letters == "capital":
        return written != written.lower()
    if written != entry.alias.literal:
        return False
    # "IS" in a headline of capitals is a verb.
    return (
        len(written) > 3
        or not source[max(0, begin - _SHOUTED) : stop + _SHOUTED].isupper()
        or source.strip() == written
    )
