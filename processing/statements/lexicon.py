"""The words that make a statement, compiled: `vocabulary/triggers.csv` and `vocabulary/statement_cues.csv`.

A trigger says that something of a type is reported; a cue says how it is meant, or which side an actor stands on. One
pass of Aho-Corasick over the folded field finds all of them. `*` in a phrase stands for an ending of up to five letters.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import NamedTuple, TypeVar

import ahocorasick_rs

from processing.tag.aliases import VocabularyError
from processing.tag.forms import smooth
from processing.tag.match import Field
from processing.tag.tables import read_rows

TYPE_COLUMNS = "event_type,name,acled_event,acled_sub_event,cameo,plover_event,plover_mode,plover_context,note".split(
    ","
)
_TRIGGER_COLUMNS = "event_type,kind,voice,language,words,note".split(",")
_CUE_COLUMNS = "cue,language,words,note".split(",")
_ENDING = r"\w{0,5}"
# What Arabic writes together with the word after it.
_CLITICS = frozenset("و ف ب ل ك وب ول وك فب فل فك ال وال بال فال كال لل ولل وبال وكال س وس".split())

Listed = TypeVar("Listed", bound=StrEnum)


class TriggerKind(StrEnum):
    """What a trigger is good for."""

    EVENT = "event"  # tells the type by itself
    STRIKE = "strike"  # an attack whose type the weapons named beside it decide
    WEAPON = "weapon"  # no event by itself
    CASUALTY = "casualty"  # the dead and wounded; an event only where nothing says how
    NOTHING = "nothing"  # a longer phrase in which a trigger means nothing: "areas controlled by"


class Cue(StrEnum):
    """What a cue says; the first column of statement_cues.csv."""

    BY = "by"
    TO = "to"
    TO_AFTER = "to_after"
    WITH = "with"
    SUFFERS = "suffers"
    NEGATION = "negation"
    INTENTION = "intention"
    DENIAL = "denial"
    ACCUSATION = "accusation"
    BACKGROUND = "background"
    HABIT = "habit"
    EARLIER = "earlier"
    SUSPECT = "suspect"
    DESPITE = "despite"
    ASIDE = "aside"
    CLAUSE = "clause"
    RELATION = "relation"
    AREA = "area"


class Trigger(NamedTuple):
    """A line of triggers.csv, one phrase of it."""

    event_type: str
    kind: TriggerKind
    voice: str  # active | passive | noun | mutual; empty for weapons
    weight: int  # words of the phrase: the longer knows more


class Mark(NamedTuple):
    """A trigger or cue that stands in a field, in characters of the source."""

    start: int
    end: int
    trigger: Trigger | None
    cue: Cue | None


@dataclass(frozen=True, slots=True)
class EventType:
    """A row of event_types.csv."""

    event_type: str
    name: str
    acled_event: str | None
    acled_sub_event: str | None
    cameo: tuple[str, ...]
    plover: tuple[str, str | None, str | None]  # event, mode, context


class _Meaning(NamedTuple):
    rest: re.Pattern[str] | None  # what must follow the searched part
    says: tuple[tuple[Trigger | None, Cue | None], ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All phrases, compiled."""

    automaton: ahocorasick_rs.AhoCorasick
    meanings: tuple[tuple[_Meaning, ...], ...]  # by pattern
    is_arabic: tuple[bool, ...]  # by pattern
    types: dict[str, EventType]

    def marks(self, field: Field) -> list[Mark]:
        """Return the triggers and cues of a field in order; of triggers that overlap the longest."""
        text = field.folded.text.replace("-", " ").replace("'", " ").replace("_", " ")
        found = [
            (start, end, trigger, cue) for start, end, meaning in self._hits(text) for trigger, cue in meaning.says
        ]
        found.sort(key=_order)
        return [Mark(*field.original(start, end), trigger, cue) for start, end, trigger, cue in _longest(found)]

    def _hits(self, text: str) -> Iterator[tuple[int, int, _Meaning]]:
        size = len(text)
        for pattern, start, stop in self.automaton.find_matches_as_indexes(text, overlapping=True):
            is_inner = start > 0 and text[start - 1].isalnum()
            if is_inner and not (self.is_arabic[pattern] and _follows_clitic(text, start)):
                continue
            for meaning in self.meanings[pattern]:
                if meaning.rest is None:
                    if stop >= size or not text[stop].isalnum():
                        yield start, stop, meaning
                elif rest := meaning.rest.match(text, stop):
                    yield start, rest.end(), meaning


def _follows_clitic(text: str, start: int) -> bool:
    for length in (1, 2, 3, 4):
        begin = start - length
        if begin < 0:
            return False
        if (begin == 0 or not text[begin - 1].isalnum()) and text[begin:start] in _CLITICS:
            return True
    return False


def _order(found: tuple[int, int, Trigger | None, Cue | None]) -> tuple[int, int]:
    return found[0], -found[1]


def _longest(
    found: Iterable[tuple[int, int, Trigger | None, Cue | None]],
) -> Iterator[tuple[int, int, Trigger | None, Cue | None]]:
    """Leave out a trigger within a longer one, a cue within a longer one of its kind, and what means nothing.

    Two triggers of one span stay both: a word may be an event of several types.
    """
    reach: dict[Cue | None, int] = {}
    last = (-1, -1)
    for start, end, trigger, cue in found:
        if end > reach.get(cue, -1) or (cue is None and (start, end) == last):
            reach[cue] = max(end, reach.get(cue, -1))
            if cue is None:
                last = start, end
            if trigger is None or trigger.kind is not TriggerKind.NOTHING:
                yield start, end, trigger, cue


@functools.cache
def load_lexicon() -> Lexicon:
    """Read and compile the tables; later calls return the same object. Raises VocabularyError naming file and line."""
    folder = resources.files("processing") / "vocabulary"
    types = {row["event_type"]: _type(row) for row in read_rows(folder / "event_types.csv", TYPE_COLUMNS)}
    meant: dict[str, dict[str, tuple[list[Trigger], list[Cue]]]] = defaultdict(dict)
    for row in read_rows(folder / "triggers.csv", _TRIGGER_COLUMNS):
        kind = _kind(TriggerKind, row["kind"], "triggers.csv: kind")
        if row["event_type"] not in types and kind is not TriggerKind.NOTHING:
            raise VocabularyError(
                f"triggers.csv: event_type: expected one of event_types.csv, got {row['event_type']!r}"
            )
        for phrase in row["words"].split("|"):
            trigger = Trigger(row["event_type"], kind, row["voice"], len(phrase.split()))
            _entry(meant, phrase)[0].append(trigger)
    for row in read_rows(folder / "statement_cues.csv", _CUE_COLUMNS):
        for phrase in row["words"].split("|"):
            _entry(meant, phrase)[1].append(_kind(Cue, row["cue"], "statement_cues.csv: cue"))
    return Lexicon(
        automaton=ahocorasick_rs.AhoCorasick(list(meant)),
        meanings=tuple(tuple(_meaning(rest, *both) for rest, both in by_rest.items()) for by_rest in meant.values()),
        is_arabic=tuple("\u0600" <= head[0] <= "\u06ff" for head in meant),
        types=types,
    )


def _kind(listed: type[Listed], word: str, where: str) -> Listed:
    try:
        return listed(word)
    except ValueError as error:
        raise VocabularyError(f"{where}: expected one of {', '.join(listed)}, got {word!r}") from error


def _entry(
    meant: dict[str, dict[str, tuple[list[Trigger], list[Cue]]]], phrase: str
) -> tuple[list[Trigger], list[Cue]]:
    head, star, rest = smooth(phrase.strip()).partition("*")
    if not head.strip():
        raise VocabularyError(f"expected a phrase that begins with a word, got {phrase!r}")
    return meant[head].setdefault(star + rest, ([], []))


def _meaning(rest: str, triggers: list[Trigger], cues: list[Cue]) -> _Meaning:
    pattern = re.compile(re.escape(rest).replace(r"\*", _ENDING) + r"(?!\w)") if rest else None
    says = [*((trigger, None) for trigger in dict.fromkeys(triggers)), *((None, cue) for cue in dict.fromkeys(cues))]
    return _Meaning(pattern, tuple(says))


def _type(row: dict[str, str]) -> EventType:
    plover = (row["plover_event"], row["plover_mode"] or None, row["plover_context"] or None)
    return EventType(
        row["event_type"],
        row["name"],
        row["acled_event"] or None,
        row["acled_sub_event"] or None,
        tuple(filter(None, row["cameo"].split("|"))),
        plover,
    )
