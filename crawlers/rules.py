"""How an outlet's pages are read: the rules that hold now, those that held before a redesign, and its known lines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

# The mark of a field that no key of the TOML file fills (crawlers.declarations).
NOT_DECLARED: Final[Mapping[str, Any]] = {"not_declared": True}


class DayOrder(StrEnum):
    """The order of day and month in an outlet's numeric dates."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierRules:
    """What was different before a redesign. A key that is left out is as it is now, an empty list is none."""

    before: dt.date  # holds for pages captured before this day began (UTC)
    body: tuple[str, ...] | None = None
    prune: tuple[str, ...] | None = None
    day_order: DayOrder | None = None
    timezone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanRules:
    """How this outlet's pages are read. Everything is optional; without it the general rules hold."""

    body: tuple[str, ...] = ()  # CSS selectors of the element that holds the article's text
    prune: tuple[str, ...] = ()  # CSS selectors of elements that never belong to the text
    day_order: DayOrder | None = None  # None: learned from the outlet's own pages, else day first
    timezone: str = "Asia/Damascus"  # IANA name; for dates that carry no offset
    boilerplate: bool = True  # whether the outlet's known lines are dropped
    earlier: tuple[EarlierRules, ...] = ()  # by `before`, ascending


@dataclass(frozen=True, slots=True, kw_only=True)
class Boilerplate:
    """What was decided of the lines that recur in an outlet's articles; each as printed, with 0 for a number."""

    dropped: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()  # never proposed again


def rules_at(rules: CleanRules, captured_at: dt.datetime) -> CleanRules:
    """Return the rules for a page captured at an aware time: those of the first redesign after it, else today's."""
    day = captured_at.astimezone(dt.UTC).date()
    earlier = next((entry for entry in rules.earlier if day < entry.before), None)
    return overridden(rules, earlier) if earlier else rules


def overridden(rules: CleanRules, earlier: EarlierRules) -> CleanRules:
    """Return today's rules with what was different earlier."""
    return replace(
        rules,
        body=rules.body if earlier.body is None else earlier.body,
        prune=rules.prune if earlier.prune is None else earlier.prune,
        day_order=earlier.day_order or rules.day_order,
        timezone=earlier.timezone or rules.timezone,
        earlier=(),
    )
