"""Numbers of people in one sentence: how many of whom were killed, wounded, captured, displaced or are missing.

A number counts only where a word says what became of the people: directly before it (مقتل ثلاثة, killed three), directly
after (three were killed), or in the word itself (قتيلان, three dead). A number beside a word that is neither is none of
people: three rockets. The words are data (vocabulary/numbers.toml); `quantities` finds who is counted, `settle` what
became of them, `losses` sentences that say there were none, or that it is not known.
"""

from __future__ import annotations

from collections.abc import Sequence

from processing.statements.numbers.losses import said_outright
from processing.statements.numbers.quantities import MORE, Quantity, read_quantities
from processing.statements.numbers.settle import settle
from processing.statements.numbers.tokens import Name, Token, cut
from processing.statements.numbers.words import NumberWords, load_number_words
from processing.statements.records import Counted, Number, NumberKind, Scope
from processing.text import Folded, fold, join_letters

__all__ = ["Name", "find_numbers", "load_number_words"]

_TELLING = frozenset(("before", "after", "count", "toll"))
_OUTRIGHT = frozenset(("zero", "unknown", "loss"))


def find_numbers(text: str, start: int, end: int, words: NumberWords, names: Sequence[Name] = ()) -> tuple[Number, ...]:
    """Return the numbers of people of the sentence `text[start:end]`, offsets in `text`; empty where it gives none.

    `names` are those of places and actors in it, in order: numbers in them count nobody, and who has a name may be
    counted ("8 of the SDF"). One number whose low, best and high are None is said to be not known, one of 0 to be none.
    """
    folded = fold(join_letters(text[start:end]))
    if not words.telling.find_matches_as_indexes(folded.text):
        return ()
    pieces = cut(folded, words, [(first - start, last - start, counted) for first, last, counted in names])
    present = {part for piece in pieces for part in piece.parts}
    made: list[Number] = []
    if not present.isdisjoint(_TELLING):
        scope = Scope.CUMULATIVE if "cumulative" in present else Scope.PERIOD if "period" in present else Scope.EVENT
        quantities = _firm(settle(pieces, read_quantities(pieces, is_toll="toll" in present)))
        made = _numbers(quantities, (pieces, folded, start), scope=scope, is_toll="toll" in present)
    has_figure = any(number.best is not None for number in made)
    outright = None if has_figure or present.isdisjoint(_OUTRIGHT) else said_outright(pieces)
    if outright is None:
        return tuple(made)
    first, last, value, rule = outright
    return (_outright(folded, start, (pieces[first].start, pieces[last].end), value, rule),)


def _firm(quantities: Sequence[Quantity]) -> list[Quantity]:
    """Leave out what has no kind, and plurals without a number where a number of the kind is said."""
    firm = {quantity.kind for quantity in quantities if not quantity.rule.startswith(MORE)}
    if firm:
        firm.add(NumberKind.CASUALTIES)
    return [one for one in quantities if not (one.rule.startswith(MORE) and one.kind in firm)]


def _numbers(
    quantities: Sequence[Quantity], sentence: tuple[Sequence[Token], Folded, int], *, scope: Scope, is_toll: bool
) -> list[Number]:
    pieces, folded, offset = sentence
    made: list[Number] = []
    whole: dict[NumberKind, int] = {}  # place of the last number that is part of no other, by kind
    for one in quantities:
        kind = one.kind
        if kind is None:
            continue
        among = whole.get(kind) if one.is_among else None
        if not one.is_among:
            whole[kind] = len(made)
        begin, stop = folded.original(pieces[one.first].start, pieces[one.last].end)
        made.append(
            Number(
                kind=kind,
                counted=one.counted or Counted.PEOPLE,
                low=one.low,
                best=one.best,
                high=one.high,
                scope=scope,
                start=offset + begin,
                end=offset + stop,
                among=among,
                is_toll=is_toll,
                rule=one.rule,
                confidence=round(one.confidence, 2),
            )
        )
    return made


def _outright(folded: Folded, offset: int, span: tuple[int, int], value: int | None, rule: str) -> Number:
    begin, stop = folded.original(*span)
    return Number(
        kind=NumberKind.CASUALTIES,
        counted=Counted.PEOPLE,
        low=value,
        best=value,
        high=value,
        scope=Scope.EVENT,
        start=offset + begin,
        end=offset + stop,
        rule=rule,
        confidence=0.95,
    )
