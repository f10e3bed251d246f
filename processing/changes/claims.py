"""Statements that are new or gone, and what is said otherwise of the same event: "killed 3" and now "killed 7".

Two statements are of the same thing if their sentences share half of their words; unchanged ones find each other first,
so that a long list with one new entry on top is not compared all with all.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence

from processing.changes.likeness import NEAREST, SAME, likest
from processing.changes.records import Change, ChangeKind
from processing.statements.records import EventDay, NumberKind, Standing, Statement
from processing.statements.toll import Toll, statement_toll
from processing.text import tokens

_TOLLS = (NumberKind.KILLED, NumberKind.WOUNDED, NumberKind.CAPTURED, NumberKind.MISSING, NumberKind.DISPLACED)
_Pair = tuple[Statement | None, Statement | None]


def claim_changes(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[Change]:
    """Give the changes from one version's statements to another's, in the order of the new ones, then what is gone.

    What sums up other statements is left out: those are compared.
    """
    for before, after in _pairs(*([one for one in side if not one.summary_of] for side in (old, new))):
        if before and after:
            yield from _restated(before, after)
        elif after:
            yield Change(ChangeKind.STATEMENT_ADDED, "", _summary(after), after.literal)
        elif before:
            yield Change(ChangeKind.STATEMENT_REMOVED, _summary(before), "", before.literal)


def _pairs(old: Sequence[Statement], new: Sequence[Statement]) -> Iterator[_Pair]:
    """Pair the statements of both, each once: those of one type and the same words, then the likest within reach."""
    words = [[_words(one) for one in side] for side in (old, new)]
    unchanged: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for place, said in enumerate(words[0]):
        unchanged[said].append(place)
    heirs = {place: found.popleft() for place, said in enumerate(words[1]) if (found := unchanged[said])}
    left = sorted(set(range(len(old))) - set(heirs.values()))
    for place, now in enumerate(new):
        if place in heirs:
            yield old[heirs[place]], now
            continue
        likeness, heir = likest(words[1][place], [words[0][other] for other in left[:NEAREST]])
        yield (old[left.pop(heir)] if likeness >= SAME else None), now
    yield from ((old[place], None) for place in left)


def _words(statement: Statement) -> tuple[str, ...]:
    """Return what tells a statement from others: its type and the words of its sentence."""
    return (statement.event_type, *tokens(statement.literal))


def _restated(before: Statement, after: Statement) -> Iterator[Change]:
    if before.standing is after.standing is Standing.EVENT:
        for kind in _TOLLS:
            was, is_now = statement_toll(before, kind), statement_toll(after, kind)
            if (was and was[:3]) != (is_now and is_now[:3]):
                yield Change(ChangeKind.TOLL, _toll(kind, was), _toll(kind, is_now), after.literal)
    parts = (
        (ChangeKind.TYPE, before.event_type, after.event_type),
        (ChangeKind.STANDING, before.standing, after.standing),
        (ChangeKind.PLACE, _places(before), _places(after)),
        (ChangeKind.DAY, *_days(before.day, after.day)),
        (ChangeKind.ACTORS, _actors(before), _actors(after)),
        (ChangeKind.ATTRIBUTION, _chain(before), _chain(after)),
        (ChangeKind.HEDGES, ", ".join(before.hedges), ", ".join(after.hedges)),
    )
    yield from (Change(kind, was, is_now, after.literal) for kind, was, is_now in parts if was != is_now)


def _summary(statement: Statement) -> str:
    """Return what a statement says, on one line: "shelling, saraqib, killed 3"."""
    tolls = [_toll(kind, toll) for kind in _TOLLS if (toll := statement_toll(statement, kind))]
    standing = "" if statement.standing is Standing.EVENT else f"{statement.standing}: "
    return standing + ", ".join(filter(None, (statement.event_type, _places(statement), *tolls)))


def _places(statement: Statement) -> str:
    return ", ".join(sorted({site.place for site in statement.sites}))


def _actors(statement: Statement) -> str:
    return ", ".join(sorted({" ".join(filter(None, (x.role, x.hedge, x.actor))) for x in statement.roles}))


def _chain(statement: Statement) -> str:
    return ", from ".join(dict.fromkeys(citation.source for citation in statement.chain))


def _days(before: EventDay, after: EventDay) -> tuple[str, str]:
    """Return both days; nothing where no version says one: the publication's is not the sentence's."""
    if before.start is None and after.start is None:
        return "", ""
    return _day(before), _day(after)


def _day(day: EventDay) -> str:
    span = [str(one) if one else "" for one in (day.first, day.last)]
    return span[0] if span[0] == span[1] else f"{span[0]} to {span[1]}"


def _toll(kind: NumberKind, toll: Toll | None) -> str:
    if toll is None:
        return ""
    if toll.low is None and toll.high is None:
        return f"{kind} not known"
    if toll.low == toll.high:
        return f"{kind} {toll.low}"
    return f"{kind} {toll.low} or more" if toll.high is None else f"{kind} {toll.low or 0} to {toll.high}"
