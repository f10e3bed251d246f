"""The days that the number in an address leaves open, by an outlet's declaration (`[[numbered]]`).

Most sites number their pages as they make them. Between two pages whose days are known lies the day of every page with a
number in between; how far the nearer of the two is away says how exactly. A page that shows no date of its own, as many
captures of a web archive, is so put into its week, mostly.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from urllib.parse import urlsplit, urlunsplit

from crawlers.records import Numbered, Outlet
from crawlers.urls import allowed, canonical

# Of 252 pages whose day lies between two known ones, the day that the number points to is off by 0.7 days in the middle,
# 1.9 in three of four and 4.5 in nine of ten, the more so the farther the nearer known day (2026-11-29).
SURE = 1.5  # days to either side
_LONGEST = 18  # digits: more are no count of pages
LOOSE = 0.25  # of the days to the nearer known one, added


class NumberedDay(NamedTuple):
    """A page with a known day."""

    number: int
    day: dt.date


class OpenDays(NamedTuple):
    """The first and the last day that are left open."""

    first: dt.date
    last: dt.date


def read_day(line: str) -> NumberedDay:
    """Read a line of `days`; ValueError where it is none."""
    number, _, day = line.partition(" ")
    if not number.isascii() or not number.isdigit():
        raise ValueError(line)
    return NumberedDay(int(number), dt.date.fromisoformat(day))


def open_days(url: str, outlet: Outlet) -> OpenDays | None:
    """Return the days that the number in a page's address leaves open; None where it has none, or one outside the known."""
    for numbered in outlet.numbered:
        number = number_in(url, numbered, outlet)
        if number is not None:
            return between(_days(numbered), number)
    return None


def number_in(url: str, numbered: Numbered, outlet: Outlet) -> int | None:
    """Return the number in an address of an outlet, as the rule says; None where the address is not of its kind."""
    if not allowed(url, outlet):
        return None
    parts = urlsplit(canonical(url))
    found = re.fullmatch(numbered.address, urlunsplit(("", "", parts.path, parts.query, "")))
    return int(found[1]) if found and len(found[1]) <= _LONGEST else None


def between(known: Sequence[NumberedDay], number: int) -> OpenDays | None:
    """Return the days that a number leaves open between `known` ones, which grow; None outside them."""
    after = bisect_left(known, number, key=lambda one: one.number)
    if after == len(known) or (after == 0 and known[0].number != number):
        return None
    upper = known[after]
    if upper.number == number:
        return OpenDays(upper.day, upper.day)
    lower = known[after - 1]
    days = (upper.day - lower.day).days
    guess = days * (number - lower.number) / (upper.number - lower.number)  # days after the lower one
    spread = SURE + LOOSE * min(guess, days - guess)
    first = max(0, math.floor(guess - spread))
    last = min(days, math.ceil(guess + spread))
    return OpenDays(lower.day + dt.timedelta(days=first), lower.day + dt.timedelta(days=last))


@lru_cache(maxsize=256)
def _days(numbered: Numbered) -> tuple[NumberedDay, ...]:
    return tuple(map(read_day, numbered.days))


def thin(known: Sequence[NumberedDay], apart: int) -> list[NumberedDay]:
    """Return the days to declare of those known: growing with the numbers, and about `apart` days from one to the next.

    Where numbers and days disagree, the fewest that make them agree again are left out: pages with another's day.
    """
    growing = _longest_growing(sorted({one.number: one for one in sorted(known)}.values()))
    kept: list[NumberedDay] = []
    for one, following in pairwise([*growing, None]):
        if one is None:
            continue
        if not kept or following is None or (one.day - kept[-1].day).days >= apart:
            kept.append(one)
    return kept


def _longest_growing(known: Sequence[NumberedDay]) -> list[NumberedDay]:
    """Return the longest part of `known`, sorted by number, in which no day is earlier than the one before it."""
    ends: list[int] = []  # place of the earliest day that a part of each length can end with
    before: list[int | None] = []
    for place, one in enumerate(known):
        length = bisect_right(ends, one.day, key=lambda end: known[end].day)
        before.append(ends[length - 1] if length else None)
        ends[length : length + 1] = [place]
    chain = []
    last = ends[-1] if ends else None
    while last is not None:
        chain.append(known[last])
        last = before[last]
    return chain[::-1]
