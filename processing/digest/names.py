"""The governorates and actors that a text names, by position, as the tagger's vocabulary has them.

Not the tagger's own judgement of places, which weighs each against all others: here only names that mean one
governorate count, whatever stands around, so that the time stays in proportion to the text.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from processing.records import TagKind
from processing.tag.anchors import anchors
from processing.tag.cues import Marker
from processing.tag.match import Field, Hit
from processing.tag.resolve import find_actors
from processing.tag.tables import Need, Place, Policy
from processing.tag.vocabulary import Vocabulary


class Name(NamedTuple):
    """A name and what it stands for, in characters of the text."""

    start: int
    end: int
    target: str  # p-code of a governorate, or actor id
    town: str | None = None  # id of a place smaller than a governorate


class Names:
    """What is named in a text."""

    def __init__(self, field: Field, vocabulary: Vocabulary, day: dt.date, outlet: str) -> None:
        self._field, self._vocabulary, self._day, self._outlet = field, vocabulary, day, outlet
        self.headers = dict(self._governorate_names())  # by where they start; the longest

    def governorates(self, start: int, end: int) -> tuple[str, ...]:
        """Return the governorates in which the places named in a stretch lie."""
        return tuple(dict.fromkeys(one.target for one in _within(self._places, start, end)))

    def towns(self, start: int, end: int) -> frozenset[str]:
        """Return the places smaller than a governorate that a stretch names."""
        return frozenset(one.town for one in _within(self._places, start, end) if one.town)

    def actors(self, start: int, end: int) -> tuple[str, ...]:
        """Return the actors named in a stretch."""
        return tuple(dict.fromkeys(one.target for one in _within(self._actors, start, end)))

    def actor_names(self, start: int, end: int) -> list[Name]:
        """Return the names of actors in a stretch."""
        return _within(self._actors, start, end)

    @cached_property
    def starts(self) -> list[int]:
        """Where names of governorates begin, in order."""
        return sorted(self.headers)

    def _governorate_names(self) -> Iterator[tuple[int, Name]]:
        found = [
            (hit, entry.place.place_id)
            for hit in self._field.hits[TagKind.PLACE]
            for entry in hit.entries
            if entry.place.level == "governorate"
        ]
        for hit, code in sorted(found, key=lambda pair: (pair[0].start, pair[0].end)):
            start, end = self._field.original(hit.start, hit.end)
            yield start, Name(start, end, code)

    @cached_property
    def _places(self) -> list[Name]:
        field, names, stop = self._field, [], 0
        taken = sorted((hit.start, -hit.end) for hit in field.hits[TagKind.SOURCE])
        source = -1
        for hit in sorted(field.hits[TagKind.PLACE], key=lambda hit: (hit.start, -hit.end)):
            while source + 1 < len(taken) and taken[source + 1][0] <= hit.start:
                source += 1
                stop = max(stop, -taken[source][1])  # a newsroom's name is no place: Aleppo Today
            if hit.start >= stop and (place := self._place(hit)) and place.governorate:
                town = None if place.level == "governorate" else place.place_id
                names.append(Name(*field.original(hit.start, hit.end), place.governorate, town))
                stop = hit.end
        return names

    def _place(self, hit: Hit) -> Place | None:
        """Return the place of a name that can mean one governorate only, going by the words directly beside it."""
        field, cues = self._field, self._vocabulary.cues
        free = [entry.place for entry in hit.entries if entry.need is Need.NOTHING]
        doubtful = [entry.place for entry in hit.entries if entry.need in (Need.MARKER, Need.CONTEXT)]
        before, after = field.before(hit.start), field.after(hit.end)
        if not free and doubtful and cues.marker(before, after)[0] is Marker.TOWN:
            free = doubtful  # "the town of al-Bab"
        if len({place.governorate for place in free}) != 1:
            return None
        may_be_metonym = any(entry.place.policy is Policy.METONYM_CHECK for entry in hit.entries)
        if may_be_metonym and cues.metonym(before, after):
            return None
        return min(free, key=lambda place: place.level != "governorate")

    @cached_property
    def _actors(self) -> list[Name]:
        found = find_actors((self._field,), self._vocabulary, anchors(()), (self._day, self._outlet))
        named = (Name(*self._field.original(one.start, one.end), one.target) for one in found)
        return sorted(named)


def _within(names: list[Name], start: int, end: int) -> list[Name]:
    low = bisect_left(names, (start,))
    return names[low : bisect_left(names, (end,), low)]
