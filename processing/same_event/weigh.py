"""What speaks for and against two reports being of one event, in natural logarithms of odds (Fellegi and Sunter 1969).

Weights are those of a logistic regression on pairs of texts tied to incidents, rounded (benchmarks/stories.py says how it
does on others): a sum of independent-looking signs, each of which a reader can check, and not a likeness of words, which
is as high for two shellings told in one form (0.15 to 0.58 shared sequences) as for true copies.
"""

from __future__ import annotations

import functools
import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import product

from processing.same_event.records import Evidence, Report, Sign, Told
from processing.tag import load_vocabulary
from processing.tag.tables import Place

METHOD = "signs"
METHOD_VERSION = "1"
WINDOW = 3  # days that two reports of one event may lie apart, at most
_CLOSE, _APART = 10.0, 25.0  # kilometres
_DEGREE = 111.2  # kilometres
_LARGE = 4  # people: below, numbers agree by chance
_MANY = 12  # places
_MOST_IN_COMMON = 6.0
_MOST_WORDS = 6.0


@dataclass(frozen=True, slots=True)
class Weights:
    """processing/vocabulary/same_event.toml in memory."""

    signs: Mapping[Sign, float]
    levels: Mapping[str, float]  # level of a place → how telling it is that two reports name it
    least: float  # sum from which two reports are taken to be of one event


@functools.cache
def load_weights() -> Weights:
    """Read the table."""
    text = resources.files("processing.vocabulary").joinpath("same_event.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return Weights(
        {Sign(name): float(value) for name, value in table["signs"].items()}, table["levels"], table["least"]
    )


def weigh(one: Report, other: Report, weights: Weights, *, same_outlet: bool = False) -> tuple[Evidence, ...]:
    """Return the signs that hold of two reports with their weights; their sum says how sure it is. Symmetric."""
    strengths = [(Sign.BASE, 1.0), *_of_places(one, other, weights), *_of_days(one, other), *_of_numbers(one, other)]
    strengths += _of_sides(one, other)
    # Of one outlet, words in common are its form's.
    strengths += [(Sign.SAME_OUTLET, 1.0)] if same_outlet else _of_words(one, other)
    return tuple(Evidence(sign, strength * weights.signs[sign]) for sign, strength in strengths if strength)


def may_match(one: Report, other: Report) -> bool:
    """Say whether two reports are compared at all: they are found by one place, and not far apart in time."""
    is_near = abs((one.about - other.about).days) <= WINDOW
    return is_near and not set(one.lookup).isdisjoint(other.lookup)


def _of_places(one: Report, other: Report, weights: Weights) -> Iterator[tuple[Sign, float]]:
    best, total = _shared(one.places, other.places, weights)
    yield Sign.PLACE, best
    yield Sign.PLACES, min(total, _MOST_IN_COMMON)
    yield Sign.SITE, _shared(one.sites, other.sites, weights)[0]
    distance = _distance(one, other)
    if distance is not None:
        yield Sign.NEAR, float(distance <= _CLOSE)
        yield Sign.FAR, float(distance > _APART)
    yield Sign.OTHER_SITES, float(bool(one.sites and other.sites) and one.sites.keys().isdisjoint(other.sites))
    titles = one.title_places, other.title_places
    yield Sign.OTHER_TITLE, float(all(titles) and set(titles[0]).isdisjoint(titles[1]))
    codes = one.governorates.keys() & other.governorates.keys()
    yield Sign.GOVERNORATE, max((min(one.governorates[code], other.governorates[code]) for code in codes), default=0.0)
    yield Sign.OTHER_GOVERNORATE, float(bool(one.governorates and other.governorates) and not codes)
    yield Sign.MANY_PLACES, sum(math.log1p(min(len(report.places), _MANY)) for report in (one, other))


def _shared(one: Mapping[str, float], other: Mapping[str, float], weights: Weights) -> tuple[float, float]:
    """Return how telling the most telling common place is, and all of them together."""
    told = [
        min(one[place], other[place]) * weights.levels.get(_level(place), weights.levels["other"])
        for place in one.keys() & other.keys()
    ]
    return max(told, default=0.0), sum(sorted(told))


def _place(place: str) -> Place | None:
    return load_vocabulary().places.get(place)


def _level(place: str) -> str:
    known = _place(place)
    return known.level if known else "other"


def _distance(one: Report, other: Report) -> float | None:
    """Return the kilometres between the closest two of the places that they are about; None where one has none."""
    points = [
        [point for place, share in report.places.items() if share == 1.0 and (point := _point(place))]
        for report in (one, other)
    ]
    return min((_kilometres(*pair) for pair in product(*points)), default=None)


def _point(place: str) -> tuple[float, float] | None:
    known = _place(place)
    if known is None or known.latitude is None or known.longitude is None or known.level == "region":
        return None
    return known.latitude, known.longitude


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    north = (one[0] - other[0]) * _DEGREE
    east = (one[1] - other[1]) * _DEGREE * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east)


def _of_days(one: Report, other: Report) -> Iterator[tuple[Sign, float]]:
    if one.days and other.days:
        apart = min(abs((day - then).days) for day, then in product(one.days, other.days))
        yield (Sign.FIRM_DAY if one.is_firm and other.is_firm else Sign.DAY), float(apart == 0)
        yield Sign.OTHER_DAY, float(apart > 1)
    first, then = _said(one), _said(other)
    years = one.years, other.years
    if not (one.days and other.days) and first[0] and then[0]:
        yield Sign.DATE, float(not first[0].isdisjoint(then[0]))
        yield Sign.OTHER_DATE, float(first[0].isdisjoint(then[0]))
    if all(years):
        yield Sign.OTHER_YEAR, float(set(years[0]).isdisjoint(years[1]))
    if not (one.days and other.days) and first[1] and then[1]:
        yield Sign.WEEKDAY, float(not first[1].isdisjoint(then[1]))
        yield Sign.OTHER_WEEKDAY, float(first[1].isdisjoint(then[1]))


def _said(report: Report) -> tuple[frozenset[tuple[int, int]], frozenset[int]]:
    """Return dates and weekdays of a report, of a dated one those of its days."""
    if report.days:
        return frozenset((day.month, day.day) for day in report.days), frozenset(day.weekday() for day in report.days)
    return frozenset(report.dates), frozenset(report.weekdays)


def _of_numbers(one: Report, other: Report) -> Iterator[tuple[Sign, float]]:
    pairs = (
        (one.killed, other.killed, Sign.KILLED, Sign.OTHER_KILLED),
        (one.wounded, other.wounded, Sign.WOUNDED, Sign.OTHER_WOUNDED),
    )
    for first, then, same, differs in pairs:
        agreement = _agreement(first, then)
        yield same, max(agreement, 0.0)
        yield differs, max(-agreement, 0.0)
    common = set(one.tolls) & set(other.tolls)
    yield Sign.LARGE_NUMBER, float(any(number >= _LARGE for _, number in common))


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


def _of_sides(one: Report, other: Report) -> Iterator[tuple[Sign, float]]:
    either = set(one.actors) | set(other.actors)
    yield Sign.ACTORS, len(set(one.actors) & set(other.actors)) / len(either) if either else 0.0
    yield Sign.OTHER_SIDE, float(bool(one.blocs and other.blocs) and set(one.blocs).isdisjoint(other.blocs))
    yield Sign.TYPE, float(not set(one.event_types).isdisjoint(other.event_types))


def _of_words(one: Report, other: Report) -> Iterator[tuple[Sign, float]]:
    yield Sign.WORDS, min(len(set(one.words) & set(other.words)), _MOST_WORDS) / _MOST_WORDS
    fewest = min(len(one.title_words), len(other.title_words))
    yield Sign.TITLE_WORDS, len(set(one.title_words) & set(other.title_words)) / fewest if fewest else 0.0
