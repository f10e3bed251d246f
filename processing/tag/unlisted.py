"""Places that no list has: a name right after a word such as village, قرية, деревня, put into the governorate around it.

Such a tag points to the governorate, not to the place, and says so; its characters are the name. It counts little, but a
researcher finds the sentence, and `bulletins places unknown` lists the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from processing.records import TagKind
from processing.tag.anchors import Anchors
from processing.tag.match import Field
from processing.tag.spans import Found
from processing.text import fold_plain

RULE = "unlisted"
GUESSED = 0.4
# A name right after a word for a place, and the letters without which a text has none: a search for one of those costs a
# hundredth of the pattern. Arabic takes a second word where the first is one that begins names.
_NAMES = (
    (
        re.compile(r" of "),
        re.compile(
            r"\b(?:town|village|city|towns|villages|hamlet|subdistrict|outskirts) of (?:the )?(?:town of |village of )?"
            r"((?:[Aa]l-|[Ee]l-)?[A-Z][\w'’-]{2,24}(?: (?:al-|[Aa]l |[Ee]l-)?[A-Z][\w'’-]{2,24}){0,2})"
        ),
    ),
    (
        re.compile(r" (?:village|town)\b"),
        re.compile(r"\b((?:[Aa]l-|[Ee]l-)?[A-Z][\w'’-]{2,24}(?: [A-Z][\w'’-]{2,24})?) (?:village|town)\b"),
    ),
    (
        re.compile(r"[\u0621-\u064a]"),
        re.compile(
            r"(?<!\w)[وفبل]{0,2}(?:ال)?(?:مدينة|بلدة|قرية|بلدتي|قريتي|ناحية|مزرعة)\s+[\"“«]?"
            r"((?:(?:تل|كفر|دير|خان|أم|أبو|عين|جبل|معرة|بيت|جب|خربة|رأس|شيخ|الشيخ|بير|بئر|وادي|باب)\s+)?[\u0621-\u064a]{3,18})"
        ),
    ),
    (
        re.compile(r"[а-я]"),
        re.compile(
            r"\b(?:город|города|городе|деревни|деревне|деревня|посёлка|поселка|селения|селе)\s+«?([А-ЯЁ][\w-]{2,30})"
        ),
    ),
)
_STOP = frozenset(
    fold_plain(word)
    for word in "التي الذي كما بعد قبل منذ على في من إلى عن هي هذه تلك القريبة نفسها أخرى عدة وريفها بريف شمال جنوب شرق غرب "
    "حدودية The This That Syrian Turkish Russian Kurdish".split()
)


class Named(NamedTuple):
    """A name after a word for a place, in characters of the field's source."""

    start: int
    end: int
    name: str


def names_after_markers(source: str) -> Iterator[Named]:
    """Yield the names that a text uses as a place's, known or not."""
    for letters, pattern in _NAMES:
        if letters.search(source) is None:
            continue
        for found in pattern.finditer(source):
            if fold_plain(found[1]) not in _STOP:
                yield Named(found.start(1), found.end(1), found[1])


def unlisted(fields: Iterable[Field], known: Iterable[Found], sure: Anchors) -> Iterator[Found]:
    """Yield the names that no tag covers as places somewhere in the governorate of the nearest sure place."""
    taken: dict[str, list[tuple[int, int]]] = {}
    for one in known:
        taken.setdefault(one.field.name, []).append(one.field.original(one.start, one.end))
    for field in fields:
        spans = taken.get(field.name, [])
        for named in names_after_markers(field.source):
            if any(start < named.end and named.start < end for start, end in spans):
                continue
            start, end = field.folded.at(named.start), field.folded.at(named.end)
            code = sure.nearest(field, start)
            if end > start and code is not None:
                spans = [*spans, (named.start, named.end)]
                yield Found(field, start, end, TagKind.PLACE, code, f"{RULE}, near {code}", GUESSED, code)
