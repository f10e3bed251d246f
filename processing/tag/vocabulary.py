"""The vocabulary in memory: what `processing/vocabulary` says, compiled for searching.

`load_vocabulary` reads the files once per process. Names of newsrooms come from the outlets' own declarations, so that
adding an outlet makes it known here as well.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import ahocorasick_rs

from processing.records import TagKind
from processing.tag.aliases import Alias, Form
from processing.tag.cues import Cues, read_cues
from processing.tag.forms import smooth, spellings
from processing.tag.imported import Imported, imported_path, read_imported
from processing.tag.newsrooms import NAME_KEYS, Source, Trigger, read_newsrooms
from processing.tag.tables import (
    NOWHERE,
    TRAP_COLUMNS,
    Actor,
    Need,
    Place,
    place_of,
    read_actors,
    read_places,
    read_rows,
    row_aliases,
)

TAGGER = "2"  # the rules of tags and statements; a hash of all vocabulary files is added to it in every row


class Entry(NamedTuple):
    """What a pattern of the automaton stands for."""

    alias: Alias
    letters: str  # exact: as the literal is written; capital: at least one capital; any
    is_written: bool  # False: a spelling made by rule
    rule: str  # the start of the rule of its tags
    place: Place  # that it names; NOWHERE for other kinds
    need: Need  # what must speak for the place

    @property
    def is_conditional(self) -> bool:
        """Whether its letters or the article's date must be looked at."""
        return self.letters != "any" or self.alias.dated


class ImportedNames:
    """What the spellings of imported places mean, worked out when a text first has them."""

    def __init__(self, imported: Imported, places: Mapping[str, Place]) -> None:
        """Take the imported places, and our own, whose rows hold where both have one."""
        self._imported, self._places = imported, places
        self._met: dict[tuple[int, str], tuple[Entry, ...]] = {}

    def find(self, text: str) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Yield the imported spellings in a folded text, with what each means."""
        for start, spelling, offset in self._imported.find(text):
            key = offset, spelling
            if key not in self._met:
                self._met[key] = self._read(offset, spelling)
            yield start, start + len(spelling), self._met[key]

    def _read(self, offset: int, spelling: str) -> tuple[Entry, ...]:
        row = self._imported.row(offset)
        known = self._places.get(row["place_id"]) or place_of(row, self._imported.path.name)
        spelled = (pair for alias in row_aliases(row) for pair in _spelled(alias, {known.place_id: known}))
        return tuple(
            entry._replace(rule=f"{entry.rule}, imported") for pattern, entry in spelled if pattern == spelling
        )[:1]


class Places(Mapping[str, Place]):
    """Our own places, and imported ones by their ids."""

    def __init__(self, own: dict[str, Place], imported: Imported | None) -> None:
        """Take our own places and the imported ones."""
        self._own, self._imported = own, imported

    def __getitem__(self, place_id: str) -> Place:
        """Return a place; raises KeyError where there is none of that id."""
        found = self._own.get(place_id) or (self._imported.place(place_id) if self._imported else None)
        if found is None:
            raise KeyError(place_id)
        return found

    def __iter__(self) -> Iterator[str]:
        """Yield all ids, our own first."""
        yield from self._own
        if self._imported:
            yield from (place_id for place_id in self._imported.ids() if place_id not in self._own)

    def __len__(self) -> int:
        """Return how many places there are."""
        return sum(1 for _ in self)


class Group(NamedTuple):
    """What a pattern may mean within one kind."""

    kind: TagKind
    entries: tuple[Entry, ...]
    is_conditional: bool  # for some entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything `tag` looks up."""

    automaton: ahocorasick_rs.AhoCorasick
    entries: tuple[tuple[Entry, ...], ...]  # by pattern
    groups: Sequence[tuple[Group, ...]]  # by pattern: the entries by kind
    triggers: tuple[tuple[Trigger, ...], ...]  # by pattern
    is_arabic: Sequence[bool]  # by pattern
    imported: ImportedNames | None
    places: Mapping[str, Place]
    actors: Mapping[str, Actor]
    sources: Mapping[str, Source]
    cues: Cues
    speakers: Mapping[str, Mapping[str, str]]  # class of source by actor, bloc and type
    tagger: str  # rules and hash of the vocabulary


@functools.cache
def load_vocabulary() -> Vocabulary:
    """Read and compile the vocabulary; later calls return the same object. Raises VocabularyError."""
    folder = resources.files("processing") / "vocabulary"
    places, place_aliases = read_places(folder / "places.csv")
    actors, actor_aliases = read_actors(folder / "actors.csv")
    declared = _declarations()
    listed = _toml(folder / "sources.toml")
    newsrooms = read_newsrooms(listed, declared)
    aliases = [*place_aliases, *actor_aliases, *newsrooms.aliases]
    patterns, entries, triggers = _patterns(aliases, newsrooms.triggers, places)
    imported = read_imported(imported_path(), place_spellings)
    return Vocabulary(
        automaton=ahocorasick_rs.AhoCorasick(patterns),
        entries=entries,
        groups=[tuple(_groups(meant)) for meant in entries],
        triggers=triggers,
        is_arabic=["\u0600" <= pattern[0] <= "\u06ff" for pattern in patterns],
        imported=ImportedNames(imported, places) if imported else None,
        places=Places(places, imported),
        actors=actors,
        sources=newsrooms.sources,
        cues=read_cues(_toml(folder / "cues.toml"), read_rows(folder / "traps.csv", TRAP_COLUMNS)),
        speakers=listed["speaker"],
        tagger=f"{TAGGER}+{_hash(folder, declared)}{f'+{imported.sha256[:8]}' if imported else ''}",
    )


def place_spellings(alias: Alias) -> Iterator[str]:
    """Yield the spellings of an imported place's name that texts are searched for."""
    seen = dict.fromkeys(form for form, _ in _spelled(alias, {}))
    yield from seen


def _declarations() -> dict[str, dict[str, Any]]:
    """Read what outlets are called. To check the declarations is the crawler's concern, and takes longer than all else."""
    folder = resources.files("crawlers") / "outlets"
    paths = sorted((path for path in folder.iterdir() if path.name.endswith(".toml")), key=lambda path: path.name)
    return {
        path.name.removesuffix(".toml"): {key: value for key, value in _toml(path).items() if key in NAME_KEYS}
        for path in paths
    }


def _toml(path: Traversable) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _hash(folder: Traversable, declared: Mapping[str, Any]) -> str:
    """Hash what tags depend on beside the rules, so that a tag says which vocabulary it was made with."""
    digest = hashlib.sha256(repr(declared).encode())
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.name.endswith((".csv", ".toml", ".txt")):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:8]


def _patterns(
    aliases: Iterable[Alias], words: Iterable[tuple[str, Trigger]], places: Mapping[str, Place]
) -> tuple[list[str], tuple[tuple[Entry, ...], ...], tuple[tuple[Trigger, ...], ...]]:
    """Return all spellings to search for, with the aliases and words of attribution that each stands for."""
    entries: dict[str, list[Entry]] = defaultdict(list)
    triggers: dict[str, list[Trigger]] = defaultdict(list)
    # What the vocabulary writes comes before what a rule of spelling makes, and wins over it.
    spelled = [pair for alias in aliases for pair in _spelled(alias, places)]
    for pattern, entry in sorted(spelled, key=lambda pair: not pair[1].is_written):
        if not any(_known(entry, other) for other in entries[pattern]):
            entries[pattern].append(entry)
    for word, trigger in words:
        triggers[smooth(word)].append(trigger)
    patterns = [
        pattern for pattern in dict.fromkeys([*entries, *triggers]) if entries.get(pattern) or pattern in triggers
    ]
    return (
        patterns,
        tuple(tuple(entries.get(pattern, ())) for pattern in patterns),
        tuple(tuple(triggers.get(pattern, ())) for pattern in patterns),
    )


def _groups(entries: tuple[Entry, ...]) -> Iterator[Group]:
    if len(entries) == 1:  # most
        yield Group(entries[0].alias.kind, entries, entries[0].is_conditional)
        return
    for kind in TagKind:
        if meant := tuple(entry for entry in entries if entry.alias.kind is kind):
            yield Group(kind, meant, any(entry.is_conditional for entry in meant))


def _known(entry: Entry, other: Entry) -> bool:
    """Say whether a spelling says again what another entry of it says, or contradicts what the vocabulary writes."""
    one, two = entry.alias, other.alias
    if one.kind is not two.kind or (entry.letters == "any" and other.letters != "any" and one.target == two.target):
        return False  # the same name with a capital only is another's: "Civilians" and civilians
    if one.target == two.target:
        return dataclasses.replace(one, literal="", form=two.form) == dataclasses.replace(two, literal="")
    return other.is_written and not entry.is_written


def _spelled(alias: Alias, places: Mapping[str, Place]) -> Iterator[tuple[str, Entry]]:
    is_exact = alias.form is Form.ACRONYM or "case" in alias.flags
    has_capital = alias.language != "ar" and alias.literal != alias.literal.lower()
    place = places.get(alias.target, NOWHERE)
    letters = "exact" if is_exact else "capital" if has_capital else "any"
    said, need = alias.said, place.need(alias)
    forms = spellings(alias.literal, alias.language, is_place=alias.kind is TagKind.PLACE)
    written = Entry(alias, letters, True, said, place, need)
    by_rule = Entry(alias, letters, False, f"{said}, spelled by rule", place, need)
    for form in forms[:1] if is_exact else forms:
        entry = written if form == forms[0] else by_rule
        yield form, entry
        if alias.language == "ar" and form.startswith("ال"):
            yield "ل" + form[1:], entry  # ل and the article are written لل, of which no letter can be cut off
