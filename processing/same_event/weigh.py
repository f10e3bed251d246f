"""What speaks for and against two reports being of one event, in natural logarithms of odds (Fellegi and Sunter 1969).

A sum of signs, each of which a reader can check, and not a likeness of words: two shellings told in one form share as many
words as two reports of one shelling. weights.toml says where the weights are from, benchmarks/stories.py how they do.
"""

from __future__ import annotations

import functools
import hashlib
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import product

from processing.same_event.records import PROMINENT, Evidence, Report, Sign, Told
from processing.tag import load_vocabulary

METHOD = "signs"
_WEIGHTS = resources.files("processing.same_event").joinpath("weights.toml").read_bytes()
# Another value makes all stories anew; other weights are another method.
METHOD_VERSION = f"2+{hashlib.sha256(_WEIGHTS).hexdigest()[:8]}"
WINDOW = 3  # days that two reports may lie apart by the day they are looked up by
_NEXT = 1  # days that told days may lie apart: the night, the day after
_LARGE = 4  # people: below, numbers agree by chance
_MANY = 12  # places
_TOWN = 1.0  # level from which a place is told apart from its neighbours; below are regions
_FEW = 3  # days: an event lies on one of them, or beside it
_MOST_NAMES = 2
_MOST_WORDS = 6.0


@dataclass(frozen=True, slots=True)
class Weights:
    """weights.toml in memory."""

    signs: Mapping[Sign, float]
    levels: Mapping[str, float]  # level of a place → how telling it is that two reports name it
    least: float  # sum from which two reports are taken to be of one event


@functools.cache
def load_weights() -> Weights:
    """Read the table."""
    table = tomllib.loads(_WEIGHTS.decode("utf-8"))
    return Weights(
        {Sign(name): float(value) for name, value in table["signs"].items()}, table["levels"], table["least"]
    )


class Ready:
    """A report with what every comparison of it needs, worked out once."""

    __slots__ = (
        "actors", "blocs", "dates", "days", "governorates", "many", "names", "places", "report", "sites", "title_words",
        "titles", "tolls", "towns", "types", "weekdays", "words", "years",
    )  # fmt: skip

    def __init__(self, report: Report, weights: Weights) -> None:
        """Prepare `report`."""
        self.report = report
        self.places = {place: (share, _telling(place, weights)) for place, share in report.places.items()}
        self.sites = frozenset(report.sites)
        self.towns = frozenset(
            place for place, (share, telling) in self.places.items() if share >= PROMINENT and telling >= _TOWN
        )
        self.titles = frozenset(report.title_places)
        self.many = math.log1p(min(len(report.places), _MANY))
        self.governorates = frozenset(code for code, share in report.governorates.items() if share >= 1.0)
        self.days = frozenset(report.days)
        told = report.days if report.is_firm else ()
        self.dates = frozenset((day.month, day.day) for day in told) if told else frozenset(report.dates)
        self.years = frozenset(day.year for day in told) if told else frozenset(report.years)
        # Of many days that are left open, weekdays tell nothing.
        self.weekdays = frozenset(report.weekdays)
        if told:
            self.weekdays = frozenset(day.weekday() for day in told) if len(told) <= _FEW else frozenset()
        self.tolls = frozenset(report.tolls)
        self.actors, self.blocs = frozenset(report.actors), frozenset(report.blocs)
        self.types = frozenset(report.event_types)
        self.words, self.title_words = frozenset(report.words), frozenset(report.title_words)
        self.names = frozenset(report.names)


def may_match(one: Report, other: Report) -> bool:
    """Say whether the days of two reports leave it open that they are of one event.

    The same as what sql/queries/list_story_candidates.sql looks up, or what is joined would depend on who came first: a report
    that tells days far apart ("as on 3 December") is found by its last one only.
    """
    if abs((one.about - other.about).days) > WINDOW:
        return False
    return (
        not one.is_firm
        or not other.is_firm
        or any(abs((day - then).days) <= _NEXT for day, then in product(one.days, other.days))
    )


def weigh(one: Ready, other: Ready, weights: Weights, *, same_outlet: bool = False) -> tuple[Evidence, ...]:
    """Return the signs that hold of two reports with their weights; their sum says how sure it is. Symmetric."""
    places = list(_of_places(one, other))
    strengths = [(Sign.BASE, 1.0), *places, *_of_days(one, other), *_of_numbers(one, other), *_of_sides(one, other)]
    # Of one outlet, and of different towns, words in common are those of a form.
    if same_outlet:
        strengths.append((Sign.SAME_OUTLET, 1.0))
    elif all(sign is not Sign.OTHER_TOWNS for sign, _ in places):
        strengths += _of_words(one, other)
    signs = weights.signs
    return tuple([Evidence(sign, strength * signs[sign]) for sign, strength in strengths if strength])


def _telling(place: str, weights: Weights) -> float:
    known = load_vocabulary().places.get(place)
    return weights.levels.get(known.level if known else "other", weights.levels["other"])


_Strengths = Iterator[tuple[Sign, float]]
_Shares = Mapping[str, tuple[float, float]]


def _of_places(one: Ready, other: Ready) -> _Strengths:
    told = _shared(one.places, other.places)
    if told:
        yield Sign.PLACE, max(told)
        yield Sign.PLACES, sum(told) / (1 + min(len(one.places), len(other.places)))
    elif one.towns and other.towns:
        yield Sign.OTHER_TOWNS, 1.0
    elif not one.towns or not other.towns:
        yield Sign.NO_TOWN, 1.0
    if one.sites and other.sites and one.sites.isdisjoint(other.sites):
        yield Sign.OTHER_SITES, 1.0
    if one.titles and other.titles and one.titles.isdisjoint(other.titles):
        yield Sign.OTHER_TITLE, 1.0
    if one.governorates and other.governorates and one.governorates.isdisjoint(other.governorates):
        yield Sign.OTHER_GOVERNORATE, 1.0
    yield Sign.MANY_PLACES, one.many + other.many


def _shared(one: _Shares, other: _Shares) -> list[float]:
    """Return how telling each common place is, in order."""
    return sorted([min(one[place][0], other[place][0]) * one[place][1] for place in one.keys() & other.keys()])


def _of_days(one: Ready, other: Ready) -> _Strengths:
    if one.report.is_firm and other.report.is_firm:
        common = len(one.days & other.days)
        if max(len(one.days), len(other.days)) > _FEW and common:
            yield Sign.OPEN_DAY, 1.0
        else:  # of two pages of days that follow one another one day is common, the one between
            yield (Sign.DAY if common == min(len(one.days), len(other.days)) else Sign.NEXT_DAY), 1.0
        return
    if one.days and other.days:
        yield (Sign.OTHER_SHOWN_DAY if one.days.isdisjoint(other.days) else Sign.SHOWN_DAY), 1.0
    if one.dates and other.dates:
        yield (Sign.OTHER_DATE if one.dates.isdisjoint(other.dates) else Sign.DATE), 1.0
    if one.weekdays and other.weekdays:
        if one.weekdays.isdisjoint(other.weekdays):
            yield Sign.OTHER_WEEKDAY, 1.0
        else:
            yield Sign.WEEKDAY, 1 / math.sqrt(len(one.weekdays) * len(other.weekdays))
    if one.years and other.years and one.years.isdisjoint(other.years):
        yield Sign.OTHER_YEAR, 1.0


def _of_numbers(one: Ready, other: Ready) -> _Strengths:
    pairs = (
        (one.report.killed, other.report.killed, Sign.KILLED, Sign.OTHER_KILLED),
        (one.report.wounded, other.report.wounded, Sign.WOUNDED, Sign.OTHER_WOUNDED),
    )
    for first, then, same, differs in pairs:
        agreement = _agreement(first, then)
        yield (same, agreement) if agreement > 0 else (differs, -agreement)
    if any(number >= _LARGE for _, number in one.tolls & other.tolls):
        yield Sign.LARGE_NUMBER, 1.0


def _agreement(one: Told, other: Told) -> float:
    """Return how much two tolls agree, 2 at most, or differ, -2 at most; 0 where one is not given."""
    if one.low is None or other.low is None:
        return 0.0
    if one.best is not None and other.best is not None:
        if one.best == other.best:
            return 2.0 if one.best >= _LARGE else 1.0
        less, more = sorted((one.best, other.best))
        return -1.0 if more - less <= 2 or more <= 2 * less else -2.0  # a toll that rises, or another event's
    overlap = max(one.low, other.low) <= min(_highest(one), _highest(other))
    return 0.5 if overlap else -1.0


def _highest(toll: Told) -> float:
    return math.inf if toll.high is None else toll.high


def _of_sides(one: Ready, other: Ready) -> _Strengths:
    if common := one.actors & other.actors:
        yield Sign.ACTORS, len(common) / len(one.actors | other.actors)
    if one.blocs and other.blocs and one.blocs.isdisjoint(other.blocs):
        yield Sign.OTHER_SIDE, 1.0
    yield (Sign.OTHER_TYPE if one.types.isdisjoint(other.types) else Sign.TYPE), 1.0


def _of_words(one: Ready, other: Ready) -> _Strengths:
    if one.report.language != other.report.language:
        yield Sign.LANGUAGES, 1.0
        yield Sign.NAMES, float(min(len(one.names & other.names), _MOST_NAMES))
        return
    yield Sign.WORDS, min(len(one.words & other.words), _MOST_WORDS) / _MOST_WORDS
    if one.title_words and other.title_words:
        common = len(one.title_words & other.title_words)
        yield Sign.TITLE_WORDS, common / min(len(one.title_words), len(other.title_words))
