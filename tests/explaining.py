"""Explained articles made by hand, for the tests of what shows them."""

from __future__ import annotations

import dataclasses
import datetime as dt

from processing.explain import Explained, explain_text
from processing.statements.records import (
    Citation,
    Counted,
    DayPrecision,
    EventDay,
    Number,
    NumberKind,
    Role,
    RoleKind,
    Scope,
    Site,
    Standing,
    Statement,
)

TITLE = "Army shells Kafr Nabl"
TEXT = (
    "Syrian army artillery shelled Kafr Nabl on Friday, killing one civilian, Step News reported.\n"
    "Suspected Kurdish fighters blew up a car near Afrin. Since 2014 at least 1319 civilians died."
)
ARABIC = (
    "قصفت قوات النظام بالمدفعية بلدة كفرنبل في ريف إدلب الجنوبي، ما أدى إلى مقتل مدني وفق مصادر محلية.\n"
    "وفي ريف حلب انفجرت عبوة ناسفة بسيارة قرب مدينة عفرين وأصيب ثلاثة أشخاص."
)
DAY = dt.date(2019, 9, 6)


def span(text: str, words: str) -> dict[str, int]:
    return {"start": text.index(words), "end": text.index(words) + len(words)}


def statement(field: str, sentence: str, trigger: str, number: int, **changes: object) -> Statement:
    text = TITLE if field == "title" else TEXT
    start = text.index(sentence)
    at = span(text, trigger)
    values = {
        "key": "0" * 64, "content_sha256": "1" * 64, "number": number, "field": field, "start": start,
        "end": start + len(sentence), "literal": sentence, "part": None, "event_type": "remote.shelling",
        "standing": Standing.EVENT, "trigger": (at["start"], at["end"]), "roles": (), "sites": (), "numbers": (),
        "chain": (), "hedges": (), "summary_of": (), "rule": "strike by weapon", "confidence": 0.85, "method": "rules",
        "tagger": "1",
        "day": EventDay(
            first=DAY, last=DAY, precision=DayPrecision.DAY, start=None, end=None, rule="publication", confidence=0.6
        ),
    }  # fmt: skip
    return Statement(**values | changes)


def number(words: str, **changes: object) -> Number:
    values = {
        "kind": NumberKind.KILLED, "counted": Counted.CIVILIANS, "low": 1, "best": 1, "high": 1, "scope": Scope.EVENT,
        "rule": "verb and count", "confidence": 0.9,
    }  # fmt: skip
    return Number(**values | span(TEXT, words) | changes)


def explained(**changes: object) -> Explained:
    """An article whose statements show everything that a statement can hold."""
    first, second, third = TEXT.replace("\n", " ").replace(". ", ".\n").split("\n")
    made = explain_text(TEXT, title=TITLE, outlet="almasdarnews", day=DAY)
    said = (
        statement("title", TITLE, "shells", 0, summary_of=(1,)),
        statement(
            "text", first, "shelled", 1,
            roles=(_role(RoleKind.BY, "saa", "Syrian army"), _role(RoleKind.TO, "civilians", "civilian")),
            sites=(_site("PL-kafr-nabl-sy07", "SY07", "Kafr Nabl"),),
            numbers=(number("one civilian"),),
            chain=(Citation(source="stepnews", verb="reported", rule="source verb", confidence=0.9, **span(TEXT, "Step News")),),
            day=EventDay(
                first=DAY, last=DAY, precision=DayPrecision.DAY, rule="weekday before publication", confidence=0.9,
                **span(TEXT, "Friday"),
            ),
        ),
        statement(
            "text", second, "blew up", 2, event_type="remote.ied_landmine", hedges=("suspected",),
            roles=(_role(RoleKind.BY, "ypg", "Kurdish fighters", hedge="Suspected"),),
            sites=(dataclasses.replace(_site("SY02", "SY02", "Afrin"), start=None, end=None, rule="header", relation="near"),),
        ),
        statement(
            "text", third, "died", 3, standing=Standing.CUMULATIVE,
            numbers=(number("at least 1319", low=1319, best=1319, high=None, scope=Scope.CUMULATIVE),),
        ),
    )  # fmt: skip
    return dataclasses.replace(made, statements=said, **changes)


def _role(kind: RoleKind, actor: str, words: str, hedge: str | None = None) -> Role:
    return Role(role=kind, actor=actor, is_loaded=False, hedge=hedge, rule="order", confidence=0.6, **span(TEXT, words))


def _site(place: str, governorate: str, words: str) -> Site:
    return Site(
        place=place, governorate=governorate, relation=None, rule="sentence", confidence=0.9, **span(TEXT, words)
    )
