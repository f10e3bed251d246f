"""Numbers of people in one sentence: how many of whom were killed, wounded, captured, displaced or are missing.

A number counts only where a word says what became of the people: directly before it (مقتل ثلاثة, killed three), directly
after (three were killed), or in the word itself (قتيلان, three dead). A number beside a word that is neither is none of
people: three rockets. The words are data (vocabulary/numbers.toml).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from processing.statements.numbers.words import Meaning, NumberWords, Token, load_number_words, tokens
from processing.statements.records import Counted, Number, NumberKind, Scope
from processing.text import Folded, fold

__all__ = ["find_numbers", "load_number_words"]

HIGHEST = 2_000_000  # people; a larger number is money or a mistake
BEFORE, AFTER = 6, 7  # tokens between a number and the word of what became of them
SURE, NEAR, ONE, VAGUE, LISTED = 0.95, 0.85, 0.8, 0.75, 0.75
ROUGH = 0.5  # "neutralized": killed, wounded or captured
_MORE = "more than one"  # the rule of a plural without a number; where a number of the kind is said, it counts nothing
_HYPHEN = re.compile(r"(?<=[^\W\d])-(?=[^\W\d])")  # twenty-three; not 10-12
_JOINS = ("and", "و", "и", "or", "او", "или")
_IS = ("were", "was", "been", "have", "has", "are", "being", "был", "была", "были")
_TELLING = ("before", "after", "count", "zero", "unknown", "toll")
_STOPS = frozenset(".!?؟;؛:")


@dataclass(slots=True)
class _Quantity:
    """A number of people, before it is known what became of them."""

    first: int  # token
    last: int
    low: int | None
    best: int | None
    high: int | None
    counted: Counted
    kind: NumberKind | None = None  # that the counting word itself says: قتلى
    rule: str = ""
    confidence: float = 0.0
    is_among: bool = False


def find_numbers(text: str, start: int, end: int, words: NumberWords) -> tuple[Number, ...]:
    """Return the numbers of people of the sentence `text[start:end]`, offsets in `text`; empty where it gives none.

    One whose low, best and high are None is said to be not known; one of 0 is said to be none.
    """
    sentence = text[start:end]
    folded = fold(sentence)
    if not words.telling.find_matches_as_indexes(folded.text):
        return ()
    pieces = tokens(_HYPHEN.sub(" ", folded.text), words)
    present = {part for piece in pieces for part in piece.parts}
    if present.isdisjoint(_TELLING):
        return ()
    if not present.isdisjoint(("zero", "unknown")) and (outright := _outright(pieces, folded, start)):
        return (outright,)
    scope = Scope.CUMULATIVE if "cumulative" in present else Scope.PERIOD if "period" in present else Scope.EVENT
    quantities = _quantities(pieces)
    for place, quantity in enumerate(quantities):
        _settle(pieces, quantity, quantities[place - 1] if place else None)
    for one, after in zip(quantities[-2::-1], quantities[:0:-1], strict=True):
        if one.kind is None and after.is_among:  # twelve people, three of them children, were killed
            one.kind, one.rule = after.kind, f"{one.rule}, as what is among it"
    firm = {quantity.kind for quantity in quantities if not quantity.rule.startswith(_MORE)}
    quantities = [
        quantity for quantity in quantities if not quantity.rule.startswith(_MORE) or quantity.kind not in firm
    ]
    is_toll = "toll" in present
    made: list[Number] = []
    whole: dict[NumberKind, int] = {}  # place of the last number that is part of no other, by kind
    for quantity in quantities:
        kind = quantity.kind
        if kind is None:
            continue
        among = whole.get(kind) if quantity.is_among else None
        if not quantity.is_among:
            whole[kind] = len(made)
        made.append(_number(quantity, kind, (pieces, folded, start), scope=scope, among=among, is_toll=is_toll))
    return tuple(made)


def _outright(pieces: Sequence[Token], folded: Folded, offset: int) -> Number | None:
    """Return the number of a sentence that says there are none, or that it is not known."""
    for piece in pieces:
        if piece.has("zero") or piece.has("unknown"):
            has_number = any(other.value is not None or other.has("value") for other in pieces)
            if has_number:
                return None
            none = 0 if piece.has("zero") else None
            begin, stop = folded.original(piece.start, piece.end)
            return Number(
                kind=NumberKind.CASUALTIES,
                counted=Counted.PEOPLE,
                low=none,
                best=none,
                high=none,
                scope=Scope.EVENT,
                start=offset + begin,
                end=offset + stop,
                rule="said to be none" if none == 0 else "said to be unknown",
                confidence=SURE,
            )
    return None


def _quantities(pieces: Sequence[Token]) -> list[_Quantity]:
    """Return all that counts people, or may: numbers with their people, people that are one or two, numbers alone."""
    found: list[_Quantity] = []
    place = 0
    while place < len(pieces):
        if not pieces[place].parts and pieces[place].value is None:
            place += 1
            continue
        quantity = _counted(pieces, place) or _alone(pieces, place)
        if quantity is None:
            place += 1
            continue
        quantity.is_among = _is_among(pieces, quantity.first, found)
        _absorb(pieces, quantity)
        found.append(quantity)
        place = quantity.last + 1
    return found


def _absorb(pieces: Sequence[Token], quantity: _Quantity) -> None:
    """Take in a word for people that only says more of those just counted: خمسة شهداء مدنيين, رجل مسن."""
    place = quantity.last + 1
    if place < len(pieces) and (found := pieces[place].has("people")) and not pieces[place].text.startswith("و"):
        quantity.last = place
        if quantity.counted is Counted.PEOPLE and found.counted:
            quantity.counted = found.counted


def _value(pieces: Sequence[Token], place: int) -> tuple[int, int | None, int] | None:
    """Read a number that begins at a token: low, high (None: open) and the token after it."""
    piece = pieces[place]
    if vague := piece.has("vague"):
        return vague.low or 0, None, place + 1
    total, place = _compound(pieces, place)
    if total is None or total > HIGHEST:
        return None
    if place + 1 < len(pieces) and pieces[place].text in ("-", "–", "to", "or", "او", "الي", "или", "and"):
        joint = pieces[place].text
        other, after = _compound(pieces, place + 1)
        if other is not None and other > total and (joint != "and" or other - total < total):
            return total, other, after
    return total, total, place


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
        if word.low in (100, 1000) and total < word.low:
            total *= word.low
        elif (total >= 20 and total % 10 == 0 and word.low < 10) or (total < 10 and word.low >= 20 and word.low < 100):
            total += word.low
        elif total < 10 and word.low == 10 and "\u0600" <= pieces[place].text[0] <= "\u06ff":
            total += 10  # خمسة عشر
        elif total >= 100 and word.low < 100:
            total += word.low
        else:
            break
        place += 1
    return total, place


def _counted(pieces: Sequence[Token], place: int) -> _Quantity | None:
    """Read a number and the people it counts; without a word for people it may still count them."""
    read = _value(pieces, place)
    if read is None:
        return None
    low, high, after = read
    people, last = _people(pieces, after)
    is_vague = high is None
    if people is None and not _may_count(pieces, after):
        return None
    first, bound = _bound(pieces, place)
    best: int | None = None if is_vague or high != low else low
    if bound == "least":
        high = None
    elif bound == "most":
        low, best, high = (0, None, high)
    counted = people.counted if people and people.counted else Counted.PEOPLE
    kind = people.kind if people and people.part == "count" else None
    if kind and last + 1 < len(pieces) and (other := pieces[last + 1].has("count")) and other.kind is not kind:
        kind, last = NumberKind.CASUALTIES, last + 1  # 56 قتيلا وجريحا
    confidence = VAGUE if is_vague else SURE if people else NEAR
    return _Quantity(first, max(last, after - 1), low, best, high, counted, kind, bound or "number", confidence)


def _people(pieces: Sequence[Token], place: int) -> tuple[Meaning | None, int]:
    """Return the word for people right after a number, past one or two words that say more of them, and its token."""
    for step in range(3):
        if place + step >= len(pieces):
            break
        piece = pieces[place + step]
        count = piece.has("count")
        if count and (step == 0 or not piece.has("after")):
            return count, place + step
        if found := piece.has("people"):
            return found, place + step
        if piece.has("others"):
            return Meaning("people", counted=Counted.PEOPLE), place + step
        if not piece.has("filler"):
            break
    return None, place - 1


def _may_count(pieces: Sequence[Token], place: int) -> bool:
    """Say whether a number without people may count them: what follows is no noun that it counts instead."""
    if place >= len(pieces):
        return True
    piece = pieces[place]
    if piece.text in ("%", "$", ":", "/", "-"):
        return False
    is_known = any(part in piece.parts for part in ("after", "among", "before", "others"))
    is_small = piece.has("filler") is not None or piece.text in _SMALL
    return is_known or is_small or not piece.text[0].isalnum()


_SMALL = frozenset(
    "in on at near during after before by when as and were was have had في قرب خلال جراء اثر بعد بينهم و على بقصف بغاره في"
    " в на при после от и возле около".split()
)


def _bound(pieces: Sequence[Token], place: int) -> tuple[int, str]:
    """Return where a number begins with the words that open or close it, and which they are."""
    if place:
        before = pieces[place - 1]
        for part in ("least", "most", "about"):
            if before.has(part) and not before.has("people"):
                return place - 1, part
    return place, ""


def _alone(pieces: Sequence[Token], place: int) -> _Quantity | None:
    """Read people that a word counts by itself: one (طفل, a soldier), two (طفلان), or more than it says (civilians)."""
    piece = pieces[place]
    found = piece.has("count") or piece.has("people")
    if found is None or found.counted is None:
        return None
    kind = found.kind if found.part == "count" else None
    if kind and piece.has("after") and not _is_noun(pieces, place):
        return None
    two = pieces[place + 1].has("value") if place + 1 < len(pieces) else None
    if two and two.low == 2 and piece.text[0] >= "\u0600":  # مدنيين اثنين
        return _Quantity(place, place + 1, 2, 2, 2, found.counted, kind, "number after its people", SURE)
    if found.low == 0:
        return _Quantity(place, place, 2, None, None, found.counted, kind, _MORE, 0.5)
    return _Quantity(place, place, found.low, found.low, found.low, found.counted, kind, "the word itself", ONE)


def _is_noun(pieces: Sequence[Token], place: int) -> bool:
    """Say whether a word such as wounded or погибших stands as a noun: no verb before it, no number's people."""
    return place > 0 and pieces[place - 1].has("filler") is None and bool(pieces[place - 1].has("others"))


def _is_among(pieces: Sequence[Token], first: int, found: Sequence[_Quantity]) -> bool:
    """Say whether a number is part of the one before: after "including", or in a list that began so."""
    begin = found[-1].last + 1 if found else 0
    between = pieces[begin:first]
    if any(piece.text[0] in _STOPS for piece in between):
        return False
    if any(piece.has("among") for piece in between):
        return True
    is_list = len(between) <= 2 and all(piece.text in (",", "،", "and", "و", "и") for piece in between)
    return bool(found) and found[-1].is_among and (is_list or first == begin) and not between[2:]


def _settle(pieces: Sequence[Token], quantity: _Quantity, previous: _Quantity | None) -> None:
    """Say what became of the people of a quantity, by the nearest word that says so; or that nothing says it."""
    if quantity.kind:
        quantity.rule = f"{quantity.rule}, counted as such"
        return
    left = _left(pieces, quantity.first, previous.last if previous else -1)
    right = _right(pieces, quantity.last)
    if left and (right is None or left[1] <= right[1] or right[1] > 2):
        meaning, distance = left
    elif right:
        meaning, distance = right
    else:
        _inherit(pieces, quantity, previous)
        if quantity.kind is None and _is_toll(pieces, quantity.first):
            quantity.kind, quantity.rule = NumberKind.KILLED, f"{quantity.rule}, of a toll"
        return
    quantity.kind = meaning.kind
    quantity.confidence = min(quantity.confidence, ROUGH if meaning.is_rough else 1.0)
    if distance > 2:
        quantity.confidence = min(quantity.confidence, NEAR)


def _inherit(pieces: Sequence[Token], quantity: _Quantity, previous: _Quantity | None) -> None:
    """Take over what became of the people before, in a list: two soldiers and a civilian; nine, three of them women."""
    if previous is None or previous.kind is None:
        return
    between = pieces[previous.last + 1 : quantity.first]
    if any(piece.text[0] in _STOPS for piece in between) or len(between) > 3 + 4 * quantity.is_among:
        return
    is_joined = all(
        not piece.text[0].isalpha() or piece.has("among") or piece.has("filler") or piece.text in ("and", "و", "и")
        for piece in between
    )
    if is_joined:
        quantity.kind = previous.kind
        quantity.rule = f"{quantity.rule}, listed"
        quantity.confidence = min(quantity.confidence, LISTED)


def _is_toll(pieces: Sequence[Token], first: int) -> bool:
    """Say whether a number is what a toll came to: "the toll rose to 7"."""
    before = pieces[max(0, first - BEFORE) : first]
    return bool(before) and before[-1].text in ("to", "الي", "до") and any(piece.has("toll") for piece in before)


def _left(pieces: Sequence[Token], first: int, floor: int) -> tuple[Meaning, int] | None:
    """Return the word before a number that says what became of the people, and how many tokens lie between."""
    found: tuple[Meaning, int] | None = None
    for step in range(1, BEFORE + 1):
        place = first - step
        if place <= floor:
            return found
        piece = pieces[place]
        if (meaning := piece.has("before")) and not (place and piece.has("after") and pieces[place - 1].text in _IS):
            if found and found[0].kind is not meaning.kind and step - found[1] <= 3:
                return Meaning("before", NumberKind.CASUALTIES), found[1]  # مقتل وإصابة عشرة
            if found:
                return found
            found = meaning, step - 1
            continue
        joins = piece.text in ("and", "و", "и", "or", "او", "،", ",")
        if piece.text[0] in _STOPS or (found and not joins):
            return found
        if not found and not (piece.has("filler") or joins or step <= 2):
            return None
    return found


def _right(pieces: Sequence[Token], last: int) -> tuple[Meaning, int] | None:
    """Return the word after a number that says what became of the people, and how many tokens lie between."""
    for step in range(1, AFTER + 1):
        place = last + step
        if place >= len(pieces):
            return None
        piece = pieces[place]
        if meaning := piece.has("after"):
            following = pieces[place + 1 : place + 3]
            if len(following) == 2 and following[0].text in _JOINS:
                other = following[1].has("after")
                if other and other.kind is not meaning.kind:
                    return Meaning("after", NumberKind.CASUALTIES), step - 1
            return meaning, step - 1
        if (
            piece.text[0] in _STOPS
            or piece.text in _JOINS
            or piece.value is not None
            or piece.has("value")
            or piece.has("before")
        ):
            return None
    return None


def _number(
    quantity: _Quantity,
    kind: NumberKind,
    sentence: tuple[Sequence[Token], Folded, int],
    *,
    scope: Scope,
    among: int | None,
    is_toll: bool,
) -> Number:
    pieces, folded, offset = sentence
    begin, stop = folded.original(pieces[quantity.first].start, pieces[quantity.last].end)
    return Number(
        kind=kind,
        counted=quantity.counted,
        low=quantity.low,
        best=quantity.best,
        high=quantity.high,
        scope=scope,
        start=offset + begin,
        end=offset + stop,
        among=among,
        is_toll=is_toll,
        rule=quantity.rule,
        confidence=round(quantity.confidence, 2),
    )
