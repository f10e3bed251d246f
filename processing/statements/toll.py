"""How many a statement, or an article, says were killed or wounded: its numbers put together, none counted twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from processing.statements.records import NumberKind, Scope, Standing, Statement

FIRM = 0.7  # confidence from which a number is taken before others that come earlier


class Toll(NamedTuple):
    """A range of people; low and high both None: it is said that the number is not known."""

    low: int | None
    best: int | None
    high: int | None
    confidence: float
    is_update: bool  # the total so far: "the toll rose to 7"


def statement_toll(statement: Statement, kind: NumberKind) -> Toll | None:
    """Add up a statement's numbers of a kind; None where it gives none.

    Left out are those that are part of another ("three of them children") and those of a period or a war.
    """
    own = [n for n in statement.numbers if n.kind is kind and n.among is None and n.scope is Scope.EVENT]
    if not own:
        return None
    known = [number for number in own if number.low is not None]
    if not known:
        return Toll(None, None, None, own[0].confidence, is_update=False)
    best = [number.best for number in known]
    high = [number.high for number in known]
    return Toll(
        low=sum(number.low or 0 for number in known),
        best=None if None in best else sum(value or 0 for value in best),
        high=None if None in high else sum(value or 0 for value in high),
        confidence=min(number.confidence for number in known),
        is_update=any(number.is_toll for number in known),
    )


def article_toll(statements: Iterable[Statement], kind: NumberKind) -> Toll | None:
    """Return what an article says of its main event: the first firm number of its news, the title's before the text's.

    Where none is firm ("several"), the first there is.
    """
    news = [one for one in statements if one.standing is Standing.EVENT]
    tolls = [toll for one in news if (toll := statement_toll(one, kind)) and toll.low is not None]
    firm = [toll for toll in tolls if toll.confidence >= FIRM and toll.best is not None]
    return next(iter(firm or tolls), None)
