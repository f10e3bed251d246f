"""What a person is told of an explained article, in words, whatever it is shown on: marks in the text, and statements.

Pure; nothing here is escaped: explain_terminal and explain_html each do that for where they write.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from processing.explain import Explained
from processing.records import Part, TagKind
from processing.statements.lexicon import load_lexicon
from processing.statements.records import (
    Counted,
    DayPrecision,
    EventDay,
    Number,
    Role,
    RoleKind,
    Scope,
    Site,
    Standing,
    Statement,
)
from processing.tag import load_vocabulary

# What is marked in the text, with the sign it bears where there is no colour. Where two overlap, the earlier kind is shown.
SIGNS = {"place": "P", "actor": "A", "source": "S", "trigger": "T", "number": "N", "day": "D"}
MEANINGS = {
    "place": "place",
    "actor": "actor",
    "source": "cited source",
    "trigger": "words that told the type",
    "number": "count of people",
    "day": "words that told the day",
}
_SCOPES = {Scope.PERIOD: "over a period", Scope.CUMULATIVE: "cumulative"}
_SIDES = {RoleKind.BY: "by", RoleKind.TO: "to", RoleKind.WITH: "with"}


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a field that means something."""

    start: int
    end: int
    kind: str  # a key of SIGNS
    name: str  # of what is meant: "Idleb (SY07)"


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a field that is shown in one way."""

    text: str
    mark: Mark | None
    within: tuple[int, ...]  # numbers of the statements it belongs to
    begins: tuple[int, ...]  # those that begin with it
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A statement in words."""

    number: int  # as in the tables, from 0
    name: str
    code: str  # id of the type
    acled: str  # event and sub-event; empty: none corresponds
    standing: Standing
    literal: str
    facts: tuple[tuple[str, str], ...]  # label, words
    rules: tuple[tuple[str, str, float], ...]  # of what, by which rule, how sure (0-1)
    sums_up: tuple[int, ...]
    summed_up_by: tuple[int, ...]

    @property
    def is_counted(self) -> bool:
        """Whether it counts as an event: one that sums up others is not counted beside them."""
        return not self.sums_up and self.standing is Standing.EVENT


def runs(explained: Explained, field: str) -> tuple[Run, ...]:
    """Cut the title or the text where a mark or a statement begins or ends."""
    text = explained.title if field == "title" else explained.text
    marked = marks(explained, field)
    said = [one for one in explained.statements if one.field == field]
    cuts = {0, len(text), *(at for mark in marked for at in (mark.start, mark.end))}
    cuts |= {at for one in said for at in (one.start, one.end)}
    by_start = {mark.start: mark for mark in marked}
    made = []
    mark: Mark | None = None
    for start, end in itertools.pairwise(sorted(at for at in cuts if 0 <= at <= len(text))):
        mark = by_start.get(start) or (mark if mark and start < mark.end else None)
        within = [one for one in said if one.start <= start and end <= one.end]
        made.append(
            Run(
                text[start:end],
                mark,
                tuple(one.number for one in within),
                tuple(one.number for one in within if one.start == start),
                tuple(one.number for one in within if one.end == end),
            )
        )
    return tuple(made)


def marks(explained: Explained, field: str) -> tuple[Mark, ...]:
    """Return the marks of a field in order, none overlapping.

    Of two that overlap the one of the earlier kind in SIGNS is whole, and of the other what stands before it: in "one
    civilian" the count is "one".
    """
    order = list(SIGNS)
    found = sorted({*_marks(explained, field)}, key=lambda mark: (order.index(mark.kind), mark.start, -mark.end))
    text = explained.title if field == "title" else explained.text
    taken: list[Mark] = []
    for mark in found:
        end = min((one.start for one in taken if mark.start < one.end and one.start < mark.end), default=mark.end)
        end = mark.start + len(text[mark.start : end].rstrip())
        if mark.start < end:
            taken.append(dataclasses.replace(mark, end=end))
    return tuple(sorted(taken, key=lambda mark: mark.start))


def _marks(explained: Explained, field: str) -> Iterator[Mark]:
    for tag in explained.tags:
        if tag.field == field:
            yield Mark(tag.start, tag.end, tag.kind.value, target_name(tag.kind, tag.target))
    for one in explained.statements:
        if one.field != field:
            continue
        yield Mark(*one.trigger, "trigger", type_name(one.event_type)[0])
        for number in one.numbers:
            yield Mark(number.start, number.end, "number", number_words(number))
        if one.day.start is not None and one.day.end is not None:
            yield Mark(one.day.start, one.day.end, "day", day_words(one.day))


def told(explained: Explained) -> tuple[Told, ...]:
    """Return the statements in words, in order of their numbers."""
    return tuple(_told(one, explained) for one in explained.statements)


def _told(one: Statement, explained: Explained) -> Told:
    name, acled = type_name(one.event_type)
    field = explained.title if one.field == "title" else explained.text
    facts = [(_SIDES[role.role], _role_words(role, field)) for role in one.roles]
    facts += [("where", _site_words(site, field)) for site in one.sites]
    facts += [("people", number_words(number)) for number in one.numbers]
    facts.append(("when", day_words(one.day)))
    facts.append(("source", _chain_words(one, explained)))
    facts += [("hedge", word) for word in one.hedges]
    if one.part is not None and one.part < len(explained.parts):
        facts.append(("part", _part_words(explained.parts[one.part])))
    return Told(
        number=one.number,
        name=name,
        code=one.event_type,
        acled=acled,
        standing=one.standing,
        literal=one.literal,
        facts=tuple(facts),
        rules=tuple(_rules(one)),
        sums_up=one.summary_of,
        summed_up_by=tuple(other.number for other in explained.statements if one.number in other.summary_of),
    )


def _rules(one: Statement) -> Iterator[tuple[str, str, float]]:
    yield f"type {one.event_type}", one.rule, one.confidence
    for role in one.roles:
        yield f"{role.role} {role.actor}", role.rule, role.confidence
    for site in one.sites:
        yield f"where {site.place}", site.rule, site.confidence
    for number in one.numbers:
        yield f"{number.kind} {number.counted}", number.rule, number.confidence
    if one.day.rule:
        yield f"when {one.day.precision}", one.day.rule, one.day.confidence
    for link in one.chain:
        yield f"source {link.source}", link.rule, link.confidence


def type_name(event_type: str) -> tuple[str, str]:
    """Return the name of a type, and ACLED's event and sub-event."""
    row = load_lexicon().types.get(event_type)
    if row is None:
        return event_type, ""
    levels = dict.fromkeys(level for level in (row.acled_event, row.acled_sub_event) if level)
    return row.name, " › ".join(levels)


def target_name(kind: TagKind, target: str) -> str:
    """Return the name of what a tag points to; its id where the vocabulary has it no more."""
    vocabulary = load_vocabulary()
    if kind is TagKind.PLACE:
        place = vocabulary.places.get(target)
        return place.name_en if place else target
    if kind is TagKind.ACTOR:
        actor = vocabulary.actors.get(target)
        return actor.name_en if actor else target
    source = vocabulary.sources.get(target)
    return source.name if source else target


def _role_words(role: Role, field: str) -> str:
    notes = [f"“{field[role.start : role.end]}”"]
    notes += ["loaded words"] if role.is_loaded else []
    notes += [f"hedged: {role.hedge}"] if role.hedge else []
    return f"{target_name(TagKind.ACTOR, role.actor)} ({', '.join(notes)})"


def _site_words(site: Site, field: str) -> str:
    name = target_name(TagKind.PLACE, site.place)
    notes = []
    if site.governorate and site.governorate != site.place:
        notes.append(f"{target_name(TagKind.PLACE, site.governorate)} governorate")
    if site.start is None:
        notes.append(f"inherited from the {site.rule}")
    elif site.end is not None:
        notes.append(f"“{field[site.start : site.end]}”")
    relation = f"{site.relation}: " if site.relation else ""
    return f"{relation}{name}" + (f" ({', '.join(notes)})" if notes else "")


def _part_words(part: Part) -> str:
    places = ", ".join(target_name(TagKind.PLACE, code) for code in part.governorates)
    return part.kind.value + (f": {places}" if places else "")


_ONE = {
    Counted.PEOPLE: "person",
    Counted.CIVILIANS: "civilian",
    Counted.FIGHTERS: "fighter",
    Counted.CHILDREN: "child",
    Counted.WOMEN: "woman",
}


def number_words(number: Number) -> str:
    """Say a count: "killed: at least 3 civilians", "wounded: number said to be unknown, of people"."""
    if number.low is None and number.best is None and number.high is None:
        figure = "number said to be unknown, of"
    elif number.best is not None and number.low == number.best == number.high:
        figure = str(number.best)
    elif number.high is None:
        figure = f"at least {number.low if number.low is not None else number.best}"
    elif number.low in (None, 0):
        figure = f"at most {number.high}"
    else:
        figure = f"{number.low} to {number.high}"
    notes = [f"said: {number.best}"] if number.best is not None and str(number.best) not in figure else []
    notes += [_SCOPES[number.scope]] if number.scope in _SCOPES else []
    notes += ["toll so far"] if number.is_toll else []
    notes += ["part of another count"] if number.among is not None else []
    people = _ONE[number.counted] if figure == "1" else number.counted
    return f"{number.kind}: {figure} {people}" + (f" ({', '.join(notes)})" if notes else "")


def day_words(day: EventDay) -> str:
    """Say a day and how exactly it is known."""
    if day.precision is DayPrecision.UNKNOWN or (day.first is None and day.last is None):
        return "day not known"
    if day.precision is DayPrecision.NIGHT:
        return f"night to {day.last}"
    if day.precision is DayPrecision.SINCE:
        return f"since {day.first}"
    if day.first == day.last or day.last is None or day.first is None:
        said = str(day.first or day.last)
    else:
        said = f"{day.first} to {day.last}"
    source = " of publication" if day.start is None else ""
    return f"{said} ({day.precision}{source})"


def _chain_words(one: Statement, explained: Explained) -> str:
    publisher = explained.outlet_name or explained.outlet or "the text itself"
    if not one.chain:
        return f"{publisher} (its own word)"
    links = [
        target_name(TagKind.SOURCE, link.source) + (f" (“{link.verb}”)" if link.verb else "") for link in one.chain
    ]
    return " → ".join([publisher, *links])


def as_data(explained: Explained) -> dict[str, Any]:
    """Return everything as plain values for JSON: the records as they are, with names beside ids."""
    data = dataclasses.asdict(explained)
    counted = {one.number: one for one in told(explained)}
    for tag in data["tags"]:
        tag["name"] = target_name(tag["kind"], tag["target"])
    for one in data["statements"]:
        words = counted[one["number"]]
        one |= {"name": words.name, "acled": words.acled, "is_counted": words.is_counted}
        one["summed_up_by"] = list(words.summed_up_by)
        _named(one["roles"], "actor", TagKind.ACTOR)
        _named(one["sites"], "place", TagKind.PLACE)
        _named(one["chain"], "source", TagKind.SOURCE)
    return data


def _named(rows: Iterable[dict[str, Any]], key: str, kind: TagKind) -> None:
    for row in rows:
        row["name"] = target_name(kind, row[key])


def count_words(explained: Explained) -> str:
    """Say how many statements there are, and how many of them are counted as events."""
    all_told = told(explained)
    events = sum(one.is_counted for one in all_told)
    sums = sum(bool(one.sums_up) for one in all_told)
    others = len(all_told) - events - sums
    return f"Statements: {len(all_told)}. Events counted: {events}; summaries, not counted: {sums}; others: {others}"
