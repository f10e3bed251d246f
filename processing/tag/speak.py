"""Actors that speak: "the SDF said", قالت غرفة عمليات. A side that is quoted is a source of the class its kind has.

Which actors are which class is data: `[speaker]` in vocabulary/sources.toml, by actor, else by its bloc, else by its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from processing.records import TagKind
from processing.tag.match import Field, Word
from processing.tag.spans import Found
from processing.tag.tables import Actor
from processing.tag.vocabulary import Vocabulary

SPOKEN = 0.85
_NEAR_BEFORE, _NEAR_AFTER = 22, 12  # characters between an actor and the verb after it, before it

_ASIDE = re.compile(
    r"[\s\"'“”«»),(]{0,4}(?:\([^)]{1,30}\)?)?[\s,\"”»]{0,3}"
    r"(?:also |has |have |had |later |forces |on \w{3,9} |today |قد )?"
)
_SAYING = frozenset(("en_source_verb", "ar_source_verb", "ru_source_verb"))
_SAID = frozenset(
    ("en_verb_source", "ar_verb_source", "ru_verb_source", "en_according_to", "ar_according_to", "ru_quoting")
)
_AGAIN = 8  # characters between a name and its acronym
_QUOTE = re.compile(r"[,\"”]")  # "...", said the SDF; not: she said IS militants came
_COLON = re.compile(r"\s?:\s")


def speaking(
    fields: Iterable[Field], acting: Iterable[Found], cited: Iterable[Found], vocabulary: Vocabulary
) -> Iterator[Found]:
    """Yield as sources the actors to whom a word of saying right beside them attributes something.

    `cited` are the sources that are known already; an actor within one of them is not a second.
    """
    taken = [(one.field.name, one.start, one.end) for one in cited]
    words = {field.name: field.words for field in fields}
    for one in acting:
        if any(name == one.field.name and start <= one.end and one.start <= end for name, start, end in taken):
            continue
        source = _class(vocabulary.actors[one.target], vocabulary.speakers)
        pattern = _said(one, words[one.field.name]) if source else None
        if source and pattern:
            rule = f"actor {one.target}, {pattern}"
            yield Found(one.field, one.start, one.end, TagKind.SOURCE, source, rule, min(SPOKEN, one.confidence))


def _class(actor: Actor, speakers: Mapping[str, Mapping[str, str]]) -> str | None:
    for key, value in (("actor", actor.actor_id), ("bloc", actor.bloc), ("type", actor.type)):
        if source := speakers[key].get(value):
            return source
    return None


def _said(one: Found, words: list[Word]) -> str | None:
    """Return the pattern whose word stands right beside an actor."""
    text = one.field.folded.text
    for word in words:
        if word.trigger.pattern in _SAYING and 0 <= word.start - one.end <= _NEAR_BEFORE:
            if _ASIDE.fullmatch(text, one.end, word.start):
                return word.trigger.pattern
        elif word.trigger.pattern in _SAID and 0 <= one.start - word.end <= _NEAR_AFTER:
            between = text[word.end : one.start]
            if between.strip(" \"'“”«»") in ("", "the", "a", "ال", "عن", "تنظيم", "ميليشيا") and (
                word.trigger.pattern != "en_verb_source" or _QUOTE.search(text, max(0, word.start - 3), word.start)
            ):
                return word.trigger.pattern
    line = text.rfind("\n", 0, one.start) + 1
    if not text[line : one.start].strip() and _COLON.match(text, one.end):
        return "headline"
    return None


def once(cited: Iterable[Found]) -> list[Found]:
    """Leave out a source that says the one right before it again: "the Syrian Democratic Forces (SDF)"."""
    kept: list[Found] = []
    for one in sorted(cited, key=lambda one: (one.field.name, one.start)):
        last = kept[-1] if kept else None
        if last and last.field is one.field and last.target == one.target and one.start - last.end <= _AGAIN:
            continue
        kept.append(one)
    return kept
