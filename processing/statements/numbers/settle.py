"""What became of the people that are counted: the nearest word that says so, or the number they belong to."""

from __future__ import annotations

from collections.abc import Sequence

from processing.statements.numbers.quantities import BARE, JOINS, NEAR, STOPS, Quantity
from processing.statements.numbers.tokens import Token
from processing.statements.numbers.words import Meaning
from processing.statements.records import NumberKind

BEFORE, AFTER = 7, 10  # tokens between a number and the word of what became of them
UNKNOWN = 2  # words that no list has, of those before a number
LISTED, ROUGH = 0.75, 0.5  # ROUGH: "neutralized" is killed, wounded or captured
_IS = ("were", "was", "been", "have", "has", "are", "being", "был", "была", "были")
_COMMAS = (",", "،")
_BETWEEN = ("among", "filler", "describes", "age", "all", "of them")  # may stand between two numbers of a list
_BETWEEN = ("among", "filler", "describes", "age", "all", "of them")  # may stand between two numbers of a list
_SAME_PEOPLE = 14  # tokens between two numbers of which the second leaves out who


def settle(pieces: Sequence[Token], quantities: list[Quantity]) -> list[Quantity]:
    """Set kind, rule, confidence and who is counted of every quantity, as far as the sentence says; return them."""
    used = -1  # token of the last word that has told what became of a number before it
    for place, one in enumerate(quantities):
        previous = quantities[place - 1] if place else None
        following = quantities[place + 1] if place + 1 < len(quantities) else None
        used = max(used, _settle(pieces, one, previous, following, used))
    for one, after in zip(quantities[-2::-1], quantities[:0:-1], strict=True):
        if one.kind is None and after.kind:
            _look_ahead(pieces, one, after)
    for place, one in enumerate(quantities):
        _whose(one, quantities[:place])
    return quantities


def _settle(
    pieces: Sequence[Token], one: Quantity, previous: Quantity | None, following: Quantity | None, used: int
) -> int:
    """Find the word that says what became of a quantity; return the token of one after it that it took, else -1."""
    own = one.kind
    if own and own is not NumberKind.DISPLACED:
        one.rule = f"{one.rule}, counted as such"
        return -1
    left = _left(pieces, one.first, max(used, previous.last if previous else -1))
    right = _right(pieces, one.last, following)
    if left and (right is None or left[1] <= right[1] or right[1] > 2):
        meaning, distance, taken = left[0], left[1], -1
    elif right:
        meaning, distance, taken = right[0], right[1], right[2]
    else:
        if own is None and previous is not None:
            _inherit(pieces, one, previous)
        if one.kind is None and (kind := _toll(pieces, one)):
            one.kind, one.rule = kind, f"{one.rule}, of a toll"
        return -1
    is_own_word = one.is_among and previous and previous.kind is not meaning.kind and distance <= 2
    if one.is_among and previous and previous.kind and not is_own_word:
        _inherit(pieces, one, previous)
        return -1
    one.is_among = one.is_among and not (is_own_word and taken >= 0 and not _opens_parts(pieces, one))
    one.kind, one.has_own_verb = meaning.kind, taken < 0
    one.confidence = min(one.confidence, ROUGH if meaning.is_rough else 1.0, NEAR if distance > 2 else 1.0)
    return taken


def _opens_parts(pieces: Sequence[Token], one: Quantity) -> bool:
    return any(piece.has("among") for piece in pieces[max(0, one.first - 2) : one.first])


def _inherit(pieces: Sequence[Token], one: Quantity, previous: Quantity) -> None:
    """Take over what became of the people before, in a list: two soldiers and a civilian; nine, three of them women."""
    if previous.kind is None:
        return
    between = pieces[previous.last + 1 : one.first]
    if any(piece.text[0] in STOPS for piece in between):
        return
    if not one.is_among:
        if len(between) > 3 and not _is_joined_late(between, pieces[one.first]):
            return
        if len(between) <= 3 and not all(_joins(piece, previous) for piece in between):
            return
    one.kind = previous.kind
    one.rule = f"{one.rule}, listed"
    one.confidence = min(one.confidence, LISTED)


def _joins(piece: Token, previous: Quantity) -> bool:
    """Say whether a token may stand between two of a list."""
    after = piece.has("after")
    is_known = any(piece.has(part) for part in _BETWEEN) or piece.text in JOINS
    return not piece.text[0].isalpha() or bool(is_known) or bool(after and after.kind is previous.kind)


def _is_joined_late(between: Sequence[Token], first: Token) -> bool:
    """Say whether a list goes on past words that say more of the one before: a commander of the X corps and two guards."""
    if len(between) > 9 or any(piece.has("before") or piece.has("after") or piece.text in _COMMAS for piece in between):
        return False
    return between[-1].text in JOINS or first.text.startswith("و")


def _look_ahead(pieces: Sequence[Token], one: Quantity, after: Quantity) -> None:
    """Take over what became of those after: a woman and her children were killed; twelve, three of them children, were."""
    between = pieces[one.last + 1 : after.first]
    if any(piece.text[0] in STOPS for piece in between):
        return
    if after.is_among and any(piece.text in _IS for piece in between):  # eleven women are among the 29 dead
        one.is_among, after.is_among = True, False
        one.kind, one.rule = after.kind, f"{one.rule}, among those after"
    elif after.is_among and not after.has_own_verb:
        one.kind, one.rule = after.kind, f"{one.rule}, as what is among it"
    elif len(between) <= 4 and all(
        not piece.text[0].isalpha() or piece.text in JOINS or any(piece.has(part) for part in _BETWEEN)
        for piece in between
    ):
        is_list = any(piece.text in (*JOINS, *_COMMAS) for piece in between) or pieces[after.first].text[0] == "و"
        if is_list:
            one.kind, one.rule = after.kind, f"{one.rule}, listed"
            one.confidence = min(one.confidence, LISTED)


def _whose(one: Quantity, before: Sequence[Quantity]) -> None:
    """Say who is counted where no word says so: two soldiers were killed and three wounded; five others."""
    if one.counted is None:
        last = next((other for other in reversed(before) if one.is_among or not other.is_among), None)
        if last and one.first - last.last <= _SAME_PEOPLE:
            one.counted = last.counted


def _toll(pieces: Sequence[Token], one: Quantity) -> NumberKind | None:
    """Return whose toll a number is: "the toll rose to 7", ارتفع عدد المصابين إلى 4; of none that is named the dead's."""
    if one.rule == BARE:
        return None
    kind: NumberKind | None = None
    for place in range(one.first - 1, -1, -1):
        piece = pieces[place]
        if piece.has("toll"):
            is_near = pieces[one.first - 1].text in ("to", "at", "الي", "до", "from", "من", "с")
            is_toll = is_near or one.counted is not None or one.first - place <= 3
            return (kind or NumberKind.KILLED) if is_toll else None
        if piece.text[0] in STOPS or piece.value is not None:
            return None
        if (count := piece.has("count")) and kind is None:
            kind = count.kind
    return None


def _left(pieces: Sequence[Token], first: int, floor: int) -> tuple[Meaning, int] | None:
    """Return the word before a number that says what became of the people, and how many tokens lie between."""
    found: tuple[Meaning, int] | None = None
    unknown = 0
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
        joins = piece.text in JOINS or piece.text in _COMMAS
        if piece.text[0] in STOPS or (found and not joins):
            return found
        if not found and not (piece.has("filler") or piece.has("describes") or joins):
            unknown += 1
            if unknown > UNKNOWN:
                return None
    return found


def _right(pieces: Sequence[Token], last: int, following: Quantity | None) -> tuple[Meaning, int, int] | None:
    """Return the word after a number that says what became of the people, how many tokens lie between, and its token.

    One that may govern as well, right before the next number, is that number's: قتل طفل وأصيب طفلان.
    """
    for step in range(1, AFTER + 1):
        place = last + step
        if place >= len(pieces) or (following and place >= following.first):
            return None
        piece = pieces[place]
        if meaning := piece.has("after"):
            if following and piece.has("before") and _governs(pieces[place + 1 : following.first]):
                return None
            ahead = pieces[place + 1 : place + 3]
            if len(ahead) == 2 and ahead[0].text in JOINS:
                other = ahead[1].has("after")
                if other and other.kind is not meaning.kind:
                    return Meaning("after", NumberKind.CASUALTIES), step - 1, place + 2
            return meaning, step - 1, place
        if piece.text in JOINS and not (place + 1 < len(pieces) and pieces[place + 1].has("after")):
            return None
        is_number = piece.value is not None or piece.has("value") is not None
        if is_number and pieces[place - 1].text in _COMMAS and step > 1:
            continue  # an age: her brother, 12, was wounded
        if piece.text[0] in STOPS or is_number or piece.has("before"):
            return None
    return None


def _governs(between: Sequence[Token]) -> bool:
    """Say whether nothing parts a verb from the number after it."""
    return all(piece.has("filler") and piece.text not in JOINS for piece in between)
