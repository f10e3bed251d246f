"""Reports that are weighed in pairs → stories, whatever the order in which they came. Pure.

Copies stand for their first one. Reports that are connected by pairs above the limit are looked at together, and joined
from the surest pair on as long as all pairs between two groups speak for it on average: with single pairs deciding, two
events become one story by a chain of vague reports (benchmarks/stories.py has both).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from processing.disjoint import Disjoint
from processing.same_event.records import Evidence, Report
from processing.same_event.weigh import Ready, Weights, may_match, weigh

# How much less than the limit the average of two groups may be: their members differ in what they leave out.
_GIVES = 1.0
_WORST = -6.0  # no pair counts as less; also what pairs that are not compared count


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article as a part of stories."""

    article_id: str
    key: str
    outlet: str
    published_at: dt.datetime | None  # of a date good for a day or a month only, the end of that: it was out by then
    first_id: str  # of the article that it is a copy of; its own where it is none
    report: Report | None  # None: it was not tagged yet

    @property
    def rank(self) -> tuple[bool, dt.datetime | None, str]:
        """Sorts the first published first; undated ones last; then by key."""
        return (self.published_at is None, self.published_at, self.key)


def likely(fresh: Iterable[Member], others: Iterable[Member], weights: Weights) -> set[str]:
    """Return the ids of those of `others` that may be of one event with one of `fresh`."""
    known: dict[str, list[tuple[Member, Ready]]] = defaultdict(list)
    for member in others:
        if member.report is not None:
            ready = Ready(member.report, weights)
            for place in member.report.keys:
                known[place].append((member, ready))
    found: set[str] = set()
    for member in fresh:
        if member.report is None:
            continue
        one = Ready(member.report, weights)
        for other, ready in (pair for place in member.report.sought for pair in known[place]):
            if other.article_id not in found and may_match(one.report, ready.report):
                evidence = weigh(one, ready, weights, same_outlet=other.outlet == member.outlet)
                if sum(sign.weight for sign in evidence) >= weights.least:
                    found.add(other.article_id)
    return found


@dataclass(frozen=True, slots=True)
class Tie:
    """Why a member is in a story: the other of the pair that speaks most for it."""

    member: Member
    other: Member
    is_copy: bool
    evidence: tuple[Evidence, ...] = ()  # none of a copy


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """Articles on one event, the first published first; `ties` are of all but that one, in the same order."""

    members: tuple[Member, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """Articles that any chain of pairs connects; a new one can change the stories of all of these and of no others."""

    members: tuple[Member, ...]
    stories: tuple[Story, ...]


_Sums = Mapping[tuple[int, int], float]  # of the signs of two reports, by their places


def cluster(members: Iterable[Member], weights: Weights) -> list[Component]:
    """Return the components of `members` with their stories; every member is in one component, and in one story or none.

    All articles of a component must be there. The result does not depend on their order.
    """
    known = sorted(members, key=lambda member: member.rank)
    copies: dict[str, list[Member]] = defaultdict(list)
    for member in known:
        copies[member.first_id].append(member)
    leads = [_Lead.of(group[0], weights) for group in copies.values()]
    sums = _weighed(leads, weights)
    found = []
    for component, own in _parted(_connected(range(len(leads)), sums, weights.least), sums):
        groups = _joined(component, own, weights.least)
        stories = [_story(leads, group, copies, own, weights) for group in groups]
        every = [member for place in component for member in copies[leads[place].member.first_id]]
        found.append(
            Component(
                members=tuple(sorted(every, key=lambda member: member.rank)),
                stories=tuple(story for story in stories if len(story.members) > 1),
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class _Lead:
    """The first of some copies, and its report made ready to be compared."""

    member: Member
    ready: Ready | None

    @classmethod
    def of(cls, member: Member, weights: Weights) -> _Lead:
        return cls(member, Ready(member.report, weights) if member.report else None)

    def weigh(self, other: _Lead, weights: Weights) -> tuple[Evidence, ...] | None:
        """Return what speaks for and against; None where their days leave nothing open."""
        if not self.ready or not other.ready or not may_match(self.ready.report, other.ready.report):
            return None
        return weigh(self.ready, other.ready, weights, same_outlet=self.member.outlet == other.member.outlet)


def _weighed(leads: Sequence[_Lead], weights: Weights) -> dict[tuple[int, int], float]:
    """Weigh all pairs that a key and a few days bring together. Sums alone are kept: a great event has many pairs."""
    blocks: dict[str, list[int]] = defaultdict(list)
    sums: dict[tuple[int, int], float] = {}
    for index, lead in enumerate(leads):
        if lead.ready is None:
            continue
        near: set[int] = set()
        for key in lead.ready.report.sought:
            near.update(blocks[key])
        for key in lead.ready.report.keys:
            blocks[key].append(index)
        for known in sorted(near):
            evidence = leads[known].weigh(lead, weights)
            if evidence is not None:
                sums[known, index] = sum(sign.weight for sign in evidence)
    return sums


def _connected(places: Iterable[int], sums: _Sums, least: float) -> list[list[int]]:
    """Return the connected components of the pairs from `least` on."""
    sets = Disjoint(places)
    for (one, other), total in sums.items():
        if total >= least:
            sets.join(one, other)
    return sets.groups()


def _parted(components: Iterable[list[int]], sums: _Sums) -> list[tuple[list[int], dict[tuple[int, int], float]]]:
    """Give each component the sums of its own pairs."""
    parts: list[tuple[list[int], dict[tuple[int, int], float]]] = [(component, {}) for component in components]
    at = {place: number for number, (component, _) in enumerate(parts) for place in component}
    for pair, total in sums.items():
        if pair[0] in at and at[pair[0]] == at.get(pair[1]):
            parts[at[pair[0]]][1][pair] = total
    return parts


def _joined(component: Sequence[int], sums: _Sums, least: float) -> list[list[int]]:
    """Join the places of a component from the surest pair on; `sums` are those of its own pairs."""
    group_of = {place: place for place in component}
    groups = {place: [place] for place in component}
    # Of each two groups how much more their pairs come to than if all were the worst: joined, they add up.
    beyond: dict[int, dict[int, float]] = {place: {} for place in component}
    for (one, other), total in sums.items():
        beyond[one][other] = beyond[other][one] = max(0.0, total - _WORST)
    ranked = sorted((pair for pair, total in sums.items() if total >= least), key=lambda pair: (-sums[pair], pair))
    for one, other in ranked:
        into, out = sorted((group_of[one], group_of[other]))
        if into == out:
            continue
        average = _WORST + beyond[into].get(out, 0.0) / (len(groups[into]) * len(groups[out]))
        if average >= least - _GIVES:
            for place in groups[out]:
                group_of[place] = into
            groups[into] = sorted(groups[into] + groups.pop(out))
            for near, more in beyond.pop(out).items():
                del beyond[near][out]
                if near != into:
                    beyond[near][into] = beyond[into][near] = beyond[into].get(near, 0.0) + more
    return list(groups.values())


def _story(
    leads: Sequence[_Lead],
    group: Sequence[int],
    copies: Mapping[str, Sequence[Member]],
    sums: _Sums,
    weights: Weights,
) -> Story:
    """Tie each report to the earlier one that speaks most for it (a later one where none does), each copy to its first."""
    ties: list[Tie] = []
    members: list[Member] = []
    for place in group:
        lead = leads[place]
        if place != group[0]:
            weighed = {other: (min(other, place), max(other, place)) for other in group if other != place}
            known = [other for other, pair in weighed.items() if pair in sums]
            best = leads[max(known, key=lambda other: (other < place, sums[weighed[other]], -other))]
            ties.append(Tie(lead.member, best.member, is_copy=False, evidence=best.weigh(lead, weights) or ()))
        own = copies[lead.member.first_id]
        members += own
        ties += [Tie(one, lead.member, is_copy=True) for one in own if one is not lead.member]
    return Story(
        members=tuple(sorted(members, key=lambda member: member.rank)),
        ties=tuple(sorted(ties, key=lambda tie: tie.member.rank)),
    )
