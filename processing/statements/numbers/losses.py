"""Sentences that say there were no losses, or that losses are not known: "no casualties", "no casualties reported"."""

from __future__ import annotations

from collections.abc import Sequence

from processing.statements.numbers.tokens import Token

_BETWEEN = 5  # tokens between a negation and the loss it denies, in either order
_REPORT = 5  # tokens around the two in which a word of reporting makes it a matter of not knowing
_RUSSIAN = ("а", "я")  # which denies after the noun as well: потерь нет


def said_outright(pieces: Sequence[Token]) -> tuple[int, int, int | None, str] | None:
    """Return first and last token, 0 or None, and the rule, where a sentence says there were none or it is not known."""
    for place, piece in enumerate(pieces):
        if piece.has("unknown"):
            return place, place, None, "said to be unknown"
        if piece.has("zero"):
            return place, place, 0, "said to be none"
    for place, piece in enumerate(pieces):
        if piece.has("negation") and (loss := _loss(pieces, place)) is not None:
            first, last = min(place, loss), max(place, loss)
            around = pieces[max(0, first - _REPORT) : last + _REPORT]
            if any(other.has("report") for other in around):
                return first, last, None, "said to be unknown"
            return first, last, 0, "said to be none"
    return None


def _loss(pieces: Sequence[Token], place: int) -> int | None:
    """Return the token of the loss that a negation denies; a mark of punctuation but a comma parts them."""
    steps = [range(place + 1, min(len(pieces), place + 1 + _BETWEEN))]
    if _RUSSIAN[0] <= pieces[place].text[0] <= _RUSSIAN[1]:
        steps.append(range(place - 1, max(-1, place - 1 - _BETWEEN), -1))
    for step in steps:
        for other in step:
            if pieces[other].has("loss"):
                return other
            if pieces[other].text in (".", ";", "!", "?", "؛", ":"):
                break
    return None
