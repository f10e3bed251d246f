"""Numbers as words and digits write them: compounds, ranges, what opens or closes them, and what is an age."""

from __future__ import annotations

from collections.abc import Sequence

from processing.statements.numbers.tokens import Token

HIGHEST = 2_000_000  # people; a larger number is money or a mistake
BOUNDS = ("least", "most", "about", "between")


_RANGE = ("-", "–", "to", "or", "او", "الي", "или", "and")
_BETWEEN = (*_RANGE, "و", "и", "до")  # also, after "between"
_FROM = ("from", "من", "с", "со")


def read_value(pieces: Sequence[Token], place: int, *, is_toll: bool) -> tuple[int, int | None, int] | None:
    """Read a number that begins at a token: low, high (None: open) and the token after it."""
    if vague := pieces[place].has("vague"):
        is_some = place + 1 < len(pieces) and pieces[place + 1].has("of them")  # many of them critically
        return None if is_some else (vague.low or 0, None, place + 1)
    total, after = _compound(pieces, place)
    if total is None or total > HIGHEST:
        return None
    before = pieces[place - 1] if place else None
    is_range = before is not None and before.has("between") is not None
    if after + 1 < len(pieces) and pieces[after].text in (_BETWEEN if is_range else _RANGE):
        joint = pieces[after].text
        other, past = _compound(pieces, after + 1)
        if other is not None and other > total:
            if is_toll and before and before.text in _FROM:
                return other, other, past
            if is_range or joint != "and" or other - total < total:
                return total, other, past
    return total, total, after


def _compound(pieces: Sequence[Token], place: int) -> tuple[int | None, int]:
    """Read digits, or words of one number: twenty three, خمسة وعشرون, двадцать три, خمسة عشر, 3 آلاف."""
    total = pieces[place].value
    if total is None:
        word = pieces[place].has("value")
        total = word.low if word else None
    if total is None:
        return None, place
    place += 1
    while place < len(pieces) and (word := pieces[place].has("value")) and word.low is not None:
        is_arabic = "\u0600" <= pieces[place].text[0] <= "\u06ff"
        if word.low in (100, 1000, 1_000_000) and total < word.low:
            total *= word.low
        elif (total >= 20 and total % 10 == 0 and word.low < 10) or (total < 10 and word.low in range(20, 100)):
            total += word.low
        elif total < 10 and word.low == 10 and is_arabic:
            total += 10  # خمسة عشر
        elif (total >= 100 and word.low < 100) or (total >= 1000 and word.low < 1000):
            total += word.low
        else:
            break
        place += 1
    return total, place


def read_bound(pieces: Sequence[Token], place: int) -> tuple[int, str]:
    """Return where a number begins with the words that open or close it, and which they are."""
    for before in range(place - 1, max(-1, place - 3), -1):
        piece = pieces[before]
        for part in BOUNDS:
            if piece.has(part) and not piece.has("people"):
                return before, "" if part == "between" else part
        if piece.text not in ("a", "the", "an", "all"):
            break
    return place, ""


def is_age(pieces: Sequence[Token], place: int, after: int) -> bool:
    """Say whether a number is an age: aged 12, "her brother, 12,", ٩ سنوات. Years of anything are no people either."""
    lead = pieces[max(0, place - 4) : place]
    if any(piece.has("age") for piece in lead) and not any(piece.has("people") for piece in lead[1:]):
        return True
    if after < len(pieces) and pieces[after].has("unit"):
        return True
    commas = (",", "،", "(")
    if place < 2 or pieces[place - 1].text not in commas:
        return False
    person = pieces[place - 2].has("people")
    return bool(person and person.low == 1) and (after == len(pieces) or pieces[after].text in (*commas, ")"))
