"""What stands above the first report: headlines, and the brief of what each side did."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from processing.digest.cues import is_brief
from processing.digest.names import Names
from processing.digest.units import Unit
from processing.records import Part, PartKind

_WORD = re.compile(r"[^\W_]+")
_ASIDE = re.compile(r"\([^()\n]*\)")
_WORDS = 4  # of a headline; fewer are a dateline: "Syria, September 7th."
_NAME = 120  # characters of the name before a brief's colon
_FEW = 5  # words of a name that the vocabulary does not have
_BESIDE = 2  # words of it that name nobody: "and", "forces"


def intro(text: str, above: Sequence[Unit], end: int, names: Names) -> Iterator[Part]:
    """Yield the parts above the first report; `end` is where it begins."""
    if not above:
        return
    blocks = list(_blocks(text, above, names))
    ends = [block[0].start for _, block in blocks[1:]] + [end]
    place = 0
    for (kind, block), stop in zip(blocks, ends, strict=True):
        parts = list(
            _brief(text, block, stop, names, place)
            if kind is PartKind.SUMMARY
            else _headlines(text, block, stop, names, place)
        )
        yield from parts
        place += len(parts)


def _blocks(text: str, above: Sequence[Unit], names: Names) -> Iterator[tuple[PartKind, list[Unit]]]:
    """Group units into headlines and briefs. After the briefs of the sides, a line that is none is a headline again."""
    kind, block, has_sides = PartKind.HEADLINE, list[Unit](), False
    sides = {unit.start for unit in above if _side(text, unit, names)}
    for unit in above:
        now = kind
        if is_brief(text, unit):
            now, has_sides = PartKind.SUMMARY, False
        elif (
            _side(text, unit, names, in_brief=True)
            if kind is PartKind.SUMMARY
            else unit.start in sides and len(sides) > 1
        ):
            now, has_sides = PartKind.SUMMARY, True
        elif unit.opens_line and has_sides:
            now, has_sides = PartKind.HEADLINE, False
        if block and now is not kind:
            yield kind, block
            block = []
        kind = now
        block.append(unit)
    if block:
        yield kind, block


def _headlines(text: str, block: Sequence[Unit], stop: int, names: Names, place: int) -> Iterator[Part]:
    """Yield a block of headlines and, where there are several, each. A line without an end, a caption, is none."""
    told = [unit for unit in block if text[unit.end - 1] in ".!?؟…" and _has_words(text[unit.start : unit.end])]
    several = len(told) > 1
    yield _part(text, PartKind.HEADLINE, (block[0].start, stop), names, is_block=several)
    for unit in told if several else ():
        yield _part(text, PartKind.HEADLINE, (unit.start, min(unit.end, stop)), names, parent=place)


def _brief(text: str, block: Sequence[Unit], stop: int, names: Names, place: int) -> Iterator[Part]:
    lines = [unit for unit in block if not is_brief(text, unit)]
    sides = [(unit, side) for unit in lines if (side := _side(text, unit, names, in_brief=True))]
    start = block[0].start
    header = None
    if not sides or sides[0][0].start > start:
        colon = text.find(":", start, min(start + _NAME, stop))
        header = (start, colon + 1) if colon >= 0 else None
    yield _part(text, PartKind.SUMMARY, (start, stop), names, header=header, is_block=bool(sides))
    ends = [unit.start for unit, _ in sides[1:]] + [stop] if sides else []
    for (unit, side), end in zip(sides, ends, strict=True):
        yield _part(text, PartKind.SUMMARY, (unit.start, end), names, parent=place, header=(unit.start, side))


def _side(text: str, unit: Unit, names: Names, *, in_brief: bool = False) -> int | None:
    """Return where the name of a side that opens a line ends, past its colon: "Kurds:".

    It is an actor of the vocabulary; in a brief, where every line has one, any name of a few words without a number.
    """
    colon = text.find(":", unit.content, min(unit.content + _NAME, unit.end))
    if not unit.opens_line or colon < 0 or colon + 1 == unit.end:
        return None
    rest = list(text[unit.content : colon])
    known = names.actor_names(unit.content, colon)
    for name in known:
        rest[name.start - unit.content : name.end - unit.content] = " " * (name.end - name.start)
    unnamed = _WORD.findall(_ASIDE.sub(" ", "".join(rest)))
    if known:
        return colon + 1 if len(unnamed) <= _BESIDE else None
    is_name = in_brief and len(unnamed) <= _FEW and not any(word[0].isdigit() for word in unnamed)
    return colon + 1 if is_name else None


def _has_words(sentence: str) -> bool:
    return len(_WORD.findall(sentence)) >= _WORDS


def _part(
    text: str,
    kind: PartKind,
    span: tuple[int, int],
    names: Names,
    *,
    parent: int | None = None,
    header: tuple[int, int] | None = None,
    is_block: bool = False,
) -> Part:
    start, end = span
    while end > start and text[end - 1].isspace():
        end -= 1
    named = names.actors(*header) if header and parent is not None else names.actors(start, end)
    return Part(
        kind=kind,
        start=start,
        end=end,
        parent=parent,
        header=header,
        governorates=() if is_block else names.governorates(start, end),
        actors=() if is_block else named,
    )
