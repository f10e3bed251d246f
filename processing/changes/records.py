"""What a change is: a kind from a closed list, and what was said before and after."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ChangeKind(StrEnum):
    """What changed."""

    TITLE = "title changed"
    TOLL = "toll changed"
    TYPE = "event type changed"
    STANDING = "standing changed"  # an accusation that is now told as an event, an event that is now denied
    PLACE = "place changed"
    DAY = "day changed"
    ACTORS = "actors changed"
    ATTRIBUTION = "attribution changed"  # on whose word one statement is; the source may still be cited elsewhere
    HEDGES = "hedges changed"  # "suspected" that is gone
    STATEMENT_ADDED = "statement added"
    STATEMENT_REMOVED = "statement removed"
    SOURCE_ADDED = "source added"
    SOURCE_REMOVED = "source removed"
    ADDED = "sentence added"
    REMOVED = "sentence removed"
    EDITED = "sentence changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; texts as printed, tolls as "killed 3", types, places, actors and sources by id."""

    kind: ChangeKind
    before: str  # empty: there was none
    after: str  # empty: it is gone
    about: str = ""  # of a statement: its sentence, as it reads now or, where it is gone, as it read
