"""What a clause reports: the type of event, told by its most telling trigger, and how it stands to the news of the day."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from processing.records import PartKind
from processing.statements.clauses import Clause
from processing.statements.lexicon import Cue, Mark, Trigger, TriggerKind
from processing.statements.records import Standing

INTENTION, ACCUSATION = "statement.intention", "statement.accusation_denial"
# Of several things that a clause reports, the one that readers and coders take for the event.
_GROUPS = {"remote": 3, "battle": 3, "vac": 3, "demo": 3, "riot": 3, "recon": 3, "strat": 2, "hum": 2, "transfer": 2}
# Types that say more than the words beside them: a suicide bomber's attack is no mere attack, and who claims an attack
# does not report one.
_TELLING = {
    "remote.suicide_bomb": 5,
    "remote.chemical": 5,
    "remote.grenade": 3,
    "statement.claim_of_responsibility": 25,
}
_AHEAD = 45  # characters before a trigger within which "is ready to" governs it
_CLOSE = 14  # the same for a negation
_STOP = re.compile(r"[,;:،؛]")
_COMMA = re.compile(r"[,،]")
_EARLIER = ", told of before"
SURE, ARMED, PLAIN, BARE = 0.9, 0.85, 0.6, 0.5


class Event(NamedTuple):
    """The type of a clause, and what told it."""

    event_type: str
    trigger: Mark
    voice: str
    standing: Standing
    rule: str
    confidence: float
    types: frozenset[str]  # all types that its triggers name
    is_plain: bool  # a strike, or dead and wounded, without a word of how: it may be any
    is_casualty: bool  # the dead and wounded alone, without a word of how
    is_told_before: bool  # background only because it is told in the past of the past: وكان


def read_event(clause: Clause) -> Event | None:
    """Choose the type of a clause; None: it reports nothing."""
    ranked = sorted(_live(clause), key=lambda found: (-found[0], found[1].start))
    if not ranked:
        return None
    _, mark, trigger = ranked[0]
    event_type, rule, confidence = _resolve(clause, mark, trigger)
    standing, why = _standing(clause, mark, event_type)
    if standing is Standing.INTENTION:
        event_type = INTENTION
    elif standing in (Standing.DENIAL, Standing.ACCUSATION):
        event_type = ACCUSATION
    types = frozenset(other.event_type for _, _, other in ranked) | {event_type}
    return Event(
        event_type,
        mark,
        trigger.voice,
        standing,
        f"{rule}{why}",
        confidence,
        types,
        is_plain=confidence < ARMED,
        is_casualty=trigger.kind is TriggerKind.CASUALTY,
        is_told_before=why == _EARLIER,
    )


def _live(clause: Clause) -> Iterator[tuple[float, Mark, Trigger]]:
    """Yield the triggers that count, with their rank."""
    despite = [_stretch(clause, cue) for cue in clause.cues if cue.cue is Cue.DESPITE]
    aside = [_stretch(clause, cue) for cue in clause.cues if cue.cue is Cue.ASIDE]
    for mark in clause.triggers:
        trigger = mark.trigger
        if trigger is None or trigger.kind in (TriggerKind.WEAPON, TriggerKind.NOTHING) or _is_named(clause, mark):
            continue
        if _within(mark, despite) or _is_negated(clause, mark):
            continue
        group = _GROUPS.get(trigger.event_type.partition(".")[0], 1)
        kind = {TriggerKind.EVENT: 4, TriggerKind.STRIKE: 4, TriggerKind.CASUALTY: 0}[trigger.kind]
        rank = group * 10 + kind + 2 * min(trigger.weight, 3) + _TELLING.get(trigger.event_type, 0)
        yield rank - 15 * _within(mark, aside) - 20 * (trigger.kind is TriggerKind.CASUALTY), mark, trigger


def _stretch(clause: Clause, cue: Mark) -> tuple[int, int]:
    comma = _COMMA.search(clause.source, cue.end, clause.end)
    return cue.start, comma.start() if comma else clause.end


def _within(mark: Mark, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= mark.start < end for start, end in stretches)


def _is_named(clause: Clause, mark: Mark) -> bool:
    """Say whether the word is part of a longer name: "the Joint Operations Room" reports no operation."""
    start, end = mark.start, mark.end
    for names in (clause.sources, clause.places, clause.actors):
        for name in names:
            if name.start <= start and end <= name.end:
                return True
    return False


def _is_negated(clause: Clause, mark: Mark) -> bool:
    return any(
        cue.cue is Cue.NEGATION
        and 0 <= mark.start - cue.end <= _CLOSE
        and not _STOP.search(clause.source, cue.end, mark.start)
        for cue in clause.cues
    )


def _resolve(clause: Clause, mark: Mark, trigger: Trigger) -> tuple[str, str, float]:
    """Return type, rule and confidence; of a strike and of the dead alone the weapons in the clause decide."""
    said = clause.source[mark.start : mark.end]
    if trigger.kind is TriggerKind.EVENT:
        return trigger.event_type, f"trigger {said!r}", SURE
    weapons = Counter(
        other.trigger.event_type
        for other in clause.triggers
        if other.trigger and other.trigger.kind is TriggerKind.WEAPON
    )
    if weapons:
        event_type = weapons.most_common(1)[0][0]
        return event_type, f"{trigger.kind} {said!r} by weapon", ARMED
    if trigger.kind is TriggerKind.STRIKE:
        return trigger.event_type, f"strike {said!r}", PLAIN
    return trigger.event_type, f"casualties {said!r} only", BARE


def _standing(clause: Clause, mark: Mark, event_type: str) -> tuple[Standing, str]:
    if event_type == INTENTION:
        return Standing.INTENTION, ""
    for cue in clause.cues:
        is_before = cue.end <= mark.start
        if cue.cue is Cue.DENIAL and is_before:
            return Standing.DENIAL, ", denied"
        if cue.cue is Cue.ACCUSATION and is_before:
            return Standing.ACCUSATION, ", as an accusation"
        if (
            cue.cue is Cue.INTENTION
            and 0 <= mark.start - cue.end <= _AHEAD
            and not _STOP.search(clause.source, cue.end, mark.start)
        ):
            return Standing.INTENTION, ", intended"
    if clause.part_kind is PartKind.BACKGROUND:
        return Standing.BACKGROUND, ", in background"
    if any(cue.cue in (Cue.BACKGROUND, Cue.HABIT) for cue in clause.cues):
        return Standing.BACKGROUND, ", told as background"
    if any(cue.cue is Cue.EARLIER for cue in clause.cues):
        return Standing.BACKGROUND, _EARLIER
    return Standing.EVENT, ""
