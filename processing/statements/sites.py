"""Where a clause puts what it reports: places it names, else what its section, or the sentence before it, is about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from processing.records import Part, Tag
from processing.statements.clauses import Clause
from processing.statements.records import Site

HEADER, BEFORE = 0.8, 0.6
_GOVERNORATE = re.compile(r"SY\d\d")
# How an event lies to a place, read directly before its name: English, Arabic, Russian. One phrase, no repetition.
_RELATION = re.compile(
    r"(north|south|east|west|northeast|northwest|southeast|southwest|near|outskirts|vicinity|suburbs?|countryside|center|centre"
    r"|outside|around|between|(?:in|on) the road"
    r"|شمال|جنوب|شرق|غرب|شمالي|جنوبي|شرقي|غربي|قرب|محيط|أطراف|ريف|وسط|ضواحي|طريق|بين"
    r"|север\w{0,3}|юг\w{0,3}|восток\w{0,3}|запад\w{0,3}|близ|около|рядом с|окрестност\w{0,3}|пригород\w{0,3}|центр\w{0,2}"
    r"|на трассе)(?:ern)?[\s,]{1,2}(?:of |the |city |town |village |province |countryside |in |مدينة |بلدة |قرية "
    r"|города |деревни |посёлка |поселка |провинции ){0,4}[\"“«]?$",
    re.IGNORECASE,
)
_LOOK = 60  # characters before a name


def read_sites(clause: Clause, parts: Sequence[Part], before: tuple[Site, ...]) -> tuple[Site, ...]:
    """Return the places of a clause; a governorate beside a place within it says nothing more and is left out.

    `before` are the sites of the statement before it in the same paragraph.
    """
    own = [tag for tag in clause.places if "dateline" not in tag.rule]
    if own:
        finer = {tag.governorate for tag in own if not _GOVERNORATE.fullmatch(tag.target)}
        kept = [tag for tag in own if not _GOVERNORATE.fullmatch(tag.target) or tag.target not in finer]
        return tuple(_site(clause, tag) for tag in _once(kept))
    inherited = parts[clause.part].governorates if clause.part is not None else ()
    if len(inherited) == 1:
        return (_inherited(inherited[0], inherited[0], "header", HEADER),)
    return tuple(_inherited(site.place, site.governorate, "sentence before", BEFORE) for site in before)


def _once(tags: list[Tag]) -> list[Tag]:
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(tag.target, tag)
    return list(first.values())


def _site(clause: Clause, tag: Tag) -> Site:
    found = _RELATION.search(clause.source[max(clause.start, tag.start - _LOOK) : tag.start])
    return Site(
        place=tag.target,
        governorate=tag.governorate,
        start=tag.start,
        end=tag.end,
        relation=found[1].lower() if found else None,
        rule="sentence",
        confidence=tag.confidence,
    )


def _inherited(place: str, governorate: str | None, rule: str, confidence: float) -> Site:
    return Site(
        place=place, governorate=governorate, start=None, end=None, relation=None, rule=rule, confidence=confidence
    )
