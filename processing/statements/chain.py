"""On whose word a clause stands: the chain from the source the publisher has it from to the one it comes from.

In one sentence the order is: a newsroom relays, whoever else is cited is the origin; of several of a kind the one that
frames the others ("X, Al Masdar reported", "according to the portal Y") is nearer to the publisher.
"""

from __future__ import annotations

import dataclasses
import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import NamedTuple

import ahocorasick_rs

from processing.records import Tag
from processing.statements.clauses import Clause
from processing.statements.records import Citation
from processing.tag.match import Field, Word, around
from processing.tag.newsrooms import Source
from processing.tag.phrases import flat
from processing.text import fold, fold_plain

INHERITED = 0.6  # confidence of an attribution taken over from the sentence before
NAMED = 0.5  # a source of less confidence is merely named
_COMMA = re.compile(r"[,،]")
# Right before a newsroom that another one has it from: "X reported, citing Y".
_QUOTED = re.compile(r"\b(?:citing|quoting|which cited|نقلا عن|نقلاً عن|со ссылкой на)\s(?:the )?[\"“«]?$")
_CITING = 25  # characters before a name in which those words stand
# How a sentence goes on with what the source before it said, at its beginning.
_GOES_ON = re.compile(
    r"\s*[\"'“”«»]?\s*(?:(?:he|she|it|they|the (?:source|statement|ministry|agency|report|sources))(?: also| further)? "
    r"(?:added|said|noted|stated|explained|continued|pointed|confirmed|indicated)"
    r"|و?(?:أضاف|أضافت|اضاف|اضافت|أوضح|أوضحت|اوضح|اوضحت|أكد|أكدت|اكد|اكدت|أشار|أشارت|اشار|اشارت|لفت|لفتت|تابع|تابعت|بين|بينت|نوه|ذكر|ذكرت|قال|قالت)"
    r"\s+(?:أن|أنه|أنها|إن|إنه|إنها|ان|انه|إلى|المصدر|المصادر|البيان|في|المرصد|المراسل)"
    r"|(?:он|она|они|источник)\s+(?:также\s+)?(?:добавил|отметил|уточнил|подчеркнул|сообщил|рассказал|заявил))",
    re.IGNORECASE,
)


class Hedges(NamedTuple):
    """The words of hedges.toml, compiled."""

    automaton: ahocorasick_rs.AhoCorasick


@functools.cache
def load_hedges() -> Hedges:
    """Read and compile hedges.toml; later calls return the same object."""
    path = resources.files("processing") / "vocabulary" / "hedges.toml"
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    words = {fold_plain(word) for part in table.values() for word in flat(part)}
    return Hedges(ahocorasick_rs.AhoCorasick(sorted(words)))


def read_chain(
    clause: Clause, words: Sequence[tuple[int, int, Word]], sources: Mapping[str, Source], publisher: str
) -> tuple[Citation, ...]:
    """Return the chain of a clause; `words` are the field's words of attribution with their spans in the source.

    A source that leads back to the publisher stays in the chain, at its end; its rule says `circular` (processing/tag/cite).
    """
    cited = [tag for tag in clause.sources if tag.confidence >= NAMED]
    ordered = sorted(cited, key=lambda tag: (tag.target == publisher, *_nearness(clause, tag, sources)))
    chain = []
    for tag in ordered:
        span = _attributing(clause, tag, words)
        verb = clause.source[span[0] : span[1]] if span else None
        chain.append(
            Citation(
                source=tag.target, start=tag.start, end=tag.end, verb=verb, rule=tag.rule, confidence=tag.confidence
            )
        )
    return tuple(chain)


def _nearness(clause: Clause, tag: Tag, sources: Mapping[str, Source]) -> tuple[int, int]:
    """Order sources from the publisher inward: newsrooms, the later before the earlier; then channels; then origins."""
    if tag.target == "social_media":
        return 2, tag.start
    if sources[tag.target].kind == "outlet":
        if _QUOTED.search(clause.source, max(clause.start, tag.start - _CITING), tag.start):
            return 1, tag.start
        is_frame = _COMMA.search(clause.source, clause.start, tag.start) is not None
        return 0, -tag.start if is_frame else tag.start
    return 1 if sources[tag.target].kind == "class" else 0, tag.start


def _attributing(clause: Clause, tag: Tag, words: Sequence[tuple[int, int, Word]]) -> tuple[int, int] | None:
    """Return the span of the nearest word that attributes, on its own side of the source."""
    best: tuple[int, tuple[int, int]] | None = None
    for start, end, word in around(words, tag.start, tag.end):
        if not clause.start <= start < clause.end:
            continue
        gap = tag.start - end if word.trigger.side == "after" else start - tag.end
        if 0 <= gap <= word.trigger.reach and (best is None or gap < best[0]):
            best = gap, (start, end)
    return best[1] if best else None


def goes_on(clause: Clause) -> bool:
    """Say whether a sentence goes on with what the source before it said: "He added", وأضاف المصدر."""
    return _GOES_ON.match(clause.source, clause.start, clause.end) is not None


def inherit(chain: Sequence[Citation]) -> tuple[Citation, ...]:
    """Take a chain over from the sentence before, with less confidence; its spans stay where the names are."""
    return tuple(
        link
        if link.rule.startswith("inherited")
        else dataclasses.replace(link, rule=f"inherited, {link.rule}", confidence=min(INHERITED, link.confidence))
        for link in chain
    )


def read_hedges(clause: Clause, hedges: Hedges) -> tuple[str, ...]:
    """Return the words by which a clause keeps its distance, as printed, in order."""
    folded = fold(clause.literal)
    found = [
        folded.original(start, stop)
        for _, start, stop in hedges.automaton.find_matches_as_indexes(folded.text)
        if _is_word(folded.text, start, stop)
    ]
    return tuple(dict.fromkeys(clause.literal[start:stop] for start, stop in found))


def _is_word(text: str, start: int, stop: int) -> bool:
    before = start == 0 or not text[start - 1].isalnum() or text[start - 1] in "وفبل"
    return before and (stop >= len(text) or not text[stop].isalnum())


def words_of(field: Field) -> list[tuple[int, int, Word]]:
    """Return a field's words of attribution with their spans in its source."""
    return [(*field.original(word.start, word.end), word) for word in field.words]
