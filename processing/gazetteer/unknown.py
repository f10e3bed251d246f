"""Words that a text uses as a place's name and the vocabulary does not know: what to import or add next."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from processing.records import Tag, TagKind
from processing.text import fold_plain

# A name right after a word for a place. Arabic takes a second word where the first is one that begins names.
_NAMES = (
    re.compile(
        r"\b(?:town|village|city|towns|villages|hamlet|subdistrict|outskirts) of (?:the )?(?:town of |village of )?"
        r"((?:[Aa]l-|[Ee]l-)?[A-Z][\w'’-]{2,24}(?: (?:al-|[Aa]l |[Ee]l-)?[A-Z][\w'’-]{2,24}){0,2})"
    ),
    re.compile(
        r"(?<!\w)[وفبل]{0,2}(?:ال)?(?:مدينة|بلدة|قرية|بلدتي|قريتي|ناحية|مزرعة)\s+[\"“«]?"
        r"((?:(?:تل|كفر|دير|خان|أم|أبو|عين|جبل|معرة|بيت|جب|خربة|رأس|شيخ|الشيخ|بير|بئر|وادي|باب)\s+)?[\u0621-\u064a]{3,18})"
    ),
    re.compile(
        r"\b(?:город|города|городе|деревни|деревне|деревня|посёлка|поселка|селения|селе)\s+«?([А-ЯЁ][\w-]{2,30})"
    ),
)
_STOP = frozenset(
    fold_plain(word)
    for word in "التي الذي كما بعد قبل منذ على في من إلى عن هي هذه تلك القريبة نفسها أخرى عدة وريفها".split()
)


@dataclass(slots=True)
class Unknown:
    """A name that is not known, as it was met."""

    count: int = 0
    texts: int = 0
    spellings: Counter[str] = field(default_factory=Counter)


def unknown_places(title: str, text: str, tags: Iterable[Tag]) -> Iterator[str]:
    """Yield the names that stand right after a word for a place in an article, and that no place tag covers."""
    spans = [(tag.field, tag.start, tag.end) for tag in tags if tag.kind is TagKind.PLACE]
    for name, source in (("title", title), ("text", text)):
        for pattern in _NAMES:
            for found in pattern.finditer(source):
                start, end = found.span(1)
                is_known = any(place == name and a < end and start < b for place, a, b in spans)
                if not is_known and fold_plain(found[1]) not in _STOP:
                    yield found[1]


def count_unknown(articles: Iterable[Iterable[str]]) -> dict[str, Unknown]:
    """Count names over articles, spellings of one folded form together."""
    counted: dict[str, Unknown] = {}
    for names in articles:
        met: set[str] = set()
        for name in names:
            folded = fold_plain(name)
            one = counted.setdefault(folded, Unknown())
            one.count += 1
            one.spellings[name] += 1
            if folded not in met:
                one.texts += 1
                met.add(folded)
    return counted
