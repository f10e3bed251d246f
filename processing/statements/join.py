"""What belongs together: sentences that go on with the statement before them, and summaries of statements told in full.

A digest tells most things twice or three times (headline, brief, section), a news item in its title and its lead. The
one told in full is counted; the others point to it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from processing.records import Part, PartKind
from processing.statements.clauses import Clause
from processing.statements.event import Event
from processing.statements.records import Citation, EventDay, Number, Role, RoleKind, Site, Standing

_SUMMARIES = (PartKind.HEADLINE, PartKind.SUMMARY)
_VIOLENT = ("battle", "remote", "vac")
_LEAD = 4  # statements at the head of a text among which the one that the title announces is looked for


@dataclass(slots=True)
class Draft:
    """A statement while the sentences after it may still add to it. Joined drafts become frozen statements."""

    clause: Clause
    event: Event
    standing: Standing
    roles: tuple[Role, ...]
    sites: tuple[Site, ...]
    numbers: tuple[Number, ...]
    chain: tuple[Citation, ...]
    hedges: tuple[str, ...]
    day: EventDay
    is_title: bool  # the title, or a line of the text that prints it again


def continues(one: Draft, two: Draft) -> bool:
    """Say whether a sentence only adds to the one before it: the same type, without a place or sides of its own.

    "The militia is suspected of laying mines" after a mine that killed: it names who, with a hedge, and nothing else.
    "Neither side gave its losses": it says that a number is not known. "The strike killed three": it gives
    the number, in the paragraph after as well.
    """
    lines = two.clause.paragraph - one.clause.paragraph
    if one.clause.part != two.clause.part or lines > 1 or one.standing is not Standing.EVENT:
        return False
    if two.standing in (Standing.INTENTION, Standing.DENIAL) or any(site.rule == "sentence" for site in two.sites):
        return False
    event_type = one.event.event_type
    is_same = two.event.event_type == event_type or (
        two.standing is Standing.ACCUSATION and event_type in two.event.types
    )
    if two.numbers and all(number.low is None and number.high is None for number in two.numbers):
        return (is_same or two.event.is_casualty) and lines == 0
    if two.event.is_plain and event_type.startswith(_VIOLENT):
        known = {role.actor for role in one.roles}
        has_new = any(role.role is RoleKind.BY and role.actor not in known and not role.hedge for role in two.roles)
        return not has_new and not _counts_again(one, two)
    return is_same and lines == 0 and not two.numbers and all(role.hedge for role in two.roles)


def _counts_again(one: Draft, two: Draft) -> bool:
    """Say whether both give a number of the same kind, and not the same."""
    first = {(number.kind, number.counted, number.low, number.high) for number in one.numbers}
    kinds = {kind for kind, *_ in first}
    return any(
        number.kind in kinds and (number.kind, number.counted, number.low, number.high) not in first
        for number in two.numbers
    )


def extend(one: Draft, two: Draft) -> None:
    """Add what a continuing sentence says to the statement it goes on with: suspected roles, numbers, hedges."""
    known = {role.actor for role in one.roles}
    one.roles += tuple(
        dataclasses.replace(role, role=RoleKind.BY, rule=f"{role.rule}, sentence after")
        for role in two.roles
        if role.hedge and role.actor not in known
    )
    counted = {(number.kind, number.counted, number.low, number.high) for number in one.numbers}
    if all((number.kind, number.counted, number.low, number.high) not in counted for number in two.numbers):
        one.numbers += tuple(_shifted(two.numbers, len(one.numbers)))
    one.hedges = tuple(dict.fromkeys((*one.hedges, *two.hedges)))


def _shifted(numbers: Sequence[Number], by: int) -> Iterator[Number]:
    """Yield numbers that follow others, each still pointing to the one it is among."""
    for number in numbers:
        yield number if number.among is None else dataclasses.replace(number, among=number.among + by)


def told_in_full(
    drafts: Sequence[Draft], parts: Sequence[Part], alike: Callable[[str, str], bool]
) -> list[tuple[int, ...]]:
    """Return for each draft the numbers of those that it sums up. `alike` says whether two actors may be one side."""
    summaries = [_is_summary(draft, parts) for draft in drafts]
    full = [number for number, is_summary in enumerate(summaries) if not is_summary]
    found = []
    for number, draft in enumerate(drafts):
        if summaries[number]:
            among = _among(draft, drafts, full, parts)
            told = (
                other
                for other in among
                if draft.event.types & drafts[other].event.types and _fits(draft, drafts[other], alike)
            )
            found.append(tuple(told))
        else:
            is_told = number + 1 < len(drafts) and _is_general(draft, drafts[number + 1], alike)
            found.append((number + 1,) if is_told else ())
    return found


def _is_summary(draft: Draft, parts: Sequence[Part]) -> bool:
    part = draft.clause.part
    return draft.is_title or (part is not None and parts[part].kind in _SUMMARIES)


def _among(draft: Draft, drafts: Sequence[Draft], full: Sequence[int], parts: Sequence[Part]) -> Sequence[int]:
    """Return the statements that a summary may sum up: those of the parts it repeats, those of a text's lead."""
    if draft.clause.part is None:
        return full if parts else full[:_LEAD]
    linked = _descendants(parts, parts[draft.clause.part].summary_of)
    return [number for number in full if drafts[number].clause.part in linked] or full


def _descendants(parts: Sequence[Part], numbers: Sequence[int]) -> frozenset[int]:
    linked = set(numbers)
    for number, part in enumerate(parts):
        if part.parent in linked and part.kind is not PartKind.BACKGROUND:
            linked.add(number)
    return frozenset(linked)


def _is_general(one: Draft, two: Draft, alike: Callable[[str, str], bool]) -> bool:
    """Say whether the next sentence says the same of a place within this one's."""
    if two.clause.paragraph != one.clause.paragraph or two.event.event_type != one.event.event_type or one.numbers:
        return False
    areas = {site.place for site in one.sites if site.place == site.governorate}
    is_within = bool(two.sites) and all(
        site.governorate in areas and site.place != site.governorate for site in two.sites
    )
    return is_within and _fits(one, two, alike)


def _fits(one: Draft, two: Draft, alike: Callable[[str, str], bool]) -> bool:
    """Say whether two statements may speak of one event: no governorate and no pair of sides against it."""
    here = {site.governorate for site in one.sites if site.governorate}
    there = {site.governorate for site in two.sites if site.governorate}
    if here and there and not here & there:
        return False
    if not one.roles or not two.roles:
        return True
    return any(alike(a.actor, b.actor) for a in one.roles for b in two.roles)
