"""What belongs together: sentences that go on with the statement before them, and summaries of statements told in full.

A digest tells most things twice or three times (headline, brief, section), a news item in its title and its lead. The
one told in full is counted; the others point to it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from processing.records import Part, PartKind
from processing.statements.records import Number, RoleKind, Standing, Statement

_SUMMARIES = (PartKind.HEADLINE, PartKind.SUMMARY)
_VIOLENT = ("battle", "remote", "vac")
_LEAD = 4  # statements at the head of a text among which the one that the title announces is looked for


class Draft(NamedTuple):
    """A statement on its way, with what joining looks at."""

    statement: Statement
    paragraph: int
    types: frozenset[str]  # all types its triggers name
    is_plain: bool  # it does not say how: "the strike", "the dead"
    is_title: bool  # a line of the text that prints the title again


def continues(before: Draft, after: Draft) -> bool:
    """Say whether a sentence only adds to the one before it: the same type, without a place or sides of its own.

    "Kurds are suspected of installing mines" after a mine that killed: it names who, with a hedge, and nothing else.
    "None of the parties reported their losses": it says that a number is not known. "The strike killed three": it gives
    the number, in the paragraph after as well.
    """
    one, two = before.statement, after.statement
    if one.part != two.part or after.paragraph - before.paragraph > 1 or one.standing is not Standing.EVENT:
        return False
    if any(site.rule == "sentence" for site in two.sites) or two.standing in (Standing.INTENTION, Standing.DENIAL):
        return False
    is_same = two.event_type == one.event_type or (
        two.standing is Standing.ACCUSATION and one.event_type in after.types
    )
    is_next = before.paragraph == after.paragraph
    if two.numbers and all(number.low is None and number.high is None for number in two.numbers):
        return is_same and is_next
    if after.is_plain and one.event_type.startswith(_VIOLENT):
        known = {role.actor for role in one.roles}
        has_new = any(role.role is RoleKind.BY and role.actor not in known and not role.hedge for role in two.roles)
        return not has_new and not _counts_again(one, two)
    return is_same and is_next and not two.numbers and all(role.hedge for role in two.roles)


def _counts_again(one: Statement, two: Statement) -> bool:
    """Say whether both give a number of the same kind, and not the same."""
    first = {(number.kind, number.counted, number.low, number.high) for number in one.numbers}
    kinds = {kind for kind, *_ in first}
    return any(
        number.kind in kinds and (number.kind, number.counted, number.low, number.high) not in first
        for number in two.numbers
    )


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
    counted = {(number.kind, number.counted, number.low, number.high) for number in one.numbers}
    again = [n for n in two.numbers if (n.kind, n.counted, n.low, n.high) not in counted]
    numbers = one.numbers if len(again) < len(two.numbers) else (*one.numbers, *_shifted(two.numbers, len(one.numbers)))
    joined = dataclasses.replace(one, roles=(*one.roles, *added), hedges=hedges, numbers=numbers)
    return before._replace(statement=joined)


def _shifted(numbers: Sequence[Number], by: int) -> Iterator[Number]:
    """Yield numbers that follow others, each still pointing to the one it is among."""
    for number in numbers:
        yield number if number.among is None else dataclasses.replace(number, among=number.among + by)


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
    return one.field == "title" or draft.is_title or (one.part is not None and parts[one.part].kind in _SUMMARIES)


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
