"""Which sections and items a headline or a brief repeats, by the words, places and sides they share.

A link is made only on shared words that tell something, and never against the places: what is said of Idlib repeats
nothing that is reported of Aleppo. Where nothing is near enough there is no link.
"""

from __future__ import annotations

import dataclasses
import math
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from processing.digest.names import Names
from processing.digest.words import STOP
from processing.records import Part, PartKind
from processing.text import tokens

ENOUGH = 0.36  # of a clause's weight is found in the report, with what sides and places add
SIDE, PLACE, TOWN = 0.12, 0.08, 0.12  # what a shared side, a shared governorate, a town that no other report names add
NEAREST = 0.7  # of the best report's score, for a second one
MOST = 40_000  # pairs of clauses and reports that are compared; a digest has some hundreds
_CLAUSE = re.compile(r"[,;،؛:](?=\s)")
# Arabic articles and particles, the English plural.
_AFFIX = re.compile(r"^(?:[وفب]?ال|لل|[وب](?=\w{3}))|(?<=[a-z]{3})s$")
_STEM = 5  # letters by which forms of a word are compared
_LEAST = 2  # words of a clause
_SHARED = 2  # words that a clause and a report share at least; a place alone is where something else may have happened


@dataclasses.dataclass(frozen=True, slots=True)
class _Said:
    """What a clause or a report says."""

    words: frozenset[str]
    governorates: frozenset[str]
    actors: frozenset[str]
    towns: frozenset[str]


class Counts:
    """In how many reports a word or a town stands: what stands in few of them tells more."""

    def __init__(self, reports: Collection[_Said]) -> None:
        self._reports = len(reports)
        self._words = Counter(word for report in reports for word in report.words)
        self.towns = Counter(town for report in reports for town in report.towns)

    def weight(self, word: str) -> float:
        """Return how much a word tells."""
        return math.log(1 + self._reports / max(1, self._words[word]))


def link(text: str, parts: Sequence[Part], names: Names) -> list[Part]:
    """Return the parts with headlines and briefs linked to what they repeat."""
    parents = {part.parent for part in parts if part.kind in (PartKind.ITEM, PartKind.HEADLINE, PartKind.SUMMARY)}
    # What a section tells again of earlier days is no report of it; later parts come first, so the first one stays.
    ends = {part.parent: part.start for part in reversed(parts) if part.kind is PartKind.BACKGROUND}
    reports = {
        place: _said(text, part, ends.get(place, part.end), names)
        for place, part in enumerate(parts)
        if part.kind in (PartKind.SECTION, PartKind.ITEM) and place not in parents
    }
    linked = list(parts)
    clauses = {
        place: list(_clauses(text, part, names))
        for place, part in enumerate(parts)
        if part.kind in (PartKind.HEADLINE, PartKind.SUMMARY) and place not in parents
    }
    if sum(map(len, clauses.values())) * len(reports) > MOST:
        return linked
    counts = Counts(reports.values())
    for place, said in clauses.items():
        found = {one for clause in said for one in _repeated(clause, reports, counts)}
        linked[place] = dataclasses.replace(parts[place], summary_of=tuple(sorted(found)))
    return linked


def _repeated(clause: _Said, reports: Mapping[int, _Said], counts: Counts) -> Iterator[int]:
    """Yield the reports that a clause repeats."""
    total = sum(counts.weight(word) for word in clause.words)
    scores: dict[int, float] = {}
    for place, report in reports.items():
        shared = clause.words & report.words
        near = clause.governorates & report.governorates
        town = any(counts.towns[town] == 1 for town in clause.towns & report.towns)
        if len(shared) < _SHARED or (clause.governorates and report.governorates and not near):
            continue
        extra = SIDE * bool(clause.actors & report.actors) + PLACE * bool(near) + TOWN * town
        scores[place] = sum(counts.weight(word) for word in shared) / total + extra
    best = max(scores.values(), default=0.0)
    yield from (place for place, score in scores.items() if score >= max(ENOUGH, NEAREST * best))


def _clauses(text: str, part: Part, names: Names) -> Iterator[_Said]:
    """Yield the clauses of a headline or brief; one that names no place speaks of the whole's."""
    start = part.header[1] if part.header else part.start
    ends = [found.start() for found in _CLAUSE.finditer(text, start, part.end)] + [part.end]
    for end in ends:
        words = _content(text[start:end])
        if len(words) >= _LEAST:
            own = names.governorates(start, end) or part.governorates
            actors = names.actors(start, end) + (part.actors if part.header else ())
            yield _Said(words, frozenset(own), frozenset(actors), names.towns(start, end))
            start = end
    # What is left is too short to say something on its own.


def _said(text: str, part: Part, end: int, names: Names) -> _Said:
    start = part.header[1] if part.header else part.start
    words, towns = _content(text[start:end]), names.towns(start, end)
    return _Said(words, frozenset(part.governorates), frozenset(part.actors), towns)


def _content(stretch: str) -> frozenset[str]:
    """Return the stems of the words that tell something."""
    found = (word for word in tokens(stretch) if word not in STOP and not word.isdigit() and len(word) > 2)
    return frozenset(stem for word in found if (stem := _AFFIX.sub("", word)[:_STEM]) not in STOP)
