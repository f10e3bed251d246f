"""Sentences that are new, gone or edited. Spelling that folds away is no change, nor is where paragraphs break."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from processing.changes.likeness import NEAREST, SAME, likest
from processing.changes.records import Change, ChangeKind
from processing.digest.units import units
from processing.text import tokens

# Sentences above which places are not compared, only what there is: SequenceMatcher is quadratic in sentences that recur
# and in blocks that alternate (2,000 that are all the same: 0.4 s).
_ORDERED = 2000
_Words = Sequence[tuple[str, ...]]


def sentence_changes(old: str, new: str) -> Iterator[Change]:
    """Give the changes from one text to another, in the order of the sentences."""
    before, after = _sentences(old), _sentences(new)
    words = [[tuple(tokens(sentence)) for sentence in side] for side in (before, after)]
    for gone, come in _differing(*words):
        left = list(come)
        for place in gone:
            likeness, heir = likest(words[0][place], [words[1][other] for other in left[:NEAREST]])
            if likeness >= SAME:
                yield Change(ChangeKind.EDITED, before[place], after[left.pop(heir)])
            elif words[0][place]:
                yield Change(ChangeKind.REMOVED, before[place], "")
        yield from (Change(ChangeKind.ADDED, "", after[place]) for place in left if words[1][place])


def _differing(old: _Words, new: _Words) -> Iterator[tuple[list[int], list[int]]]:
    """Give the places of sentences that only one side has, those together that stand at the same spot."""
    if max(len(old), len(new)) > _ORDERED:
        yield _left_over(old, new), _left_over(new, old)
        return
    for what, first, last, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield list(range(first, last)), list(range(begin, end))


def _left_over(own: _Words, others: _Words) -> list[int]:
    """Return the places of the sentences that `own` has more often than `others`, the last ones of each."""
    known = Counter(others)
    left = []
    for place, words in enumerate(own):
        known[words] -= 1
        if known[words] < 0:
            left.append(place)
    return left


def _sentences(text: str) -> list[str]:
    return [text[unit.content : unit.end].strip() for unit in units(text)]
