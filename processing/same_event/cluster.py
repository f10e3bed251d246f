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

_GIVES = (
    1.0  # how much less than the limit the average of two groups may be: their members differ in what they leave out
)
_WORST = -6.0  # no pair counts as less; also what pairs that are not compared count
MOST_TOGETHER = 300  # reports; of more, only surer pairs connect: what is joined takes the square of it


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article as a part of stories."""

    article_id: str
    key: str
    outlet: str
    published_at: dt.datetime | None
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
            for place in member.report.lookup:
                known[place].append((member, ready))
    found: set[str] = set()
    for member in fresh:
        if member.report is None:
            continue
        one = Ready(member.report, weights)
        for other, ready in (pair for place in member.report.lookup for pair in known[place]):
            if other.article_id not in found and may_match(one.report, ready.report):
                evidence = weigh(one, ready, weights, same_outlet=other.outlet == member.outlet)
                if sum(sign.weight for sign in evidence) >= weights.least:
                    found.add(other.article_id)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
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


_Pairs = Mapping[tuple[int, int], tuple[Evidence, ...]]


def cluster(members: Iterable[Member], weights: Weights) -> list[Component]:
    """Return the components of `members` with their stories; every member is in one component, and in one story or none.

    All articles of a component must be there. The result does not depend on their order.
    """
    known = sorted(members, key=lambda member: member.rank)
    copies: dict[str, list[Member]] = defaultdict(list)
    for member in known:
        copies[member.first_id].append(member)
    leads = [group[0] for group in copies.values()]
    pairs = _weighed(leads, weights)
    sums = {pair: sum(one.weight for one in evidence) for pair, evidence in pairs.items()}
    found = []
    for component, own in _parted(_connected(range(len(leads)), sums, weights.least), sums):
        groups = _joined(component, own, weights.least)
        stories = [_story([leads[place] for place in group], group, copies, pairs, sums) for group in groups]
        every = [member for place in component for member in copies[leads[place].first_id]]
        found.append(
            Component(
                members=tuple(sorted(every, key=lambda member: member.rank)),
                stories=tuple(story for story in stories if len(story.members) > 1),
            )
        )
    return found


def _weighed(leads: Sequence[Member], weights: Weights) -> _Pairs:
    """Weigh all pairs that a place and a few days bring together."""
    blocks: dict[str, list[int]] = defaultdict(list)
    pairs: dict[tuple[int, int], tuple[Evidence, ...]] = {}
    ready = [Ready(member.report, weights) if member.report else None for member in leads]
    for index, member in enumerate(leads):
        one = ready[index]
        if one is None:
            continue
        for place in one.report.lookup:
            for known in blocks[place]:
                other = ready[known]
                if other is not None and (known, index) not in pairs and may_match(other.report, one.report):
                    same_outlet = leads[known].outlet == member.outlet
                    pairs[known, index] = weigh(other, one, weights, same_outlet=same_outlet)
            blocks[place].append(index)
    return pairs


def _connected(places: Iterable[int], sums: Mapping[tuple[int, int], float], least: float) -> list[list[int]]:
    """Return the connected components of the pairs above `least`, too large ones once more with a higher limit."""
    sets = Disjoint(places)
    for (one, other), total in sums.items():
        if total >= least:
            sets.join(one, other)
    return sets.groups()


def _parted(
    components: Iterable[list[int]], sums: Mapping[tuple[int, int], float]
) -> list[tuple[list[int], dict[tuple[int, int], float]]]:
    """Give each component the sums of its own pairs."""
    parts: list[tuple[list[int], dict[tuple[int, int], float]]] = [(component, {}) for component in components]
    at = {place: number for number, (component, _) in enumerate(parts) for place in component}
    for pair, total in sums.items():
        if pair[0] in at and at[pair[0]] == at.get(pair[1]):
            parts[at[pair[0]]][1][pair] = total
    return parts


def _joined(component: Sequence[int], sums: Mapping[tuple[int, int], float], least: float) -> list[list[int]]:
    """Join the places of a component from the surest pair on; `sums` are those of its own pairs."""
    if len(component) > MOST_TOGETHER:
        parts = _parted(_connected(component, sums, least + 1.0), sums)
        return [group for part, own in parts for group in _joined(part, own, least + 1.0)]
    group_of = {place: place for place in component}
    groups = {place: [place] for place in component}
    ranked = sorted((pair for pair, total in sums.items() if total >= least), key=lambda pair: (-sums[pair], pair))
    for one, other in ranked:
        into, out = sorted((group_of[one], group_of[other]))
        if into == out:
            continue
        between = [(min(a, b), max(a, b)) for a in groups[into] for b in groups[out]]
        average = sum(max(_WORST, sums.get(pair, _WORST)) for pair in between) / len(between)
        if average >= least - _GIVES:
            for place in groups[out]:
                group_of[place] = into
            groups[into] = sorted(groups[into] + groups.pop(out))
    return list(groups.values())


def _story(
    leads: Sequence[Member],
    group: Sequence[int],
    copies: Mapping[str, Sequence[Member]],
    pairs: _Pairs,
    sums: Mapping[tuple[int, int], float],
) -> Story:
    """Tie each report to the earlier one that speaks most for it (a later one where none does), each copy to its first."""
    ties: list[Tie] = []
    members: list[Member] = []
    for lead, place in zip(leads, group, strict=True):
        if lead is not leads[0]:
            weighed = {other: min((other, place), (place, other)) for other in group if other != place}
            known = [other for other, pair in weighed.items() if pair in sums]
            best = max(known, key=lambda other: (other < place, sums[weighed[other]], -other))
            ties.append(Tie(member=lead, other=leads[group.index(best)], is_copy=False, evidence=pairs[weighed[best]]))
        members += copies[lead.first_id]
        ties += [Tie(member=one, other=lead, is_copy=True) for one in copies[lead.first_id] if one is not lead]
    return Story(
        members=tuple(sorted(members, key=lambda member: member.rank)),
        ties=tuple(sorted(ties, key=lambda tie: tie.member.rank)),
    )
