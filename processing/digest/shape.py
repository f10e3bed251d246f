"""Whether an article is a digest, and by what it is to be cut: its headers, or its lines.

A news article that names two provinces is none. Either the series says what it is, or the form leaves no doubt: headers
of several governorates that most of the text stands under, or a list in which nearly every line carries its time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from processing.digest.counts import read_counts
from processing.digest.cues import is_close
from processing.digest.headers import Form, Header, read_headers
from processing.digest.names import Names
from processing.digest.units import Unit
from processing.digest.words import COUNTS, LISTS, SERIES, any_in
from processing.text import fold_plain

_HEAD = 400  # characters at the beginning of the text in which the series may be named
_BODY = 30  # characters that stand under a header in the middle; the rows of a table of figures have fewer
_COVERED = 0.5  # of the text stands under headers
_TIMED = 0.6  # of the lines carry a time
_LEADS = 0.6  # of the lines begin with "in <governorate>"
_FEW = 3
_LINE = 350  # characters of a line of a list


@dataclass(frozen=True, slots=True)
class Shape:
    """By what a digest is cut: by headers, or into one flat list."""

    headers: tuple[Header, ...] = ()
    items: tuple[Unit, ...] = ()


def shape(title: str, text: str, cut: Sequence[Unit], names: Names) -> Shape | None:
    """Return the shape of a digest, or None where the article is none."""
    head = fold_plain(f"{title}\n{text[:_HEAD]}")
    found = list(read_headers(text, cut, names))
    strong = [one for one in found if one.form is Form.COLON or (one.form is Form.LINE and one.has_word)]
    is_series = any_in(head, SERIES)
    if is_series and any(one.governorates for one in strong):
        return Shape(headers=tuple(strong))
    if not is_series and _has_sections(text, cut, strong, names):
        return Shape(headers=tuple(one for one in strong if not one.has_bullet))
    if _has_leads(cut, found, is_series=is_series):
        return Shape(headers=tuple(one for one in found if one.opens_line or is_series))
    if any_in(head, COUNTS):
        counted = read_counts(text, names)
        if len({one.governorates for one in counted}) > 1:
            return Shape(headers=tuple(counted))
    items = _list(text, cut, is_list=any_in(fold_plain(title), LISTS))
    return Shape(items=items) if items else None


def _has_sections(text: str, cut: Sequence[Unit], headers: Sequence[Header], names: Names) -> bool:
    """Say whether the form alone, without a series' name, shows a digest by sections."""
    # "• Aleppo: four raids" is the row of a count, of which many single reports have one.
    plain = [one for one in headers if one.governorates and (one.opens_line or one.has_word) and not one.has_bullet]
    if not plain:
        return False
    ends = [one.start for one in plain[1:]] + [len(text)]
    bodies = sorted(end - one.end for one, end in zip(plain, ends, strict=True))
    if bodies[len(bodies) // 2] < _BODY or sum(bodies) < _COVERED * len(text):
        return False
    distinct = {one.governorates for one in plain}
    worded = {one.governorates for one in plain if one.has_word}
    return len(distinct) >= _FEW or len(worded) > 1 or (bool(worded) and _lists_places(cut, plain, names))


def _lists_places(cut: Sequence[Unit], headers: Sequence[Header], names: Names) -> bool:
    """Say whether bullets below name places of the governorates in the headers: strikes by village, not by month."""
    own = {code for one in headers for code in one.governorates}
    bullets = (unit for unit in cut if unit.has_bullet and unit.opens_line and unit.start > headers[0].end)
    placed = sum(1 for unit in bullets if own & set(names.governorates(unit.start, unit.end)))
    return placed >= _FEW


def _has_leads(cut: Sequence[Unit], headers: Sequence[Header], *, is_series: bool) -> bool:
    leads = [one for one in headers if one.form is Form.LEAD and (is_series or one.opens_line)]
    distinct = {one.governorates for one in leads}
    lines = sum(unit.opens_line for unit in cut)
    return len(distinct) > 1 if is_series else len(distinct) >= _FEW and len(leads) >= _LEADS * lines


def _list(text: str, cut: Sequence[Unit], *, is_list: bool) -> tuple[Unit, ...]:
    """Return the first units of the reports of a flat list; the time of a line may stand at its end."""
    if not is_list and sum(unit.time is not None for unit in cut) < _FEW:
        return ()
    lines = [(first, last) for first, last in _lines(cut) if not is_close(text, first)]
    timed = tuple(first._replace(time=first.time or last.time) for first, last in lines if first.time or last.time)
    if len(timed) >= _FEW and len(timed) >= _TIMED * len(lines):
        return timed
    if not is_list:
        return ()
    bullets = tuple(unit for unit in cut if unit.has_bullet)
    if len(bullets) >= _FEW:
        return bullets
    short = ((first, last) for first, last in lines if last.end - first.start < _LINE)
    ended = tuple(first for first, last in short if text[last.end - 1] in ";.؛،,")
    return ended if len(ended) >= _FEW else ()


def _lines(cut: Sequence[Unit]) -> Iterator[tuple[Unit, Unit]]:
    """Yield the first and the last unit of each line."""
    first: Unit | None = None
    last: Unit | None = None
    for unit in cut:
        if unit.opens_line and first and last:
            yield first, last
        first, last = unit if unit.opens_line or first is None else first, unit
    if first and last:
        yield first, last
