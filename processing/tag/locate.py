"""Which hits are places, which place each is, and which governorate it lies in.

Names that can only be one place are settled first; they are the anchors by which doubtful ones are judged. What each
policy of the vocabulary asks for is in `tables.Place.need`. Confidence is a judgement by rule, not a measured probability.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from processing.records import TagKind
from processing.tag.anchors import Anchors, anchors
from processing.tag.cues import Cues, Marker
from processing.tag.match import Field, Hit
from processing.tag.spans import Cover, Found
from processing.tag.tables import Need, Policy
from processing.tag.vocabulary import Entry, Vocabulary

# Between two names of one list: "the towns of al-Bab, Manbij and Jarabulus", مدن الباب ومنبج.
_LIST = re.compile(r"[\"' ]*(?:,|،|;|و|and|и|&)?[\"' ]*(?:and|و|и)?[\"' ]*")
_LIST_GAP = 8

# Whence a text was sent: nothing but names before the place, and a dash after it, an agency or a name in brackets between.
_DATELINE = 90
_SENT = re.compile(r"[\w ,،()/.'-]{0,28}")
_DASH = re.compile(r"(?:\s?[,،/][\w .'،,]{0,26})?\s?(?:\([^)\n]{2,30}\))?\s?-{1,2}\s")
DESK = 0.5  # it may be the desk's place and not the event's
SURE, NAMED, MARKED = 1.0, 0.95, 0.85
SHARED, NEAR, FAR, SILENT, SPREAD = 0.7, 0.7, 0.6, 0.6, 0.6


class Candidate(NamedTuple):
    """A name in a text with all places it may mean."""

    field: Field
    start: int
    end: int
    readings: Sequence[Entry]
    marker: Marker | None
    is_metonym: bool

    @property
    def word(self) -> str:
        """Name the word beside it in a rule; empty: there is none."""
        return f"{self.marker} word" if self.marker else ""

    def found(self, reading: Entry, evidence: str, confidence: float) -> Found:
        """Settle on one reading."""
        rule = f"{reading.rule}, {evidence}" if evidence else reading.rule
        place = reading.place
        return Found(
            self.field, self.start, self.end, TagKind.PLACE, place.place_id, rule, confidence, place.governorate
        )


def find_places(fields: Sequence[Field], vocabulary: Vocabulary, names: Iterable[Found]) -> tuple[list[Found], Anchors]:
    """Return the places of an article, overlapping ones included, and the sure ones as anchors.

    `names` are newsrooms' names: what lies in them is no place.
    """
    newsrooms = Cover(names)
    candidates = [candidate for field in fields for candidate in _candidates(field, vocabulary, newsrooms)]
    settled = [(candidate, _settle(candidate)) for candidate in candidates]
    sure = anchors(found for _, found in settled if found)
    judged = (found or _judge(candidate, sure) for candidate, found in settled)
    return [_at_desk(found) if _is_dateline(found) else found for found in judged if found], sure


def _is_dateline(found: Found) -> bool:
    """Say whether a place stands where a text says whence it was sent: "Damascus, SANA -", حلب (…) -."""
    if found.field.name != "text" or found.start >= _DATELINE:
        return False
    text = found.field.folded.text
    line = text.rfind("\n", 0, found.start) + 1
    return _SENT.fullmatch(text, line, found.start) is not None and _DASH.match(text, found.end) is not None


def _at_desk(found: Found) -> Found:
    return found._replace(rule=f"{found.rule}, dateline", confidence=min(found.confidence, DESK))


def _candidates(field: Field, vocabulary: Vocabulary, newsrooms: Cover) -> Iterator[Candidate]:
    listed_after, listed_as = -_LIST_GAP, None  # where the last name ended, and the word before its list
    for start, end, entries in sorted(field.hits[TagKind.PLACE], key=_begin):
        if newsrooms.touches(field, start, end):
            continue
        before, after = field.before(start), field.after(end)
        marker, is_before = vocabulary.cues.marker(before, after)
        if (
            marker is None
            and 0 <= start - listed_after <= _LIST_GAP
            and _LIST.fullmatch(field.folded.text, listed_after, start)
        ):
            marker, is_before = listed_as, True
        listed_after, listed_as = end, marker if is_before else None
        if marker is not Marker.PART:
            readings = _meant(entries, vocabulary.cues, before, after)
            may_be_metonym = any(one.place.policy is Policy.METONYM_CHECK for one in readings)
            is_metonym = may_be_metonym and vocabulary.cues.metonym(before, after)
            yield Candidate(field, start, end, readings, marker, is_metonym)


def _begin(hit: Hit) -> tuple[int, int]:
    return hit.start, hit.end


def _meant(entries: tuple[Entry, ...], cues: Cues, before: str, after: str) -> Sequence[Entry]:
    """Leave out what a known trap speaks against."""
    if not any(entry.alias.target in cues.traps for entry in entries):
        return entries
    return [one for one in entries if not cues.trapped(one.alias.target, one.alias.literal, before, after)]


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


def _settle_shared(candidate: Candidate, governorate: Entry, towns: list[Entry]) -> Found | None:
    """Without a word for either, a name of city and governorate is the governorate's: that holds for both."""
    if governorate.need is Need.CONTEXT:
        return None
    if not towns:
        return candidate.found(governorate, "", NAMED)
    if candidate.is_metonym:
        return None  # "Damascus rejected the offer": an actor
    return candidate.found(governorate, "shared name", SHARED)


def _settle_town(candidate: Candidate, towns: list[Entry]) -> Found | None:
    free = [town for town in towns if town.need is Need.NOTHING]
    if len(free) == 1:
        if free[0].place.policy is Policy.MULTI_GOV:
            return candidate.found(free[0], "spans governorates", SPREAD)
        return candidate.found(free[0], candidate.word, SURE if candidate.marker else NAMED)
    return None


def _judge(candidate: Candidate, sure: Anchors) -> Found | None:
    """Choose among what a doubtful name may mean by the sure places around it; none of them: it is not tagged."""
    if candidate.is_metonym:
        return None
    wanting = (Need.DISTRICT,) if candidate.marker else (Need.DISTRICT, Need.MARKER)
    readings = [one for one in candidate.readings if one.need not in wanting]
    judged = [(sure.evidence(candidate.field, candidate.start, one.place.governorate), one) for one in readings]
    supported = [(evidence, one) for evidence, one in judged if evidence]
    word = f"{candidate.word}, " if candidate.word else ""
    if supported:
        evidence, reading = min(supported, key=lambda pair: pair[0].distance)
        sureness = MARKED if candidate.marker else NEAR if evidence.kind == "near" else FAR
        return candidate.found(reading, f"{word}{evidence.kind} {reading.place.governorate}", sureness)
    if candidate.marker and len(readings) == 1 and sure.is_silent(candidate.field, candidate.start):
        return candidate.found(readings[0], candidate.word, SILENT)
    return None
