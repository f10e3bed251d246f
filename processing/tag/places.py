"""Which hits are places, which place each is, and which governorate it lies in.

Names that can only be one place are settled first; they are the anchors by which doubtful ones are judged. What each
policy of the vocabulary asks for is in `_need`. Confidence is a judgement by rule, not a measured probability.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from processing.records import TagKind
from processing.tag.anchors import Anchors, anchors
from processing.tag.cues import Marker
from processing.tag.match import Field, Hit
from processing.tag.spans import Found
from processing.tag.tables import Place, Policy
from processing.tag.vocabulary import Vocabulary

# Between two names of one list: "the towns of al-Bab, Manbij and Jarabulus", مدن الباب ومنبج.
_LIST = re.compile(r"[\"' ]*(?:,|،|;|و|and|и|&)?[\"' ]*(?:and|و|и)?[\"' ]*")
_LIST_GAP = 8

SURE, NAMED, SHARED, MARKED, NEAR, FAR, SPREAD = 1.0, 0.95, 0.7, 0.85, 0.7, 0.6, 0.6


class Need(StrEnum):
    """What must speak for a name before it is taken for the place."""

    NOTHING = "nothing"
    MARKER = "marker"  # a word beside it
    CONTEXT = "context"  # a word beside it, or a sure place of the same governorate
    DISTRICT = "district"  # the word district beside it


@dataclass(frozen=True, slots=True)
class Reading:
    """One place that a name may mean here."""

    hit: Hit
    place: Place
    need: Need


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name in a text with all places it may mean."""

    field: Field
    start: int
    end: int
    readings: tuple[Reading, ...]
    marker: Marker | None
    is_metonym: bool

    def found(self, reading: Reading, evidence: str, confidence: float) -> Found:
        """Settle on one reading."""
        rule = f"{reading.hit.rule}, {evidence}" if evidence else reading.hit.rule
        place = reading.place
        return Found(
            self.field, self.start, self.end, TagKind.PLACE, place.place_id, rule, confidence, place.governorate
        )


def find_places(fields: Sequence[Field], vocabulary: Vocabulary, names: Iterable[Found]) -> tuple[list[Found], Anchors]:
    """Return the places of an article, overlapping ones included, and the sure ones as anchors.

    `names` are newsrooms' names: what lies in them is no place.
    """
    taken = [(name.field, name.start, name.end) for name in names]
    candidates = [candidate for field in fields for candidate in _candidates(field, vocabulary, taken)]
    settled = [(candidate, _settle(candidate)) for candidate in candidates]
    sure = anchors(found for _, found in settled if found)
    judged = (found or _judge(candidate, sure) for candidate, found in settled)
    return [found for found in judged if found], sure


def _candidates(field: Field, vocabulary: Vocabulary, taken: list[tuple[Field, int, int]]) -> Iterator[Candidate]:
    spans: dict[tuple[int, int], list[Hit]] = {}
    for hit in field.hits[TagKind.PLACE]:
        spans.setdefault((hit.start, hit.end), []).append(hit)
    previous: tuple[int, Marker | None] = (-_LIST_GAP, None)
    for (start, end), hits in sorted(spans.items()):
        if any(other is field and begin <= start and end <= stop for other, begin, stop in taken):
            continue
        before, after = field.before(start), field.after(end)
        marker, is_before = vocabulary.cues.marker(before, after)
        if marker is None and 0 <= start - previous[0] <= _LIST_GAP and _LIST.fullmatch(field.folded.text, previous[0], start):
            marker, is_before = previous[1], True
        previous = (end, marker if is_before else None)
        readings = tuple(
            Reading(hit, place, _need(hit, place))
            for hit in hits
            if (place := vocabulary.places[hit.alias.target])
            and not vocabulary.cues.trapped(place.place_id, hit.alias.literal, before, after)
        )
        may_be_metonym = any(one.place.policy is Policy.METONYM_CHECK for one in readings)
        is_metonym = may_be_metonym and vocabulary.cues.metonym(before, after)
        yield Candidate(field, start, end, readings, marker, is_metonym)


def _need(hit: Hit, place: Place) -> Need:
    """Say what the alias's own condition, else the policy of the place, asks for."""
    flags = hit.alias.flags
    if "firm" in flags:
        return Need.NOTHING
    if place.policy is Policy.ADMIN_ONLY:
        return Need.DISTRICT
    if "marker" in flags or (place.policy is Policy.REQUIRE_CITY_WORD_AR and hit.alias.language == "ar"):
        return Need.MARKER
    return Need.CONTEXT if "context" in flags or place.policy is Policy.CONTEXT else Need.NOTHING


def _settle(candidate: Candidate) -> Found | None:
    """Settle a name that means one place without looking further than the words beside it."""
    governorate = next((one for one in candidate.readings if one.place.level == "governorate"), None)
    district = next((one for one in candidate.readings if one.need is Need.DISTRICT), None)
    towns = [one for one in candidate.readings if one is not governorate and one.need is not Need.DISTRICT]
    if governorate and candidate.marker is Marker.GOVERNORATE:
        return candidate.found(governorate, "province word", SURE)
    if district and candidate.marker is Marker.DISTRICT:
        return candidate.found(district, "district word", MARKED)
    if governorate and not (towns and candidate.marker is Marker.TOWN):
        return _settle_shared(candidate, governorate, towns)
    return _settle_town(candidate, towns)


def _settle_shared(candidate: Candidate, governorate: Reading, towns: list[Reading]) -> Found | None:
    """Without a word for either, a name of city and governorate is the governorate's: that holds for both."""
    if governorate.need is Need.CONTEXT:
        return None
    if not towns:
        return candidate.found(governorate, "", NAMED)
    if candidate.is_metonym:
        return None  # "Damascus rejected the offer": an actor
    return candidate.found(governorate, "shared name", SHARED)


def _settle_town(candidate: Candidate, towns: list[Reading]) -> Found | None:
    free = [town for town in towns if town.need is Need.NOTHING]
    if len(free) == 1:
        if free[0].place.policy is Policy.MULTI_GOV:
            return candidate.found(free[0], "spans governorates", SPREAD)
        return candidate.found(free[0], f"{candidate.marker} word" if candidate.marker else "", SURE if candidate.marker else NAMED)
    if not free and len(towns) == 1 and candidate.marker:
        return candidate.found(towns[0], f"{candidate.marker} word", MARKED)
    return None


def _judge(candidate: Candidate, sure: Anchors) -> Found | None:
    """Choose among what a doubtful name may mean by the sure places around it; none of them: it is not tagged."""
    if candidate.is_metonym:
        return None
    best: tuple[int, Reading, str] | None = None
    for reading in candidate.readings:
        needs_marker = reading.need is Need.MARKER and not candidate.marker
        if needs_marker or reading.need is Need.DISTRICT or reading.place.governorate is None:
            continue
        evidence = sure.evidence(candidate.field, candidate.start, reading.place.governorate)
        distance = sure.distance(candidate.field, candidate.start, reading.place.governorate)
        if evidence and (best is None or distance < best[0]):
            best = (distance, reading, evidence)
    if best is None:
        return None
    _, reading, evidence = best
    return candidate.found(reading, f"{evidence} {reading.place.governorate}", NEAR if evidence == "near" else FAR)
