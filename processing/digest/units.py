"""A text cut at its smallest joints: lines, sentences, bullets. Each pattern is linear in the text."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

# A new line; the blank after a sentence; a bullet within a line; in Arabic also a full stop that no blank follows, which
# is how lines that were joined by a careless copy look; not between tatweels, where it only dodges filters: قصـ.ـف.
_JOINT = re.compile(
    r"\n|(?<=[.!?؟])[\"”»)]{0,3}[ \t\u00a0](?=\S)|(?<=[\u0600-\u063f\u0641-\u06ff]\.)(?=[\u0621-\u063f\u0641-\u064a])|"
    r"(?<=[\s:])(?=[•●▪■◾►]|\u0640(?!\w))"
)
_BULLET = re.compile(r"(?:[-–—•●▪■◾►▶*·✔♦◆]{1,3}|\u0640{1,3})\s{0,3}(?=\S)|\(?\d{1,2}[.)-]\s{1,3}(?=\S)")
_CLOCK = r"\d{1,2}:\d\d"
_TIME_FIRST = re.compile(rf"[\[(]?({_CLOCK})(?![:\d])[\])]?\s{{0,3}}[-–—|:]?\s{{0,3}}(?=\S)")
_TIME_LAST = re.compile(rf"[-–—|(,،]\s{{0,3}}({_CLOCK})[)\]]?\s{{0,3}}\.?$")
_TIME_ROOM = 14  # characters at the end of a line in which its time stands
_SHORT = frozenset(
    ("gen", "col", "lt", "maj", "capt", "st", "mr", "mrs", "dr", "no", "им", "ген", "г", "гг", "тыс", "ул")
)


class Unit(NamedTuple):
    """A sentence, or what a line has instead."""

    start: int
    end: int
    content: int  # where it begins to speak, past bullet and time
    opens_line: bool
    ends_line: bool
    has_bullet: bool
    time: str | None  # as printed, at its beginning or at the end of its line

    @property
    def marked(self) -> bool:
        """Whether a bullet or a time sets it apart."""
        return self.has_bullet or self.time is not None


@functools.lru_cache(maxsize=2)  # the text at hand, asked for by the digest's shape and by the statements
def units(text: str) -> tuple[Unit, ...]:
    """Cut a text into its units; together they hold every character that is no white space."""
    return tuple(_units(text))


def _units(text: str) -> Iterator[Unit]:
    start, opens_line = 0, True
    for joint in _JOINT.finditer(text):
        is_line = joint[0] == "\n"
        if not is_line and joint[0] and _is_inside(text, start, joint.start()):
            continue
        if unit := _unit(text, start, joint.end(), opens_line=opens_line, ends_line=is_line):
            yield unit
            opens_line = is_line
        opens_line = opens_line or is_line
        start = joint.end()
    if unit := _unit(text, start, len(text), opens_line=opens_line, ends_line=True):
        yield unit


def _is_inside(text: str, start: int, stop: int) -> bool:
    """Say whether the full stop belongs to an abbreviation, an initial or the number of an item."""
    if text[stop - 1] != ".":
        return False
    begin = stop - 1
    while begin > start and stop - begin <= 6 and text[begin - 1].isalnum():
        begin -= 1
    word = text[begin : stop - 1]
    if word.isdigit() and len(word) <= 2:
        return not text[start:begin].strip()
    return (len(word) == 1 and word.isalpha() and word.isupper()) or word.lower() in _SHORT


def _unit(text: str, start: int, end: int, *, opens_line: bool, ends_line: bool) -> Unit | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        return None
    content, time = start, None
    if bullet := _BULLET.match(text, start, end):
        if opens_line or bullet[0][0] not in "-–—*(0123456789":
            content = bullet.end()
        else:
            bullet = None
    if opens_line and (first := _TIME_FIRST.match(text, content, end)) and _is_time(first[1]):
        content, time = first.end(), first[1]
    elif ends_line and (last := _TIME_LAST.search(text, max(content, end - _TIME_ROOM), end)) and _is_time(last[1]):
        time = last[1]
    return Unit(start, end, content, opens_line, ends_line, bullet is not None, time)


def _is_time(clock: str) -> bool:
    hour, minute = map(int, clock.split(":"))  # digits of any script
    return hour < 24 and minute < 60
