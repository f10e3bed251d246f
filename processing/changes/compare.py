"""Two readings of one article, compared: title, statements, sources, sentences.

An edit after publication is a finding: a toll that goes from 3 to 7, an attribution that is gone. Both versions are read
by today's rules, so that nothing seems changed because our rules are.
"""

from __future__ import annotations

from collections.abc import Iterator

from processing.changes.claims import claim_changes
from processing.changes.records import Change, ChangeKind
from processing.changes.sentences import sentence_changes
from processing.explain import Explained
from processing.records import TagKind
from processing.text import tokens

_CITED = 0.5  # confidence below which a source is merely named


def compare(old: Explained, new: Explained) -> tuple[Change, ...]:
    """Return what changed between two readings of one article: title, statements, sources, then sentences in order.

    Spelling that folds away, white space and the order of paragraphs' blank lines are no changes.
    """
    changes: list[Change] = []
    if tokens(old.title) != tokens(new.title):
        changes.append(Change(ChangeKind.TITLE, old.title, new.title))
    changes += claim_changes(old.statements, new.statements)
    changes += _sources(old, new)
    changes += sentence_changes(old.text, new.text)
    return tuple(changes)


def _sources(old: Explained, new: Explained) -> Iterator[Change]:
    before, after = _cited(old), _cited(new)
    yield from (Change(ChangeKind.SOURCE_REMOVED, source, "") for source in sorted(before - after))
    yield from (Change(ChangeKind.SOURCE_ADDED, "", source) for source in sorted(after - before))


def _cited(read: Explained) -> set[str]:
    return {tag.target for tag in read.tags if tag.kind is TagKind.SOURCE and tag.confidence >= _CITED}
