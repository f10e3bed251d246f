"""Who is counted: numbers with the people they count, people that are one or two, numbers alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from processing.statements.numbers.tokens import Token
from processing.statements.numbers.values import BOUNDS, is_age, read_bound, read_value
from processing.statements.numbers.words import Meaning
from processing.statements.records import Counted, NumberKind

SURE, NEAR, ONE, VAGUE, NOUN = 0.95, 0.85, 0.8, 0.75, 0.6
MORE = "more than one"  # the rule of a plural without a number; where a number of the kind is said, it counts nothing
BARE = "the word itself"
STOPS = frozenset(".!?؟;؛:")
JOINS = ("and", "و", "и", "or", "او", "или")
_PEOPLE = 5  # tokens between a number and its people, all of them fillers or names
_COUNTING = frozenset(("value", "vague", "count", "people"))
_NOT_ONE = ("اي", "any", "no")  # no one at all


@dataclass(slots=True)
class Quantity:
    """A number of people, before it is known what became of them."""

    first: int  # token
    last: int
    low: int | None
    best: int | None
    high: int | None
    counted: Counted | None  # None: no word says who
    kind: NumberKind | None = None  # that the counting word itself says: قتلى
    rule: str = ""
    confidence: float = 0.0
    is_among: bool = False
    has_own_verb: bool = False  # that stands before it


def read_quantities(pieces: Sequence[Token], *, is_toll: bool) -> list[Quantity]:
    """Return all that counts people, or may, in order; `is_toll`: of two numbers "from 9 to 13" the second counts."""
    found: list[Quantity] = []
    place = 0
    while place < len(pieces):
        piece = pieces[place]
        if piece.value is None and _COUNTING.isdisjoint(piece.parts):
            place += 1
            continue
        quantity = _counted(pieces, place, is_toll=is_toll) or _alone(pieces, place)
        if quantity is None:
            place += 1
            continue
        quantity.is_among = quantity.is_among or _is_among(pieces, quantity.first, found)
        _absorb(pieces, quantity)
        found.append(quantity)
        place = quantity.last + 1
    return found


def _absorb(pieces: Sequence[Token], quantity: Quantity) -> None:
    """Take in what only says more of those just counted: خمسة شهداء مدنيين, ten people, all of them civilians."""
    place = quantity.last + 1
    if place + 1 < len(pieces) and pieces[place].text in (",", "،") and pieces[place + 1].has("all"):
        place += 2
    elif place < len(pieces) and pieces[place].has("all"):
        place += 1
    if place < len(pieces) and (found := pieces[place].has("people")) and not pieces[place].text.startswith("و"):
        quantity.last = place
        if quantity.counted in (None, Counted.PEOPLE) and found.counted:
            quantity.counted = found.counted
        place += 1
    if place < len(pieces) and pieces[place].has("least") and not pieces[place].text[0].isalnum():
        quantity.last, quantity.high = place, None


def _counted(pieces: Sequence[Token], place: int, *, is_toll: bool) -> Quantity | None:
    """Read a number and the people it counts; without a word for people it may still count them."""
    read = read_value(pieces, place, is_toll=is_toll)
    if read is None or is_age(pieces, place, read[2]):
        return None
    low, high, after = read
    is_vague = high is None
    first, bound = read_bound(pieces, place)
    if after < len(pieces) and pieces[after].has("least") and not pieces[after].has("value"):
        bound, after = "least", after + 1  # 20+, five or more, 8 على الأقل
    people, last = _people(pieces, after)
    rule, confidence = bound or "number", VAGUE if is_vague else SURE if people else NEAR
    if people is None and not _may_count(pieces, after):
        if not _must_count(pieces, first, after):
            return None
        people, rule, confidence = Meaning("people", counted=Counted.PEOPLE), f"{rule}, of a noun", NOUN
        last = after
    if bound != "least" and last + 1 < len(pieces) and pieces[last + 1].has("least") and not _opens(pieces, last + 1):
        bound, last = "least", last + 1
        rule = bound
    best: int | None = None if is_vague or high != low else low
    if bound == "least":
        high = None
    elif bound == "most" and not is_vague:
        low, best = 0, None
    kind = people.kind if people and people.part == "count" else None
    if kind and last + 1 < len(pieces) and (other := pieces[last + 1].has("count")):
        is_same_people = other.kind is not kind and other.low != 2 and pieces[last + 1].text[0] == "و"
        if is_same_people or (other.kind is not kind and pieces[last].text[0] == "و"):
            kind, last = NumberKind.CASUALTIES, last + 1  # 56 قتيلا وجريحا
    counted = people.counted if people else None
    is_part = any(piece.has("of them") for piece in pieces[after : last + 1])
    return Quantity(first, max(last, after - 1), low, best, high, counted, kind, rule, confidence, is_part)


def _opens(pieces: Sequence[Token], place: int) -> bool:
    """Say whether "at least" belongs to the number after it."""
    after = place + 1
    return after < len(pieces) and (pieces[after].value is not None or pieces[after].has("value") is not None)


def _people(pieces: Sequence[Token], place: int) -> tuple[Meaning | None, int]:
    """Return the word for people after a number, past words that say more of them, and its token.

    A side counts as its people where "of" stands before it (8 of the SDF), or no other word after it.
    """
    is_of = False
    for step in range(_PEOPLE + 1):
        if place + step >= len(pieces):
            break
        piece = pieces[place + step]
        count = piece.has("count")
        if count and (step == 0 or not piece.has("after")):
            return count, place + step
        if piece.has("others") or piece.has("of them"):
            ahead, last = _people(pieces, place + step + 1) if step == 0 else (None, 0)
            is_named = ahead is not None and ahead.part == "people"
            return (ahead, last) if is_named else (Meaning("people", counted=None), place + step)
        if found := piece.has("people"):
            return found, place + step
        if (name := piece.has("name")) and name.counted and (is_of or not _goes_on(pieces, place + step + 1)):
            return name, place + step
        if not (piece.has("filler") or piece.has("describes")):
            break
        is_of = is_of or piece.text in ("of", "من", "из", "from")
    return None, place - 1


def _goes_on(pieces: Sequence[Token], place: int) -> bool:
    """Say whether a noun follows a name, which the number counts instead: 8 SDF positions."""
    if place >= len(pieces) or not pieces[place].text[0].isalpha():
        return False
    piece = pieces[place]
    return not piece.parts or piece.has("filler") is not None or piece.has("describes") is not None


def _may_count(pieces: Sequence[Token], place: int) -> bool:
    """Say whether a number without people may count them: what follows is no noun that it counts instead."""
    if place >= len(pieces):
        return True
    piece = pieces[place]
    if piece.text in ("%", "$", ":", "/", "-", "٪"):
        return False
    is_known = any(part in piece.parts for part in ("after", "among", "before", "others", "of them", "least"))
    is_small = piece.has("filler") is not None or piece.text in _SMALL
    return is_known or is_small or not piece.text[0].isalnum()


_SMALL = frozenset(
    "in on at near during after before by when as and were was have had في قرب خلال جراء اثر بعد بينهم و على بقصف بغاره في"
    " в на при после от и возле около".split()
)


def _must_count(pieces: Sequence[Token], first: int, after: int) -> bool:
    """Say whether a noun that no list has must be people: the verb right before the number has only people after it."""
    if not pieces[after].text[0].isalpha() or pieces[after].has("unit"):
        return False
    lead = pieces[max(0, first - 2) : first]
    verb = next((piece for piece in reversed(lead) if piece.has("surely") or not piece.has("filler")), None)
    return verb is not None and verb.has("surely") is not None


def _alone(pieces: Sequence[Token], place: int) -> Quantity | None:
    """Read people that a word counts by itself: one (طفل, a soldier), two (طفلان), or more than it says (civilians)."""
    piece = pieces[place]
    found = piece.has("count") or piece.has("people")
    if found is None or found.counted is None:
        return None
    kind = found.kind if found.part == "count" else None
    counted = None if piece.has("others") else found.counted
    if kind and piece.has("after") and not _is_noun(pieces, place):
        return None
    if place and pieces[place - 1].text in _NOT_ONE:
        return None
    is_before_number = place + 1 < len(pieces) and (
        pieces[place + 1].value is not None or any(pieces[place + 1].has(part) for part in ("value", "vague", *BOUNDS))
    )
    if is_before_number and (piece.has("before") or piece.has("others")) and not _is_two(pieces, place + 1):
        return None
    if kind is NumberKind.DISPLACED and found.low == 0:
        return None  # a camp of the displaced
    if _is_two(pieces, place + 1) and piece.text[0] >= "\u0600":  # مدنيين اثنين
        return Quantity(place, place + 1, 2, 2, 2, counted, kind, "number after its people", SURE)
    if found.low == 0:
        return Quantity(place, place, 2, None, None, counted, kind, MORE, 0.5)
    return Quantity(place, place, found.low, found.low, found.low, counted, kind, BARE, ONE)


def _is_two(pieces: Sequence[Token], place: int) -> bool:
    value = pieces[place].has("value") if place < len(pieces) else None
    return value is not None and value.low == 2


def _is_noun(pieces: Sequence[Token], place: int) -> bool:
    """Say whether a word such as wounded or погибших stands as a noun: no verb before it, no number's people."""
    return place > 0 and pieces[place - 1].has("filler") is None and bool(pieces[place - 1].has("others"))


def _is_among(pieces: Sequence[Token], first: int, found: Sequence[Quantity]) -> bool:
    """Say whether a number is part of the one before: after "including", or in a list that began so."""
    begin = found[-1].last + 1 if found else 0
    between = pieces[begin:first]
    if any(piece.text[0] in STOPS for piece in between):
        return False
    if any(piece.has("among") for piece in between):
        return True
    if found and len(between) == 1 and between[0].text == "(":  # 3 مدنيين (طفلان وامرأة)
        return True
    is_list = len(between) <= 2 and all(piece.text in (",", "،", "and", "و", "и") for piece in between)
    return bool(found) and found[-1].is_among and (is_list or first == begin) and not between[2:]
