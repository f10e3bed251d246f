"""Words that a text uses as a place's name and the vocabulary does not know: what to import or add next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from processing.records import Tag, TagKind
from processing.tag.unlisted import RULE, names_after_markers
from processing.text import fold_plain


@dataclass(slots=True)
class Unknown:
    """A name that is not known, as it was met."""

    count: int = 0
    texts: int = 0
    spellings: Counter[str] = field(default_factory=Counter)


def unknown_places(title: str, text: str, tags: Iterable[Tag]) -> Iterator[str]:
    """Yield the names that stand right after a word for a place in an article, and that no place tag covers."""
    spans = [
        (tag.field, tag.start, tag.end) for tag in tags if tag.kind is TagKind.PLACE and not tag.rule.startswith(RULE)
    ]
    for name, source in (("title", title), ("text", text)):
        for found in names_after_markers(source):
            if not any(place == name and start < found.end and found.start < end for place, start, end in spans):
                yield found.name


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
