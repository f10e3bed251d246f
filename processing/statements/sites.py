"""Where a clause puts what it reports: places it names, else what its section, or the sentence before it, is about."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Sequence

from processing.records import Part, Tag
from processing.statements.clauses import Clause
from processing.statements.lexicon import Cue
from processing.statements.records import Site

HEADER, BEFORE = 0.8, 0.6
_GOVERNORATE = re.compile(r"SY\d\d")
_AWAY = 40  # characters before a name within which the word stands that says how the event lies to it
_STOP = re.compile(r"[.,;:،؛]")


def read_sites(clause: Clause, parts: Sequence[Part], before: tuple[Site, ...]) -> tuple[Site, ...]:
    """Return the places of a clause; a governorate beside a place within it says nothing more and is left out.

    `before` are the sites of the statement before it in the same paragraph.
    """
    own = [tag for tag in clause.places if not tag.rule.endswith("dateline")]
    if own:
        finer = {tag.governorate for tag in own if not _GOVERNORATE.fullmatch(tag.target)}
        kept = [tag for tag in own if not _GOVERNORATE.fullmatch(tag.target) or tag.target not in finer]
        return tuple(_site(clause, tag) for tag in _once(kept))
    inherited = parts[clause.part].governorates if clause.part is not None else ()
    if len(inherited) == 1:
        return (_inherited(inherited[0], inherited[0], "header", HEADER),)
    if desk := [tag for tag in clause.places if tag.rule.endswith("dateline")]:
        return tuple(dataclasses.replace(_site(clause, tag), rule="dateline") for tag in _once(desk))
    return tuple(_inherited(site.place, site.governorate, "sentence before", BEFORE) for site in before)


def _once(tags: list[Tag]) -> list[Tag]:
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(tag.target, tag)
    return list(first.values())


def _site(clause: Clause, tag: Tag) -> Site:
    return Site(
        place=tag.target,
        governorate=tag.governorate,
        start=tag.start,
        end=tag.end,
        relation=_relation(clause, tag),
        rule="sentence",
        confidence=tag.confidence,
    )


def _relation(clause: Clause, tag: Tag) -> str | None:
    """Return the nearest word before the name that says how the event lies to it: "west", "near", ريف."""
    for cue in reversed(clause.cues):
        if cue.cue is Cue.RELATION and 0 < tag.start - cue.end <= _AWAY:
            others = any(cue.end <= other.start < tag.start for other in clause.places)
            is_apart = others or _STOP.search(clause.source, cue.end, tag.start)
            return None if is_apart else clause.source[cue.start : cue.end]
    return None


def _inherited(place: str, governorate: str | None, rule: str, confidence: float) -> Site:
    return Site(
        place=place, governorate=governorate, start=None, end=None, relation=None, rule=rule, confidence=confidence
    )
