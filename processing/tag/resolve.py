"""Which hits are actors, and which actor each is on the article's date.

The same words mean another army after 8 December 2024; an acronym counts once its name stands in the article; "Kurds"
are an actor where they fight. Each condition is written at the alias in vocabulary/actors.csv and carried out here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from processing.records import TagKind
from processing.tag.aliases import Alias, Form
from processing.tag.anchors import Anchors
from processing.tag.cues import Cues
from processing.tag.match import Field
from processing.tag.spans import Found, longest
from processing.tag.tables import Actor
from processing.tag.vocabulary import Vocabulary

CONFIDENCE = {Form.NAME: 1.0, Form.ACRONYM: 0.95, Form.ALIAS: 0.9, Form.LOADED: 0.8}
OUTSIDE = 0.5  # the article lies outside the years in which the actor existed: it may be spoken of in retrospect
LEGACY = 0.5  # an old name for what came after
JUDGED = 0.7  # a condition that looks at more than the words themselves
_JUDGED = frozenset(("named", "metonym", "armed"))
_AROUND = frozenset(("metonym", "armed", "attack"))


class Reading(NamedTuple):
    """An actor that a hit may mean on the article's date."""

    field: Field
    start: int
    end: int
    alias: Alias
    rule: str
    is_inside: bool  # the article lies within the actor's years, or the alias has a window of its own
    confidence: float

    @property
    def rank(self) -> tuple[bool, int, float]:
        """Order readings of one span: those of the right time, with more conditions met, surer."""
        return self.is_inside, self.alias.conditions, self.confidence


def find_actors(
    fields: Sequence[Field], vocabulary: Vocabulary, sure: Anchors, article: tuple[dt.date, str]
) -> list[Found]:
    """Return the actors of an article; `article` is its date and its outlet's slug."""
    readings = [reading for field in fields for reading in _readings(field, vocabulary, sure, article)]
    firm = [one for one in readings if "named" not in one.alias.flags]
    chosen = _chosen(firm)
    if len(firm) < len(readings):
        family = _family({one.alias.target for one in chosen if one.is_inside}, vocabulary.actors)
        named = [one for one in readings if "named" in one.alias.flags and one.alias.target in family]
        chosen = _chosen([*firm, *named]) if named else chosen
    return [
        Found(one.field, one.start, one.end, TagKind.ACTOR, one.alias.target, one.rule, one.confidence)
        for one in chosen
    ]


def _readings(field: Field, vocabulary: Vocabulary, sure: Anchors, article: tuple[dt.date, str]) -> Iterator[Reading]:
    for start, end, entries in field.hits[TagKind.ACTOR]:
        for entry in entries:
            alias = entry.alias
            if _holds(alias, article[1], sure) and _stands(alias, field, start, end, vocabulary.cues):
                is_inside = alias.dated or vocabulary.actors[alias.target].existed(article[0])
                rule = entry.rule if is_inside else f"{entry.rule}, outside its years"
                yield Reading(field, start, end, alias, rule, is_inside, _confidence(alias, is_inside))


def _confidence(alias: Alias, is_inside: bool) -> float:
    """Return how sure the alias and its conditions make it."""
    confidence = CONFIDENCE[alias.form]
    if alias.near or alias.by or not alias.flags.isdisjoint(_JUDGED):
        confidence = min(confidence, JUDGED)
    return min(confidence, OUTSIDE) if not is_inside or "legacy" in alias.flags else confidence


def _holds(alias: Alias, outlet: str, sure: Anchors) -> bool:
    """Check the alias's own outlets and region."""
    if alias.by and outlet not in alias.by:
        return False
    return not alias.near or sure.any_in(alias.near)


def _stands(alias: Alias, field: Field, start: int, end: int, cues: Cues) -> bool:
    """Check the words around: no trap, and the verbs that the alias asks for."""
    if alias.target not in cues.traps and alias.flags.isdisjoint(_AROUND):
        return True
    before, after = field.before(start), field.after(end)
    if cues.trapped(alias.target, alias.literal, before, after):
        return False
    if "metonym" in alias.flags and not cues.metonym(before, after):
        return False
    if "attack" in alias.flags and not cues.attacking(before, after):
        return False
    return "armed" not in alias.flags or cues.fighting(before, after)


def _chosen(readings: Iterable[Reading]) -> list[Reading]:
    """Of the readings of one span keep the best, of spans that overlap the longest."""
    best: dict[tuple[str, int, int], Reading] = {}
    for reading in readings:
        span = (reading.field.name, reading.start, reading.end)
        if span not in best or reading.rank > best[span].rank:
            best[span] = reading
    return longest(best.values())


def _family(targets: set[str], actors: Mapping[str, Actor]) -> set[str]:
    """Add the parents and the children of actors: "the regime" is clear where its army is named."""
    parents = {parent for target in targets if (parent := actors[target].parent)}
    return targets | parents | {actor.actor_id for actor in actors.values() if actor.parent in targets}
