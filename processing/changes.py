"""What an outlet changed between two versions of an article: sentences, the title, tolls, whom it cites. Pure.

An edit after publication is a finding: a toll that goes from 3 to 7, an attribution that is gone. Both versions are read
by today's rules, so that nothing seems changed because our rules are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from processing.digest.units import units
from processing.explain import Explained
from processing.records import TagKind
from processing.statements.records import NumberKind, Standing, Statement
from processing.statements.toll import Toll, statement_toll
from processing.text import tokens

_SAME_SENTENCE = 0.5  # share of words above which a sentence is the other one edited
_NEAREST = 40  # sentences that one is compared with where many changed: hostile texts have tens of thousands
_CITED = 0.5  # confidence below which a source is merely named
_TOLLS = (NumberKind.KILLED, NumberKind.WOUNDED, NumberKind.CAPTURED, NumberKind.MISSING, NumberKind.DISPLACED)


class ChangeKind(StrEnum):
    """What changed."""

    TITLE = "title changed"
    ADDED = "sentence added"
    REMOVED = "sentence removed"
    EDITED = "sentence changed"
    TOLL = "toll changed"
    SOURCE_ADDED = "source added"
    SOURCE_REMOVED = "source removed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; texts as printed, tolls as "killed 3", sources by id."""

    kind: ChangeKind
    before: str  # empty: there was none
    after: str  # empty: it is gone
    about: str = ""  # of a toll: the sentence that gives it now


def compare(old: Explained, new: Explained) -> tuple[Change, ...]:
    """Return what changed between two readings of one article: the title, tolls, sources, then sentences in order.

    Spelling that folds away, white space and the order of paragraphs' blank lines are no changes.
    """
    changes: list[Change] = []
    if tokens(old.title) != tokens(new.title):
        changes.append(Change(ChangeKind.TITLE, old.title, new.title))
    changes += _tolls(old.statements, new.statements)
    changes += _sources(old, new)
    changes += _sentences(_units(old.text), _units(new.text))
    return tuple(changes)


def _units(text: str) -> list[str]:
    return [text[unit.content : unit.end].strip() for unit in units(text)]


def _sentences(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    words = [[tuple(tokens(sentence)) for sentence in side] for side in (old, new)]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        if what == "equal":
            continue
        left = list(range(begin, end))
        for place in range(first, last):
            near = left[:_NEAREST]
            likeness, heir = _likest(words[0][place], [words[1][other] for other in near])
            if likeness >= _SAME_SENTENCE:
                yield Change(ChangeKind.EDITED, old[place], new[left.pop(heir)])
            elif words[0][place]:
                yield Change(ChangeKind.REMOVED, old[place], "")
        for place in left:
            if words[1][place]:
                yield Change(ChangeKind.ADDED, "", new[place])


def _likest(words: Sequence[str], others: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Return how alike the likest of `others` is, 0-1, and its place, the first of equal ones; (0, 0) of none."""
    likenesses = [_alike(words, other) for other in others]
    best = max(likenesses, default=0.0)
    return best, likenesses.index(best) if likenesses else 0


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of words in common, each as often as it stands in both: linear in the words, whatever they are."""
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / (len(one) + len(other)) if one or other else 1.0


def _tolls(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[Change]:
    """Pair the events of both by their words, each once, and give the tolls that differ."""
    left = [one for one in old if one.standing is Standing.EVENT and not one.summary_of]
    for now in (one for one in new if one.standing is Standing.EVENT and not one.summary_of):
        likeness, place = _likest(tokens(now.literal), [tokens(one.literal) for one in left[:_NEAREST]])
        if likeness < _SAME_SENTENCE:
            continue
        before = left.pop(place)
        for kind in _TOLLS:
            was, is_now = statement_toll(before, kind), statement_toll(now, kind)
            if (was and was[:3]) != (is_now and is_now[:3]):
                yield Change(ChangeKind.TOLL, _told(kind, was), _told(kind, is_now), now.literal)


def _told(kind: NumberKind, toll: Toll | None) -> str:
    if toll is None:
        return ""
    if toll.low is None and toll.high is None:
        return f"{kind} not known"
    if toll.low == toll.high:
        return f"{kind} {toll.low}"
    return f"{kind} {toll.low} or more" if toll.high is None else f"{kind} {toll.low or 0} to {toll.high}"


def _sources(old: Explained, new: Explained) -> Iterator[Change]:
    before, after = _cited(old), _cited(new)
    yield from (Change(ChangeKind.SOURCE_REMOVED, source, "") for source in sorted(before - after))
    yield from (Change(ChangeKind.SOURCE_ADDED, "", source) for source in sorted(after - before))


def _cited(read: Explained) -> set[str]:
    return {tag.target for tag in read.tags if tag.kind is TagKind.SOURCE and tag.confidence >= _CITED}
