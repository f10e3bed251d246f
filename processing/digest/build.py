"""A digest cut into its parts: what stands above the first report, the reports, what stands below the last."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from processing.digest.cues import is_background, is_close
from processing.digest.headers import Header
from processing.digest.intro import intro
from processing.digest.names import Names
from processing.digest.shape import Shape
from processing.digest.units import Unit
from processing.records import Part, PartKind


def build(text: str, cut: Sequence[Unit], names: Names, shape: Shape) -> list[Part]:
    """Return the parts of a digest in order, not yet linked."""
    starts = [header.start for header in shape.headers] or [unit.start for unit in shape.items]
    above = [unit for unit in cut if unit.start < starts[0]]
    last = shape.headers[-1].end if shape.headers else starts[-1] + 1
    tail = _tail(text, [unit for unit in cut if unit.start >= last], names, shape)
    stop = tail[0].start if tail else len(text)
    ends = [*starts[1:], stop]
    parts = list(intro(text, above, starts[0], names))
    if shape.headers:
        placed = _placed(cut, shape.headers, stop)
        for header, end, inside in zip(shape.headers, ends, placed, strict=True):
            parts += _section(text, header, end, inside, names, len(parts))
    else:
        parts += [_item(text, unit.start, end, unit.time, names) for unit, end in zip(shape.items, ends, strict=True)]
    return [*parts, *tail]


def _placed(cut: Sequence[Unit], headers: Sequence[Header], stop: int) -> Iterator[list[Unit]]:
    """Yield the units of each section, the one that its header ends in cut to what follows the header."""
    place = 0
    for number, header in enumerate(headers):
        end = headers[number + 1].start if number + 1 < len(headers) else stop
        while place < len(cut) and cut[place].end <= header.end:
            place += 1
        inside = []
        while place < len(cut) and cut[place].start < end:
            inside.append(cut[place])
            place += 1
        if inside and inside[0].start < header.end:
            inside[0] = inside[0]._replace(start=header.end, opens_line=True, has_bullet=False)
        yield inside


def _section(text: str, header: Header, end: int, inside: Sequence[Unit], names: Names, place: int) -> Iterator[Part]:
    yield Part(
        kind=PartKind.SECTION,
        start=header.start,
        end=_end(text, header.start, end),
        header=(header.start, header.end),
        governorates=header.governorates,
        actors=names.actors(header.start, end),
    )
    marks = list(_marks(text, inside))
    if not marks:
        return
    are_items = sum(kind is PartKind.ITEM for kind, _ in marks) > 1 or any(unit.marked for _, unit in marks)
    ends = [unit.start for _, unit in marks[1:]] + [end]
    for (kind, unit), stop in zip(marks, ends, strict=True):
        if are_items or kind is PartKind.BACKGROUND:
            part = _item(text, unit.start, stop, unit.time, names)
            yield dataclasses.replace(part, kind=kind, parent=place, governorates=header.governorates)


def _marks(text: str, inside: Sequence[Unit]) -> Iterator[tuple[PartKind, Unit]]:
    """Yield where items and background begin. Background that begins within a line lasts to the line's end."""
    first = True
    for unit in inside:
        if is_background(text, unit):
            yield PartKind.BACKGROUND, unit
        elif first or unit.opens_line or unit.marked:
            yield PartKind.ITEM, unit
        first = False


def _item(text: str, start: int, end: int, time: str | None, names: Names) -> Part:
    begin = start
    while begin < end and text[begin].isspace():
        begin += 1
    return Part(
        kind=PartKind.ITEM,
        start=begin,
        end=_end(text, begin, end),
        governorates=names.governorates(begin, end),
        actors=names.actors(begin, end),
        time=time,
    )


def _tail(text: str, below: Sequence[Unit], names: Names, shape: Shape) -> list[Part]:
    """Return what follows the last report: background of the digest as a whole, and the close."""
    own = shape.headers[-1].governorates if shape.headers else ()
    begin = shape.headers[-1].end if shape.headers else shape.items[-1].start
    close = next(
        (place for place, unit in enumerate(below) if is_close(text, unit) and text[begin : unit.start].strip()), None
    )
    stop = below[close].start if close is not None else len(text)
    lines = list(below[:close])
    parts: list[Part] = []
    if close is not None:
        parts.append(Part(kind=PartKind.CLOSE, start=stop, end=_end(text, stop, len(text))))
    while lines and (opening := _last_line(lines)) > 0:
        unit = lines[opening]
        if not is_background(text, unit) or set(own) & set(names.governorates(unit.start, stop)):
            break
        actors = names.actors(unit.start, stop)
        end = _end(text, unit.start, stop)
        parts.insert(0, Part(kind=PartKind.BACKGROUND, start=unit.start, end=end, actors=actors))
        lines, stop = lines[:opening], unit.start
    return parts


def _last_line(lines: Sequence[Unit]) -> int:
    return next((place for place in range(len(lines) - 1, -1, -1) if lines[place].opens_line), 0)


def _end(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
