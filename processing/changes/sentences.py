"""Sentences that are new, gone or edited. Spelling that folds away is no change, nor is where paragraphs break."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from processing.changes.likeness import NEAREST, SAME, likest
from processing.changes.records import Change, ChangeKind
from processing.digest.units import units
from processing.text import tokens


def sentence_changes(old: str, new: str) -> Iterator[Change]:
    """Give the changes from one text to another, in the order of the sentences."""
    before, after = _sentences(old), _sentences(new)
    words = [[tuple(tokens(sentence)) for sentence in side] for side in (before, after)]
    matcher = SequenceMatcher(None, words[0], words[1], autojunk=False)
    for what, first, last, begin, end in matcher.get_opcodes():
        if what == "equal":
            continue
        left = list(range(begin, end))
        for place in range(first, last):
            near = left[:NEAREST]
            likeness, heir = likest(words[0][place], [words[1][other] for other in near])
            if likeness >= SAME:
                yield Change(ChangeKind.EDITED, before[place], after[left.pop(heir)])
            elif words[0][place]:
                yield Change(ChangeKind.REMOVED, before[place], "")
        for place in left:
            if words[1][place]:
                yield Change(ChangeKind.ADDED, "", after[place])


def _sentences(text: str) -> list[str]:
    return [text[unit.content : unit.end].strip() for unit in units(text)]
