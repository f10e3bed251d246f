"""What a statement is: one sentence-level claim, and the parts it is made of. All frozen; offsets are in characters.

Every part says by which rule it was read and how sure that is, so that a researcher can leave out what a rule of that
kind gets wrong. Nothing here says that something happened: it says that an article says so, and on whose word.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How what is said stands to the news of the day."""

    EVENT = "event"  # something that happened, reported as news
    BACKGROUND = "background"  # told again or told as a state of things: "Recall that", "since 31 August"
    CUMULATIVE = "cumulative"  # a sum over a time: "1319 civilians since August 2014"; never that day's
    INTENTION = "intention"  # what someone will or would do
    DENIAL = "denial"  # that something did not happen, or not by them
    ACCUSATION = "accusation"  # that someone is to blame, or is said to be


class RoleKind(StrEnum):
    """What an actor does in a statement."""

    BY = "by"  # who did it, or says it
    TO = "to"  # to whom
    WITH = "with"  # one of two sides of the same: a clash, an agreement, talks


class NumberKind(StrEnum):
    """What is counted."""

    KILLED = "killed"
    WOUNDED = "wounded"
    CASUALTIES = "casualties"  # killed and wounded in one figure
    CAPTURED = "captured"
    DISPLACED = "displaced"
    MISSING = "missing"


class Counted(StrEnum):
    """Who is counted."""

    PEOPLE = "people"  # not said who
    CIVILIANS = "civilians"
    FIGHTERS = "fighters"
    CHILDREN = "children"
    WOMEN = "women"


class Scope(StrEnum):
    """Over what is counted."""

    EVENT = "event"
    PERIOD = "period"  # the last 24 hours, a month, an operation
    CUMULATIVE = "cumulative"  # since a date long before, or a whole war


class DayPrecision(StrEnum):
    """How exactly the day of an event is known."""

    DAY = "day"
    NIGHT = "night"  # the night that ends on `last`
    SINCE = "since"  # began on `first` and lasts
    SPAN = "span"  # within `first` to `last`, or all through it
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"  # before the publication: "earlier", "previously"


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A count of people, as a range. All three None: it is said that the number is not known ("no losses reported")."""

    kind: NumberKind
    counted: Counted
    low: int | None
    best: int | None  # the figure that is said; None for "dozens"
    high: int | None  # None: open
    scope: Scope
    start: int  # of the words that say it
    end: int
    among: int | None = None  # index of the number that this one is part of: "nine, three of them children"
    is_toll: bool = False  # the total so far of something reported before: "the toll rose to 7"
    rule: str
    confidence: float  # 0-1


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDay:
    """When it happened, as days in Damascus, apart from when it was published."""

    first: dt.date | None
    last: dt.date | None  # the same as `first` for one day; None: open, or not known
    precision: DayPrecision
    start: int | None  # of the words that say it; None: taken from the publication
    end: int | None
    rule: str  # "weekday before publication", "publication"
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One link of the chain between the publisher and the origin of a statement."""

    source: str  # outlet slug or id of a source class (processing/vocabulary/sources.toml)
    start: int  # of its name
    end: int
    verb: str | None  # the word that attributes, as printed: "according to", "reported"; None: a dateline, brackets
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An actor of a statement and what it does there."""

    role: RoleKind
    actor: str  # actor id
    start: int  # of the words that name it
    end: int
    is_loaded: bool  # the words take sides: "radicals", "Assad gangs"
    hedge: str | None  # "suspected": not said as a fact
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place of a statement."""

    place: str  # place id
    governorate: str | None  # p-code
    start: int | None  # of its name; None: inherited from the header of the section
    end: int | None
    relation: str | None  # as it was read: "west", "near", "outskirts", "in"; None: not said
    rule: str  # "sentence", "header", "dateline", "sentence before"
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One sentence-level claim of an article."""

    key: str  # Article.key
    content_sha256: str  # of the version it was found in
    number: int  # its place among the article's statements, from 0
    field: str  # title | text
    start: int  # of the sentence
    end: int
    literal: str  # the sentence as printed
    part: int | None  # index in Profile.parts of the part it stands in; None: no digest
    event_type: str  # id of processing/vocabulary/event_types.toml
    standing: Standing
    trigger: tuple[int, int]  # span of the words by which the type was told
    roles: tuple[Role, ...]
    sites: tuple[Site, ...]
    numbers: tuple[Number, ...]
    chain: tuple[Citation, ...]  # from whom the publisher has it to whom it comes from; empty: the publisher's own word
    hedges: tuple[str, ...]  # "believed", "suspected", "unconfirmed"
    day: EventDay
    summary_of: tuple[int, ...]  # numbers of the statements that it sums up; they are counted, it is not
    rule: str
    confidence: float  # 0-1, of the type
    method: str  # "rules", or the name of a model
    tagger: str  # version of rules and vocabulary
