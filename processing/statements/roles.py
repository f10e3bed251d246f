"""Which side each actor of a clause stands on: who did it, to whom, or one of two sides of the same.

The words directly beside a name decide where there are any ("by", "positions of", على, против); else the voice of the
trigger and the order of the words, which in Arabic has the doer after the verb.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from processing.records import Tag
from processing.statements.clauses import Clause
from processing.statements.event import Event
from processing.statements.lexicon import Cue, Mark, TriggerKind
from processing.statements.records import Role, RoleKind
from processing.tag.aliases import script
from processing.tag.tables import Actor

# What may stand between a cue and the name it governs.
_GAP = re.compile(
    r"[\s\"'“”«»(]{0,3}(?:(?:the|a|an|some|of|several|its|their|تنظيم|ميليشيا|ميليشيات|قوات|هيئة|فصائل)\s)?(?:(?!by\b|in\b|at\b|on\b|from\b|after\b|من\b|في\b|в\b|на\b)\w{1,15}\s){0,2}"
    r"[\s\"'“”«»(]{0,3}ل?"
)
_BETWEEN = re.compile(
    r"[\s\"'“”«»(),]{0,4}(?:(?:that|who|which) (?:took part|participated|fought) in (?:the )?)?"
    r"(?:(?:of|the|from|من|из)\s){0,2}[\"“«]?"
)
_LISTED = re.compile(r"[\"”»]?\)?\s{0,2}(?:,|،|/|and|و|и)\s{0,2}(?:and\s)?(?:the\s|ال)?[\s\"“«]{0,2}")
_REACH = 20
_SUBJECT = 20  # characters between an Arabic subject and its verb
_COMMA = re.compile(r"[,،]")
_WIDEST = 3  # characters between a name and the verb or cue directly after it
_BESIDE = 9  # characters between an attribute and its noun: "Turkish artillery shelling"
_DEATHS = 35  # characters after a word of death or attack within which the name stands that it governs
BESIDE, ORDER, GUESS = 0.85, 0.7, 0.5
_VIOLENT = ("battle", "remote", "vac")
# Types of actors.csv that do not attack: those who are hit, and those who help, count and comment.
_HIT = frozenset(("civilians", "protesters"))
_HELPING = frozenset(("humanitarian", "international_org", "media_arm"))
# Whom "killed" and "wounded" have after them where they are active: "the coalition killed at least ten civilians".
_VICTIMS = re.compile(
    r"\s(?:at least|more than|over|some|about|nearly|up to|\d|an?\s|the\s|two|three|four|five|six|seven|eight|nine|ten|one"
    r"|several|dozens|scores|hundreds|many|civilians|people)"
)
_FIRED = re.compile(r"(?:from|من|из)\s(?:\w{1,12}\s){0,1}$")  # rockets fired from areas held by the X
_WITHIN = re.compile(r"\s{0,2}(?:in|within|of|from|inside|at|في|ضمن|داخل|من|في صفوف|в|из|при)\s(?:the\s)?[\"“«]?")


class _Judged(NamedTuple):
    role: RoleKind
    rule: str
    confidence: float


def read_roles(clause: Clause, event: Event, actors: Mapping[str, Actor]) -> tuple[Role, ...]:
    """Return the roles of a clause's actors in order; an actor named twice has the surest of its roles."""
    names = _distinct(clause, event)
    told = ((name, _judge(clause, event, names, name)) for name in names)
    judged = (
        (name, _able(role, event, actors[name.target].type))
        for name, role in told
        if not _only_speaks(clause, name, role)
    )
    best: dict[str, Role] = {}
    for name, found in judged:
        if found is None:
            continue
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


def _only_speaks(clause: Clause, name: Tag, found: _Judged) -> bool:
    """Say whether nothing but its place in the sentence makes who speaks the one that was hit: "..., the SDF said"."""
    is_source = any((source.start, source.end) == (name.start, name.end) for source in clause.sources)
    return is_source and found.role is RoleKind.TO and found.rule == "order"


def is_generic(actor: str) -> bool:
    """Say whether an actor is a kind of people, and not a group with a name."""
    return actor.endswith(("_generic", "_unspecified"))


def _able(found: _Judged, event: Event, actor_type: str) -> _Judged | None:
    """Correct a role that an actor of this type does not have in violence; None: it has none."""
    if found.role is not RoleKind.BY or event.event_type.partition(".")[0] not in _VIOLENT:
        return found
    if actor_type in _HELPING:
        return None
    return _Judged(RoleKind.TO, "does not attack", GUESS) if actor_type in _HIT else found


def _distinct(clause: Clause, event: Event) -> list[Tag]:
    """Leave out what only says of the name beside it what it is ("militants of the X", "X (Y)"), and who is quoted.

    What stands before such words governs the name that is kept: it begins where they begin. A name that only says who
    holds the place ("in areas controlled by the X") has no role.
    """
    names = [
        name
        for name in clause.actors
        if not any(_is_quoted(clause, source, name) for source in clause.sources) and not _is_aside(clause, event, name)
    ]
    kept: list[Tag] = []
    last: Tag | None = None  # the name before, kept or not
    holds = False  # whether it only holds a place
    for place, name in enumerate(names):
        is_one = last is not None and _touch(clause, last, name)
        holds = _only_holds(clause, event, name) or (holds and is_one)
        begin = last.start if last and is_one and is_generic(last.target) else name.start
        after = names[place + 1] if place + 1 < len(names) else None
        is_said = (is_one and last and not is_generic(last.target)) or (
            after is not None and not is_generic(after.target) and _touch(clause, name, after)
        )
        last = name
        if not holds and not (is_generic(name.target) and is_said):
            kept.append(dataclasses.replace(name, start=begin) if begin < name.start else name)
    return kept


def _is_aside(clause: Clause, event: Event, name: Tag) -> bool:
    """Say whether a name stands in what the sentence only begins with: "In connection with the activity of the X, ..."."""
    for cue in clause.cues:
        if cue.cue is Cue.ASIDE and cue.start - clause.start <= _WIDEST and cue.end <= name.start < event.trigger.start:
            return _COMMA.search(clause.source, name.end, event.trigger.start) is not None
    return False


def _only_holds(clause: Clause, event: Event, name: Tag) -> bool:
    """Say whether a name only says who holds the place: "in areas controlled by the X"; not where it was fired from."""
    return any(
        cue.cue is Cue.AREA
        and 0 <= name.start - cue.end <= _REACH
        and _GAP.fullmatch(clause.source, cue.end, name.start)
        and not (event.event_type.startswith("remote.") and _FIRED.search(clause.source, clause.start, cue.start))
        for cue in clause.cues
    )


def _is_quoted(clause: Clause, source: Tag, name: Tag) -> bool:
    """Say whether a name is the source's own: within it, or right after it as in "sources in the X"."""
    if (source.start, source.end) == (name.start, name.end):
        return False  # a side that speaks may be the one that did it: "the SDF said it had arrested"
    if source.start <= name.start and name.end <= source.end:
        return True
    return (
        0 <= name.start - source.end <= _REACH and _WITHIN.fullmatch(clause.source, source.end, name.start) is not None
    )


def _touch(clause: Clause, one: Tag, other: Tag) -> bool:
    first, last = sorted((one, other), key=lambda name: name.start)
    return _BETWEEN.fullmatch(clause.source, first.end, last.start) is not None


def _judge(clause: Clause, event: Event, names: Sequence[Tag], name: Tag) -> _Judged:
    if beside := _beside(clause, event, name):
        return beside
    listed = _listed_after(clause, names, name)
    if listed is not None:
        found = _judge(clause, event, names, listed)
        return found._replace(rule=f"with {listed.matched!r}")
    if event.voice == "mutual":
        return _Judged(RoleKind.WITH, "a side", ORDER)
    is_arabic = script(name.matched) == "ar"
    trigger = event.trigger
    if not is_arabic and (own := _own_verb(clause, name)):
        return own
    ruling = _ruling(clause, name)
    if ruling is not None and ruling.trigger is not None and ruling.trigger.kind is TriggerKind.CASUALTY:
        return _Judged(RoleKind.TO, "after the dead", ORDER)
    if is_arabic and ruling is not None and name.end > trigger.start:
        return _after_arabic(clause, names, name, ruling)
    if name.start <= trigger.start:
        return _before(clause, event, name, is_arabic=is_arabic)
    if event.voice == "passive":
        return _Judged(RoleKind.TO, "order", GUESS)
    doers_before = any(other.end <= trigger.start for other in names)
    return _Judged(RoleKind.TO, "order", ORDER if doers_before else GUESS)


def _own_verb(clause: Clause, name: Tag) -> _Judged | None:
    """Read the trigger directly after a name, where it is not the clause's: "... US-led air strikes", "the army shelled"."""
    for mark in clause.triggers:
        if mark.trigger is None or not 0 <= mark.start - name.end <= _WIDEST:
            continue
        kind, voice = mark.trigger.kind, mark.trigger.voice
        if kind is TriggerKind.CASUALTY and _VICTIMS.match(clause.source, mark.end):
            return _Judged(RoleKind.BY, "before its verb", BESIDE)
        if kind in (TriggerKind.EVENT, TriggerKind.STRIKE) and voice in ("active", "noun"):
            return _Judged(RoleKind.BY, "attribute" if voice == "noun" else "before its verb", BESIDE)
    return None


def _after_arabic(clause: Clause, names: Sequence[Tag], name: Tag, ruling: Mark) -> _Judged:
    """Judge an Arabic name soon after a verb or noun of attack: its doer, unless the doer stands right before the word.

    A word for whom it hits between the two ("قصف مواقع عسكرية لـ") makes it the one that is hit.
    """
    if any(cue.cue is Cue.TO and ruling.end <= cue.start and cue.end <= name.start for cue in clause.cues):
        return _Judged(RoleKind.TO, "after a word for the target", ORDER)
    if any(0 <= ruling.start - other.end <= _SUBJECT for other in names):
        return _Judged(RoleKind.TO, "order, after its doer", ORDER)
    return _Judged(RoleKind.BY, "order, after the verb", ORDER)


def _listed_after(clause: Clause, names: Sequence[Tag], name: Tag) -> Tag | None:
    """Return the name that this one is listed with: "the X and the Y"."""
    for other in names:
        if 0 <= name.start - other.end <= _REACH and _LISTED.fullmatch(clause.source, other.end, name.start):
            return other
    return None


def _before(clause: Clause, event: Event, name: Tag, *, is_arabic: bool) -> _Judged:
    """Judge a name that stands before the trigger."""
    if event.voice == "passive":
        has_victims = _VICTIMS.match(clause.source, event.trigger.end) and event.trigger.start - name.end <= _SUBJECT
        return _Judged(RoleKind.BY if has_victims else RoleKind.TO, "order", ORDER if has_victims else GUESS)
    gap = event.trigger.start - name.end
    if event.voice == "noun" and not is_arabic and gap <= _BESIDE:
        return _Judged(RoleKind.BY, "attribute", BESIDE)
    return _Judged(RoleKind.BY, "order", ORDER)


def _beside(clause: Clause, event: Event, name: Tag) -> _Judged | None:
    """Read the cue directly before or after the name; of several before it the nearest."""
    for cue in reversed(clause.cues):
        gap = name.start - cue.end
        if (
            0 <= gap <= _REACH
            and cue.cue in (Cue.BY, Cue.TO, Cue.WITH)
            and _GAP.fullmatch(clause.source, cue.end, name.start)
        ):
            if cue.cue is Cue.WITH and event.voice != "mutual":
                continue
            if cue.cue is Cue.TO and event.voice == "active" and 0 <= event.trigger.start - name.end <= _WIDEST:
                continue  # "fighters of the X arrested": it is they who did
            role = {Cue.BY: RoleKind.BY, Cue.TO: RoleKind.TO, Cue.WITH: RoleKind.WITH}[cue.cue]
            if role is RoleKind.TO and event.voice == "mutual":
                role = RoleKind.WITH
            return _Judged(role, f"after {clause.source[cue.start : cue.end]!r}", BESIDE)
    for cue in clause.cues:
        gap = cue.start - name.end
        if cue.cue in (Cue.TO_AFTER, Cue.SUFFERS) and 0 <= gap <= _WIDEST and not _attacks(clause, event, cue):
            return _Judged(RoleKind.TO, f"before {clause.source[cue.start : cue.end]!r}", BESIDE)
    return None


def _attacks(clause: Clause, event: Event, cue: Mark) -> bool:
    """Say whether the fighters named are those who attack: "HTS fighters attacked"."""
    return cue.cue is Cue.TO_AFTER and 0 <= event.trigger.start - cue.end <= _WIDEST and event.voice == "active"


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
