"""Governorates that a number follows: "Idlib - 8 (Kansafra, Al-Bara), Latakia - 5"."""

from __future__ import annotations

import re

from processing.digest.headers import TOKEN, Form, Header
from processing.digest.names import Names
from processing.digest.words import IN, PROVINCE
from processing.tag.forms import smooth

_COUNT = re.compile(r"\s{0,2}[-–—:]?\s{0,2}\(?\s?\d{1,3}(?![\w:])")
_WORD_AFTER = re.compile(r"\s{0,2}([^\W\d_]+)")
_BACK = 40  # characters before a name in which its words stand
_BESIDE = PROVINCE | IN | {"the", "of"}


def read_counts(text: str, names: Names) -> list[Header]:
    """Return the names of governorates that a number follows, each with the words before it that belong to it."""
    found: list[Header] = []
    for start in names.starts:
        name = names.headers[start]
        end = name.end
        after = _WORD_AFTER.match(text, end)
        if after and smooth(after[1]) in PROVINCE:
            end = after.end()
        floor = found[-1].end if found else 0
        if start >= floor and _COUNT.match(text, end):
            begin = _begin_before(text, max(floor, start - _BACK), start)
            at_line = not text[text.rfind("\n", 0, begin) + 1 : begin].strip()
            found.append(Header(begin, end, (name.target,), Form.COUNT, end > name.end, at_line))
    return found


def _begin_before(text: str, floor: int, start: int) -> int:
    """Return where the words before a counted name begin that are a header's."""
    begin = start
    for token in reversed(list(TOKEN.finditer(text, floor, start))):
        if text[token.end() : begin].strip(" \t") or smooth(token[0]) not in _BESIDE:
            break
        begin = token.start()
    return begin
