"""The tables of places and actors as rows: `vocabulary/places.csv` and `vocabulary/actors.csv`."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources.abc import Traversable

from processing.records import TagKind
from processing.tag.aliases import Alias, Form, VocabularyError, parse_aliases, window

PLACE_COLUMNS = (
    "place_id,level,name_en,name_ar,name_ru,governorate,district,latitude,longitude,policy,"
    "aliases_en,aliases_ar,aliases_ru,note"
).split(",")
_ACTOR_COLUMNS = (
    "actor_id,type,bloc,parent,active_from,active_until,name_en,name_ar,name_ru,acronyms,"
    "aliases_en,aliases_ar,aliases_ru,loaded,note"
).split(",")
TRAP_COLUMNS = "target,alias,side,words,reason".split(",")
_LANGUAGES = ("en", "ar", "ru")
_ASIDE = re.compile(r" ?\([^)]*\)|[«»\"]")  # what a name says of itself: "Sawran (Hama)"


class Policy(StrEnum):
    """How careful to be with the names of a place; processing/vocabulary/README.md says it at length."""

    NORMAL = "normal"
    CONTEXT = "context"  # only beside a word such as town, or near another place of its governorate
    ADMIN_ONLY = "admin_only"  # a district: only beside a word such as district
    REQUIRE_CITY_WORD_AR = "require_city_word_ar"  # in Arabic a common word: only beside one such as مدينة
    PREFER_CITY_IF_CITY_WORD = "prefer_city_if_city_word"  # shares its name with its governorate
    LONGEST_FIRST = "longest_first"  # a longer name that holds another's
    METONYM_CHECK = "metonym_check"  # shares its name with its governorate, and means the government at times
    MULTI_GOV = "multi_gov"  # spans governorates


class Need(StrEnum):
    """What must speak for a name before it is taken for the place."""

    NOTHING = "nothing"
    MARKER = "marker"  # a word beside it
    CONTEXT = "context"  # a word beside it, or a sure place of the same governorate
    DISTRICT = "district"  # the word district beside it


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row of places.csv."""

    place_id: str
    level: str
    name_en: str
    name_ar: str | None
    name_ru: str | None
    governorate: str | None  # p-code; None where it spans several
    district: str | None
    latitude: float | None  # degrees, WGS 84
    longitude: float | None
    policy: Policy

    def need(self, alias: Alias) -> Need:
        """Say what the alias's own condition, else the policy of the place, asks for."""
        if "firm" in alias.flags:
            return Need.NOTHING
        if self.policy is Policy.ADMIN_ONLY:
            return Need.DISTRICT
        if "marker" in alias.flags or (self.policy is Policy.REQUIRE_CITY_WORD_AR and alias.language == "ar"):
            return Need.MARKER
        is_doubtful = "context" in alias.flags or self.policy is Policy.CONTEXT
        return Need.CONTEXT if is_doubtful else Need.NOTHING


# What names of other kinds mean as places.
NOWHERE = Place(
    place_id="",
    level="",
    name_en="",
    name_ar=None,
    name_ru=None,
    governorate=None,
    district=None,
    latitude=None,
    longitude=None,
    policy=Policy.NORMAL,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A row of actors.csv."""

    actor_id: str
    type: str
    name_en: str
    name_ar: str | None
    name_ru: str | None
    bloc: str
    parent: str | None
    active_from: str | None  # as written: YYYY, YYYY-MM or YYYY-MM-DD
    active_until: str | None
    since: dt.date | None  # the same as days
    until: dt.date | None

    def existed(self, day: dt.date) -> bool:
        """Say whether it existed on a day, as far as is known."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def read_rows(path: Traversable, columns: list[str]) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file. Raises VocabularyError where the columns are not the expected ones."""
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    if rows.fieldnames != columns:
        raise VocabularyError(f"{path.name}: header: expected {','.join(columns)}")
    for row in rows:
        if None in row or None in row.values():
            raise VocabularyError(f"{path.name}: line {rows.line_num}: expected {len(columns)} columns")
        yield row


def read_places(path: Traversable) -> tuple[dict[str, Place], list[Alias]]:
    """Read places.csv: places by id, and their aliases."""
    places: dict[str, Place] = {}
    aliases: list[Alias] = []
    for row in read_rows(path, PLACE_COLUMNS):
        if row["place_id"] in places:
            raise VocabularyError(f"{path.name}: {row['place_id']}: expected one row, got two")
        places[row["place_id"]] = place_of(row, path.name)
        aliases += row_aliases(row)
    return places, aliases


def row_aliases(row: dict[str, str]) -> Iterator[Alias]:
    """Yield the names of a row of places. Raises VocabularyError."""
    return _aliases(row, TagKind.PLACE, row["place_id"])


def place_of(row: dict[str, str], file: str) -> Place:
    """Make a place of its row. Raises VocabularyError naming file and place."""
    try:
        return Place(
            place_id=row["place_id"],
            level=row["level"],
            name_en=row["name_en"],
            name_ar=row["name_ar"] or None,
            name_ru=row["name_ru"] or None,
            governorate=row["governorate"] or None,
            district=row["district"] or None,
            latitude=float(row["latitude"]) if row["latitude"] else None,
            longitude=float(row["longitude"]) if row["longitude"] else None,
            policy=Policy(row["policy"]),
        )
    except ValueError as error:
        raise VocabularyError(f"{file}: {row['place_id']}: expected degrees and a known policy, got {error}") from error


def read_actors(path: Traversable) -> tuple[dict[str, Actor], list[Alias]]:
    """Read actors.csv: actors by id, and their aliases."""
    actors: dict[str, Actor] = {}
    aliases: list[Alias] = []
    for row in read_rows(path, _ACTOR_COLUMNS):
        actor = row["actor_id"]
        if actor in actors:
            raise VocabularyError(f"{path.name}: {actor}: expected one row, got two")
        since, until = window(f"{row['active_from']}..{row['active_until']}", f"{path.name}: {actor}")
        actors[actor] = Actor(
            actor_id=actor,
            type=row["type"],
            name_en=row["name_en"],
            name_ar=row["name_ar"] or None,
            name_ru=row["name_ru"] or None,
            bloc=row["bloc"],
            parent=row["parent"] or None,
            active_from=row["active_from"] or None,
            active_until=row["active_until"] or None,
            since=since,
            until=until,
        )
        aliases += _aliases(row, TagKind.ACTOR, actor)
        aliases += parse_aliases(row["acronyms"], kind=TagKind.ACTOR, target=actor, form=Form.ACRONYM)
        aliases += parse_aliases(row["loaded"], kind=TagKind.ACTOR, target=actor, form=Form.LOADED)
    return actors, aliases


def _aliases(row: dict[str, str], kind: TagKind, target: str) -> Iterator[Alias]:
    """Yield the aliases of a row, and its names where the aliases do not give them conditions."""
    listed = [
        alias
        for language in _LANGUAGES
        for alias in parse_aliases(row[f"aliases_{language}"], kind=kind, target=target, form=Form.ALIAS)
    ]
    given = {alias.literal for alias in listed}
    for language in _LANGUAGES:
        name = _ASIDE.sub("", row[f"name_{language}"]).strip()
        if name and name not in given and "/" not in name:
            yield from parse_aliases(name, kind=kind, target=target, form=Form.NAME)
    yield from listed
