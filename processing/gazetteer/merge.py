"""Merge a list of places with those that are known: the same place gets its other names, a new one a row of its own.

The same place is one with the same code, or one that shares a name and lies within NEAR. A name that several places have is
only taken in context; so is one that is short, or a word of the language.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from processing.gazetteer.read import Named, Skipped
from processing.tag.aliases import script
from processing.tag.forms import smooth
from processing.tag.tables import Place

NEAR = 5.0  # kilometres within which one name means one place
NEIGHBOURS = 5  # known places by whose governorate a new one's is told, where the list does not say
FAR = 60.0  # kilometres from the nearest of them beyond which it is not told
SHORT = 4  # letters of a name in another script that is doubtful by itself
COLUMNS = (
    "place_id,level,name_en,name_ar,name_ru,governorate,district,latitude,longitude,policy,aliases_en,aliases_ar,"
    "aliases_ru,note"
).split(",")


@dataclass(slots=True)
class Merged:
    """The rows to keep, by place id, and what became of each row of the list."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    outcomes: Counter[str] = field(default_factory=Counter)


def merge(listed: Iterable[Named | Skipped], known: Sequence[Place], names: dict[str, set[str]]) -> Merged:
    """Merge a list with the places of the vocabulary; `names` are the known spellings, folded, with their place ids."""
    merged = Merged()
    index = _Index(known, names)
    for one in listed:
        if isinstance(one, Skipped):
            merged.outcomes[f"skipped: {one.reason}"] += 1
        else:
            merged.outcomes[_add(merged, one, index)] += 1
    shared = Counter(name for row in merged.rows.values() for name in set(_folded(row)))
    for place_id, row in merged.rows.items():
        if (
            row["policy"] == "normal"
            and row["latitude"]
            and any(shared[name] > 1 or index.elsewhere(name, place_id) for name in _folded(row))
        ):
            row["policy"] = "context"
            merged.outcomes["homonym: only in context"] += 1
    return merged


def _add(merged: Merged, one: Named, index: _Index) -> str:
    same = index.same(one)
    if same is not None:
        known = index.names_of(same.place_id)
        new = [name for name in one.names if smooth(name) not in known and not index.is_area(name)]
        if not new:
            return "known already"
        row = merged.rows.setdefault(same.place_id, _row_of(same))
        _extend(row, new)
        return "merged: other names of a known place"
    governorate, origin = (one.governorate, "the list") if one.governorate else index.governorate(one)
    if governorate is None:
        return "skipped: governorate unknown"
    place_id = place_id_of(one)
    latin = next((name for name in one.names if script(name) == "en"), one.names[0])
    row = dict.fromkeys(COLUMNS, "")
    row |= {
        "place_id": place_id,
        "level": "village",
        "name_en": latin,
        "governorate": governorate,
        "district": one.district or "",
        "latitude": f"{one.latitude}",
        "longitude": f"{one.longitude}",
        "policy": "context" if _is_doubtful(latin) else "normal",
        "note": f"imported; governorate from {origin}",
    }
    _extend(row, [name for name in one.names if name != latin and not index.is_area(name)])
    again = place_id in merged.rows
    merged.rows[place_id] = row
    return "listed twice" if again else "added"


def place_id_of(one: Named) -> str:
    """Return the id of an imported place: its list and its code there."""
    return f"PL-{one.code.replace(':', '-')}"


def row_names(row: dict[str, str]) -> Iterator[str]:
    """Yield the names of a row, without their conditions."""
    yield row["name_en"]
    for language in ("en", "ar", "ru"):
        yield from (name.partition("{")[0] for name in filter(None, row[f"aliases_{language}"].split("|")))


def join_rows(before: dict[str, str] | None, row: dict[str, str]) -> dict[str, str]:
    """Join a row with the one that an earlier list left of the same place: its columns hold, the names of both are kept."""
    if before is None:
        return row
    joined = dict(before)
    for column in ("aliases_en", "aliases_ar", "aliases_ru"):
        listed = [*before[column].split("|"), *row[column].split("|")]
        joined[column] = "|".join(dict.fromkeys(filter(None, listed)))
    return joined


def _row_of(place: Place) -> dict[str, str]:
    """Return a row that only adds names to a known place; its other columns are the vocabulary's."""
    return dict.fromkeys(COLUMNS, "") | {
        "place_id": place.place_id,
        "level": place.level,
        "name_en": place.name_en,
        "governorate": place.governorate or "",
        "policy": "normal",
        "note": "imported; other names",
    }


def _extend(row: dict[str, str], names: Iterable[str]) -> None:
    for name in names:
        column = f"aliases_{script(name)}"
        listed = [*filter(None, row[column].split("|"))]
        if name not in listed:
            # a name of a known place that is short or common counts in context only
            row[column] = "|".join([*listed, f"{name}{{context}}" if _is_doubtful(name) else name])


def _is_doubtful(name: str) -> bool:
    bare = smooth(name)
    # Arabic has no capitals: most single words that are a village's name are a word of the language or a person's name too.
    return " " not in bare if script(name) == "ar" else len(bare) <= SHORT


def _folded(row: dict[str, str]) -> Iterator[str]:
    yield from map(smooth, row_names(row))


class _Index:
    """Known places by name and by where they lie."""

    def __init__(self, known: Sequence[Place], names: dict[str, set[str]]) -> None:
        self._places = {place.place_id: place for place in known}
        self._names = names
        self._by_place: dict[str, set[str]] = defaultdict(set)
        for name, ids in names.items():
            for place_id in ids:
                self._by_place[place_id].add(name)
        self._located: dict[tuple[int, int], list[tuple[float, float, str]]] = defaultdict(list)  # by degree
        for place in known:
            if place.latitude is not None and place.longitude is not None and place.governorate:
                spot = place.latitude, place.longitude, place.governorate
                self._located[int(place.latitude), int(place.longitude)].append(spot)

    def names_of(self, place_id: str) -> set[str]:
        return self._by_place[place_id]

    def is_area(self, name: str) -> bool:
        """Say whether a name is a governorate's: without a word for a town it means the governorate, and stays so."""
        return any(
            place_id in self._places and self._places[place_id].level == "governorate"
            for place_id in self._names.get(smooth(name), ())
        )

    def elsewhere(self, name: str, place_id: str) -> bool:
        """Say whether another known place has this name."""
        return bool(self._names.get(name, set()) - {place_id})

    def same(self, one: Named) -> Place | None:
        """Return the known place that a listed one is; villages and towns only, a governorate's centre is its town.

        One code is one place, whatever it was called when it was imported, and wherever it was put.
        """
        if coded := self._places.get(place_id_of(one)):
            return coded
        for name in one.names:
            for place_id in sorted(self._names.get(smooth(name), ())):
                place = self._places.get(place_id)
                if place is None or place.level in ("governorate", "district"):
                    continue
                if place.latitude is None or place.longitude is None:
                    if one.governorate in (None, place.governorate):
                        return place
                elif _kilometres((place.latitude, place.longitude), (one.latitude or 0, one.longitude or 0)) <= NEAR:
                    return place
        return None

    def governorate(self, one: Named) -> tuple[str | None, str]:
        """Tell a governorate by the known places around: most of the nearest, the nearest of all for a tie."""
        here = (one.latitude or 0.0, one.longitude or 0.0)
        around = product((-1, 0, 1), repeat=2)  # a degree is more than FAR
        spots = (spot for north, east in around for spot in self._located[int(here[0]) + north, int(here[1]) + east])
        nearest = heapq.nsmallest(NEIGHBOURS, ((_kilometres(here, spot[:2]), spot[2]) for spot in spots))
        if not nearest or nearest[0][0] > FAR:
            return None, ""
        counted = Counter(code for _, code in nearest)
        return max(counted, key=lambda code: (counted[code], code == nearest[0][1])), "nearest places"


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the distance of two points (degrees); flat, which is right to a percent over Syria."""
    north = (one[0] - other[0]) * 111.2
    east = (one[1] - other[1]) * 111.2 * math.cos(math.radians((one[0] + other[0]) / 2))
    return math.hypot(north, east)
