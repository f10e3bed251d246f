"""What belongs together: sentences that go on with the statement before them, and summaries of statements told in full.

A digest tells most things twice or three times (headline, brief, section), a news item in its title and its lead. The
one told in full is counted; the others point to it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from typing import NamedTuple

from processing.records import Part, PartKind
from processing.statements.records import RoleKind, Standing, Statement

_SUMMARIES = (PartKind.HEADLINE, PartKind.SUMMARY)
_LEAD = 4  # statements at the head of a text among which the one that the title announces is looked for


class Draft(NamedTuple):
    """A statement on its way, with what joining looks at."""

    statement: Statement
    paragraph: int
    types: frozenset[str]  # all types its triggers name


def continues(before: Draft, after: Draft) -> bool:
    """Say whether a sentence only adds to the one before it: the same type, without a place or sides of its own.

    "Kurds are suspected of installing mines" after a mine that killed: it names who, with a hedge, and nothing else.
    "None of the parties reported their losses": it says that a number is not known.
    """
    one, two = before.statement, after.statement
    is_same = two.event_type == one.event_type or (
        two.standing is Standing.ACCUSATION and one.event_type in after.types
    )
    if before.paragraph != after.paragraph or one.part != two.part or not is_same:
        return False
    if any(site.rule == "sentence" for site in two.sites):
        return False
    if two.numbers:
        return all(number.high is None and number.low is None for number in two.numbers)
    return all(role.hedge for role in two.roles)


def extend(before: Draft, after: Draft) -> Draft:
    """Add what a continuing sentence says to the statement it goes on with: suspected roles, its day, its chain."""
    one, two = before.statement, after.statement
    known = {role.actor for role in one.roles}
    added = tuple(
        dataclasses.replace(role, role=RoleKind.BY, rule=f"{role.rule}, sentence after")
        for role in two.roles
        if role.hedge and role.actor not in known
    )
    hedges = tuple(dict.fromkeys((*one.hedges, *two.hedges)))
    numbers = (*one.numbers, *two.numbers)
    joined = dataclasses.replace(one, roles=(*one.roles, *added), hedges=hedges, numbers=numbers)
    return before._replace(statement=joined)


def link(drafts: Sequence[Draft], parts: Sequence[Part], alike: Callable[[str, str], bool]) -> list[Statement]:
    """Number the statements and point summaries to what they sum up. `alike` says whether two actors may be one side."""
    numbered = [
        draft._replace(statement=dataclasses.replace(draft.statement, number=number))
        for number, draft in enumerate(drafts)
    ]
    full = [draft for draft in numbered if not _is_summary(draft, parts)]
    return [
        dataclasses.replace(draft.statement, summary_of=_told_in_full(draft, full, parts, alike)) for draft in numbered
    ]


def _is_summary(draft: Draft, parts: Sequence[Part]) -> bool:
    one = draft.statement
    return one.field == "title" or (one.part is not None and parts[one.part].kind in _SUMMARIES)


def _told_in_full(
    draft: Draft, full: Sequence[Draft], parts: Sequence[Part], alike: Callable[[str, str], bool]
) -> tuple[int, ...]:
    one = draft.statement
    if not _is_summary(draft, parts):
        return _specific(draft, full, alike)
    if one.part is None:
        among = full[:_LEAD] if not parts else full
    else:
        linked = _descendants(parts, parts[one.part].summary_of)
        among = [other for other in full if other.statement.part in linked] or full
    told = [other for other in among if draft.types & other.types and _fits(one, other.statement, alike)]
    return tuple(other.statement.number for other in told)


def _descendants(parts: Sequence[Part], numbers: Sequence[int]) -> frozenset[int]:
    linked = set(numbers)
    for number, part in enumerate(parts):
        if part.parent in linked and part.kind is not PartKind.BACKGROUND:
            linked.add(number)
    return frozenset(linked)


def _specific(draft: Draft, full: Sequence[Draft], alike: Callable[[str, str], bool]) -> tuple[int, ...]:
    """Point a general sentence to the one right after it that says the same of a place within its own."""
    one = draft.statement
    for other in full:
        two = other.statement
        if two.number == one.number + 1 and other.paragraph == draft.paragraph and two.event_type == one.event_type:
            areas = {site.place for site in one.sites if site.place == site.governorate}
            is_within = bool(two.sites) and all(
                site.governorate in areas and site.place != site.governorate for site in two.sites
            )
            if is_within and not one.numbers and _fits(one, two, alike):
                return (two.number,)
    return ()


def _fits(one: Statement, two: Statement, alike: Callable[[str, str], bool]) -> bool:
    """Say whether two statements may speak of one event: no governorate and no pair of sides against it."""
    here = {site.governorate for site in one.sites if site.governorate}
    there = {site.governorate for site in two.sites if site.governorate}
    if here and there and not here & there:
        return False
    if not one.roles or not two.roles:
        return True
    return any(alike(a.actor, b.actor) for a in one.roles for b in two.roles)
