"""Whom an article can cite: newsrooms, classes of source, and the words that attribute (`vocabulary/sources.toml`).

A newsroom's names come from its declaration in crawlers/outlets; sources.toml overrides the ones that need care.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from processing.records import TagKind
from processing.tag.aliases import Alias, Form, VocabularyError, parse_aliases

_LANGUAGES = ("en", "ar", "ru")
NAME_KEYS = ("name", "name_ar", "name_ru", "cited_as")  # of a declaration

FARTHEST = 90  # characters between a source and a word that attributes to it; a pattern may ask for less


class Source(NamedTuple):
    """A row of the reference table `sources`."""

    source_id: str  # slug of an outlet, or id of a class
    kind: str  # outlet: a newsroom, followed here or not | class: a kind of source
    name: str


class Trigger(NamedTuple):
    """A word that attributes what is said to someone."""

    pattern: str  # id in sources.toml; the rule of the tag
    side: str  # where the source stands, seen from the word: before | after
    reach: int  # most characters between the two


class Newsrooms(NamedTuple):
    """What sources.toml and the declarations say."""

    sources: dict[str, Source]
    aliases: tuple[Alias, ...]
    triggers: tuple[tuple[str, Trigger], ...]  # word, trigger


def read_newsrooms(listed: Mapping[str, Any], declarations: Mapping[str, Mapping[str, Any]]) -> Newsrooms:
    """Compile sources.toml with the outlets' declarations, slug to TOML content.

    Raises VocabularyError for a newsroom that is not declared.
    """
    care = listed["newsroom"]
    if unknown := sorted(set(care) - set(declarations)):
        raise VocabularyError(f"sources.toml: newsroom: expected slugs of crawlers/outlets, got {', '.join(unknown)}")
    sources: dict[str, Source] = {}
    aliases: list[Alias] = []
    for slug, declared in sorted(declarations.items()):
        sources[slug] = Source(slug, "outlet", declared["name"])
        aliases += _newsroom(slug, declared, care.get(slug, {}))
    for cited in listed["cited"]:
        sources[cited["id"]] = Source(cited["id"], "outlet", cited["name"])
        aliases += _parse(cited["names"], cited["id"], Form.OUTLET)
    for group in listed["class"]:
        sources[group["id"]] = Source(group["id"], "class", group["name"])
        for language in _LANGUAGES:
            aliases += _parse(group.get(language, ""), group["id"], Form.CLASS)
    return Newsrooms(sources, tuple(aliases), tuple(_triggers(listed["pattern"])))


def _newsroom(slug: str, declared: Mapping[str, Any], care: Mapping[str, Any]) -> Iterator[Alias]:
    """Yield the names with care first; declared ones that are not among them get the condition their form asks for."""
    careful = [_capital(alias) for alias in _parse(care.get("names", ""), slug, Form.OUTLET)]
    yield from careful
    known = {alias.literal for alias in careful} | set(care.get("drop", ()))
    names = [name for key in NAME_KEYS[:3] for name in _parts(declared.get(key) or "")]
    for literal in dict.fromkeys([*names, *declared.get("cited_as", ())]):
        if literal not in known and len(literal) > 1:
            alias = next(iter(_parse(literal.strip("«»@"), slug, Form.OUTLET)))
            yield _capital(alias if " " in literal else dataclasses.replace(alias, flags=frozenset(("cue",))))


def _parts(name: str) -> Iterator[str]:
    """Yield `Alikhbariah Syria` from "Alikhbariah Syria (state news TV)", and both of "Al Arabiya / Al Hadath"."""
    outside = name.replace("«", "").replace("»", "").partition("(")[0]
    yield from filter(None, (part.strip() for part in outside.split("/")))


def _capital(alias: Alias) -> Alias:
    """Make an acronym count only in the letters it is written in."""
    is_acronym = alias.language != "ar" and " " not in alias.literal and alias.literal.isupper()
    return dataclasses.replace(alias, flags=alias.flags | {"case"}) if is_acronym else alias


def _parse(cell: str, target: str, form: Form) -> Iterator[Alias]:
    return parse_aliases(cell, kind=TagKind.SOURCE, target=target, form=form)


def _triggers(patterns: list[Mapping[str, Any]]) -> Iterator[tuple[str, Trigger]]:
    for pattern in patterns:
        if pattern["side"] not in ("before", "after"):
            raise VocabularyError(
                f"sources.toml: {pattern['id']}: side: expected before or after, got {pattern['side']!r}"
            )
        if pattern["reach"] > FARTHEST:
            raise VocabularyError(f"sources.toml: {pattern['id']}: reach: expected {FARTHEST} or less")
        for word in pattern["words"]:
            yield word, Trigger(pattern["id"], pattern["side"], pattern["reach"])
