"""Which side each actor of a clause stands on: who did it, to whom, or one of two sides of the same.

The words directly beside a name decide where there are any ("by", "positions of", على, против); else the voice of the
trigger and the order of the words, which in Arabic has the doer after the verb.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from processing.records import Tag
from processing.statements.clauses import Clause
from processing.statements.event import Event
from processing.statements.lexicon import Cue, Mark, TriggerKind
from processing.statements.records import Role, RoleKind
from processing.tag.aliases import script

# What may stand between a cue and the name it governs.
_GAP = re.compile(
    r"[\s\"'“”«»(]{0,3}(?:(?:the|a|an|some|of|several|its|their|تنظيم|ميليشيا|ميليشيات|قوات|هيئة|فصائل)\s)?(?:\w{1,15}\s)?"
    r"[\s\"'“”«»(]{0,3}"
)
_BETWEEN = re.compile(r"[\s\"'“”«»(),]{0,4}(?:(?:of|the|from|من|из)\s){0,2}[\"“«]?")
_REACH = 20
_BESIDE = 9  # characters between an attribute and its noun: "Turkish artillery shelling"
_DEATHS = 30  # characters after a word of death within which its victim stands
BESIDE, ORDER, GUESS = 0.85, 0.7, 0.5
_GENERIC = ("_generic", "_unspecified", "unknown")


class _Judged(NamedTuple):
    role: RoleKind
    rule: str
    confidence: float


def read_roles(clause: Clause, event: Event, is_generic: Callable[[str], bool]) -> tuple[Role, ...]:
    """Return the roles of a clause's actors in order; an actor named twice has the surest of its roles."""
    names = _distinct(clause, is_generic)
    judged = [(name, _judge(clause, event, names, name)) for name in names]
    best: dict[str, Role] = {}
    for name, found in judged:
        role = Role(
            role=found.role,
            actor=name.target,
            start=name.start,
            end=name.end,
            is_loaded=name.rule.startswith("loaded"),
            hedge=_hedge(clause, name),
            rule=found.rule,
            confidence=round(found.confidence * name.confidence, 2),
        )
        if name.target not in best or role.confidence > best[name.target].confidence:
            best[name.target] = role
    return tuple(sorted(best.values(), key=lambda role: role.start))


def _distinct(clause: Clause, is_generic: Callable[[str], bool]) -> list[Tag]:
    """Leave out what only says of the name beside it what it is ("militants of the X", "X (Y)"), and who is quoted."""
    cited = [(source.start, source.end) for source in clause.sources]
    names = [name for name in clause.actors if not any(a <= name.start and name.end <= b for a, b in cited)]
    kept: list[Tag] = []
    for place, name in enumerate(names):
        beside = [names[other] for other in (place - 1, place + 1) if 0 <= other < len(names)]
        if is_generic(name.target) and any(
            _touch(clause, name, other) and not is_generic(other.target) for other in beside
        ):
            continue
        kept.append(name)
    return kept


def _touch(clause: Clause, one: Tag, other: Tag) -> bool:
    first, last = sorted((one, other), key=lambda name: name.start)
    return _BETWEEN.fullmatch(clause.source, first.end, last.start) is not None


def _judge(clause: Clause, event: Event, names: Sequence[Tag], name: Tag) -> _Judged:
    if beside := _beside(clause, event, name):
        return beside
    if event.voice == "mutual":
        return _Judged(RoleKind.WITH, "a side", ORDER)
    is_arabic = script(clause.source[name.start : name.end]) == "ar"
    ruling = _ruling(clause, name)
    if ruling is not None and ruling.trigger is not None and ruling.trigger.kind is TriggerKind.CASUALTY:
        return _Judged(RoleKind.TO, "after the dead", ORDER)
    trigger = event.trigger
    if name.end <= trigger.start:
        return _before(clause, event, name, is_arabic=is_arabic)
    if event.voice == "passive":
        return _Judged(RoleKind.TO, "order", GUESS)
    doers_before = any(other.end <= trigger.start for other in names)
    first_after = next(other for other in names if other.start >= trigger.start)
    if is_arabic and not doers_before and first_after is name:
        return _Judged(RoleKind.BY, "order, after the verb", ORDER)
    return _Judged(RoleKind.TO, "order", ORDER if doers_before else GUESS)


def _before(clause: Clause, event: Event, name: Tag, *, is_arabic: bool) -> _Judged:
    """Judge a name that stands before the trigger."""
    if event.voice == "passive":
        return _Judged(RoleKind.TO, "order", GUESS)
    gap = event.trigger.start - name.end
    if event.voice == "noun" and not is_arabic and gap <= _BESIDE:
        return _Judged(RoleKind.BY, "attribute", BESIDE)
    return _Judged(RoleKind.BY, "order", ORDER)


def _beside(clause: Clause, event: Event, name: Tag) -> _Judged | None:
    """Read the cue directly before or after the name."""
    for cue in clause.cues:
        gap = name.start - cue.end
        if (
            0 <= gap <= _REACH
            and cue.cue in (Cue.BY, Cue.TO, Cue.WITH)
            and _GAP.fullmatch(clause.source, cue.end, name.start)
        ):
            if cue.cue is Cue.WITH and event.voice != "mutual":
                continue
            role = {Cue.BY: RoleKind.BY, Cue.TO: RoleKind.TO, Cue.WITH: RoleKind.WITH}[cue.cue]
            if role is RoleKind.TO and event.voice == "mutual":
                role = RoleKind.WITH
            return _Judged(role, f"after {clause.source[cue.start : cue.end]!r}", BESIDE)
    for cue in clause.cues:
        gap = cue.start - name.end
        if cue.cue in (Cue.TO_AFTER, Cue.SUFFERS) and 0 <= gap <= 3 and not _attacks(clause, event, cue):
            return _Judged(RoleKind.TO, f"before {clause.source[cue.start : cue.end]!r}", BESIDE)
    return None


def _attacks(clause: Clause, event: Event, cue: Mark) -> bool:
    """Say whether the fighters named are those who attack: "HTS fighters attacked"."""
    return cue.cue is Cue.TO_AFTER and 0 <= event.trigger.start - cue.end <= 3 and event.voice == "active"


def _ruling(clause: Clause, name: Tag) -> Mark | None:
    """Return the last trigger before the name, where it is near."""
    before = [mark for mark in clause.triggers if mark.end <= name.start and name.start - mark.end <= _DEATHS]
    return before[-1] if before else None


def _hedge(clause: Clause, name: Tag) -> str | None:
    """Return the word that says the role is only suspected, where it stands beside the name."""
    for cue in clause.cues:
        if cue.cue is Cue.SUSPECT and (0 <= cue.start - name.end <= 6 or 0 <= name.start - cue.end <= 16):
            return clause.source[cue.start : cue.end]
    return None
