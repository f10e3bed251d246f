"""Headers of sections: "Aleppo Province:", "محافظة حلب وريفها:", "وفي إدلب،", "В провинции Хама – 3".

Read word by word from where a unit begins to speak: a header is made of names of governorates and of the few words that
stand beside them; the first other word ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from processing.digest.names import Name, Names
from processing.digest.units import Unit
from processing.digest.words import AROUND, FILLER, IN, PROVINCE, SCENES
from processing.tag.forms import CLITICS, smooth
from processing.text import fold_plain

LONGEST = 100  # characters of a header
_CAPITAL, _CAPITAL_COUNTRYSIDE = "SY01", "SY03"  # elsewhere city and countryside are one governorate
TOKEN = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*|[^\w\s]")
_BETWEEN = frozenset('.,،"«»()/“”&-–—')


class Form(StrEnum):
    """What ends a header, and by that how sure it is."""

    COLON = "colon"
    LINE = "line"  # the end of its line
    LEAD = "lead"  # nothing: "In Idlib, shells fell"
    COUNT = "count"  # a number: "Idlib - 8"


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a section."""

    start: int  # of the unit, bullet included
    end: int  # past its colon
    governorates: tuple[str, ...]  # empty: a scene
    form: Form
    has_word: bool  # a word such as "province" stands in it
    opens_line: bool
    has_bullet: bool = False


@dataclass(slots=True)
class _Reading:
    """What has been read of a header so far."""

    governorates: list[str] = field(default_factory=list)
    is_lead: bool = False
    has_word: bool = False
    end: int = 0  # past the last word that is a header's


def read_headers(text: str, cut: Iterable[Unit], names: Names) -> Iterator[Header]:
    """Yield the headers that units begin with."""
    starts, place = names.starts, 0
    for unit in cut:
        while place < len(starts) and starts[place] < unit.content:
            place += 1
        is_near = place < len(starts) and starts[place] < min(unit.content + LONGEST, unit.end)
        if header := (_read(text, unit, names) if is_near else None) or _scene(text, unit):
            yield header


def _read(text: str, unit: Unit, names: Names) -> Header | None:
    reading, position = _Reading(end=unit.content), unit.content
    stop = min(unit.end, unit.content + LONGEST)
    while position < stop and (token := TOKEN.search(text, position, unit.end)):
        position = token.start()
        if name := _name_at(text, position, names):
            reading.is_lead |= text[position : name.start].endswith("ب")  # بحلب: in Aleppo
            reading.governorates.append(name.target)
            position = reading.end = name.end
        elif token[0] == ":":
            return _header(unit, reading, _past_colons(text, token.end(), unit.end), Form.COLON)
        elif _take(reading, token[0]):
            is_end = token[0] == "." and token.end() == unit.end
            if token[0][0].isalnum() or is_end or (token[0] in ",،" and reading.governorates):
                reading.end = token.end()
            position = token.end()
        else:
            break
    # "Idlib Province." is a header on its own line, and where lines were joined as well.
    is_sentence = reading.has_word and not reading.is_lead and text[unit.end - 1] == "."
    if position >= unit.end and (is_sentence or (unit.opens_line and unit.ends_line)):
        return _header(unit, reading, unit.end, Form.LINE)
    return _header(unit, reading, reading.end, Form.LEAD) if reading.is_lead else None


def _past_colons(text: str, position: int, end: int) -> int:
    """Return the position past the last of the colons that follow: "حلب::"."""
    while position < end and text[position] == ":":
        position += 1
    return position


def _take(reading: _Reading, token: str) -> bool:
    """Take a word or mark into a header; False: it is none of a header's."""
    if not token[0].isalnum():
        return token in _BETWEEN or not fold_plain(token).strip()  # a vowel sign folds to nothing
    word = smooth(token)
    for form in (word, *_bare(word)):
        if form in AROUND:
            reading.has_word = True
            if reading.governorates and reading.governorates[-1] == _CAPITAL:
                reading.governorates.append(_CAPITAL_COUNTRYSIDE)
            return True
        if form in PROVINCE:
            reading.has_word = True
            reading.is_lead = reading.is_lead or (word != form and word.startswith("ب"))
            return True
        if form in FILLER or form == "و":
            return True
        if form in IN:
            reading.is_lead = reading.is_lead or not reading.governorates
            return not reading.governorates
    return False


def _bare(word: str) -> Iterator[str]:
    """Yield a word without the particles written with it: the province, in the province."""
    for length in (1, 2):
        if word[:length] in CLITICS and len(word) > length + 2:
            yield word[length:]
    for article in ("ال", "لل"):
        if word.startswith(article):
            yield word[2:]


def _name_at(text: str, position: int, names: Names) -> Name | None:
    if name := names.headers.get(position):
        return name
    for length in (1, 2):
        if fold_plain(text[position : position + length]) in CLITICS and (name := names.headers.get(position + length)):
            return name
    return None


def _header(unit: Unit, reading: _Reading, end: int, form: Form) -> Header | None:
    if not reading.governorates:
        return None
    governorates = tuple(dict.fromkeys(reading.governorates))
    return Header(unit.start, end, governorates, form, reading.has_word, unit.opens_line, unit.has_bullet)


def _scene(text: str, unit: Unit) -> Header | None:
    colon = text.find(":", unit.content, min(unit.end, unit.content + LONGEST))
    if colon < 0 or not fold_plain(text[unit.content : colon]).startswith(SCENES):
        return None
    return Header(unit.start, colon + 1, (), Form.COLON, True, unit.opens_line, unit.has_bullet)
