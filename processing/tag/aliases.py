"""One spelling of one target as the vocabulary writes it: the name, and in braces what must hold for it to count.

    Jabal Bashan{2025-10..}      only in articles of October 2025 or later
    Dara{context}                only where something near it says that the place is meant

The grammar is described for people in processing/vocabulary/README.md; a word it does not know is an error.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from crawlers.records import BulletinsError
from processing.records import TagKind

FLAGS = frozenset(
    ("firm", "context", "marker", "metonym", "named", "armed", "legacy", "case", "cue", "media", "free", "attack")
)
_BRACES = re.compile(r"(?P<literal>[^{}|]+?)(?:\{(?P<conditions>[^{}]+)\})?")
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")


class VocabularyError(BulletinsError):
    """A mistake in a vocabulary file: names the file, the row and what was expected."""


class Form(StrEnum):
    """How an alias names its target; the first word of a tag's rule."""

    NAME = "name"
    ALIAS = "alias"
    ACRONYM = "acronym"
    LOADED = "loaded"  # a term that takes sides
    OUTLET = "outlet"
    CLASS = "class"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A spelling, its target, and the conditions under which the one means the other."""

    kind: TagKind
    target: str
    literal: str  # as the vocabulary writes it, without braces
    form: Form
    language: str  # by script: ar, en (any Latin), ru
    flags: frozenset[str] = frozenset()
    since: dt.date | None = None  # strict window of this alias
    until: dt.date | None = None  # last day
    near: frozenset[str] = frozenset()  # p-codes, one of which another place of the article must lie in
    by: frozenset[str] = frozenset()  # outlets, one of which must have published the article

    @property
    def dated(self) -> bool:
        """Whether the alias has a window of its own."""
        return self.since is not None or self.until is not None

    def holds_on(self, day: dt.date) -> bool:
        """Say whether a day lies in its own window."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    @property
    def said(self) -> str:
        """How it names its target, in words: the start of a tag's rule."""
        words = [str(self.form), *sorted(self.flags - {"case", "firm", "free"})]
        words += [f"near {'/'.join(sorted(self.near))}"] * bool(self.near) + ["by outlet"] * bool(self.by)
        return ", ".join([*words, "dated"] if self.dated else words)

    @property
    def conditions(self) -> int:
        """How many conditions it has: of two that hold, the one with more knows more."""
        return len(self.flags) + bool(self.near) + bool(self.by) + self.dated


def parse_aliases(cell: str, *, kind: TagKind, target: str, form: Form) -> Iterator[Alias]:
    """Read a cell of aliases parted by `|`. Raises VocabularyError naming the target."""
    for part in filter(None, (part.strip() for part in cell.split("|"))):
        found = _BRACES.fullmatch(part)
        if not found:
            raise VocabularyError(f"{target}: {part!r}: expected name or name{{conditions}}")
        conditions = _conditions(found["conditions"] or "", f"{target}: {part!r}")
        literal = found["literal"].strip()
        yield Alias(kind=kind, target=target, literal=literal, form=form, language=script(literal), **conditions)


def script(text: str) -> str:
    """Name the language rules that a spelling follows, by its letters: ar, ru or en."""
    if _ARABIC.search(text):
        return "ar"
    return "ru" if _CYRILLIC.search(text) else "en"


def window(text: str, where: str) -> tuple[dt.date | None, dt.date | None]:
    """Read `2024-12-08..`, `..2025-01` or `2015..2016` as first and last day, both included."""
    first, dots, last = text.partition("..")
    if not dots:
        raise VocabularyError(f"{where}: expected a window such as 2024-12-08.., got {text!r}")
    return _day(first, where, last=False), _day(last, where, last=True)


def _day(text: str, where: str, *, last: bool) -> dt.date | None:
    if not text:
        return None
    try:
        year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
        month = month or (12 if last else 1)
        return dt.date(year, month, day or (calendar.monthrange(year, month)[1] if last else 1))
    except ValueError as error:
        raise VocabularyError(f"{where}: expected YYYY, YYYY-MM or YYYY-MM-DD, got {text!r}") from error


def _conditions(text: str, where: str) -> dict[str, Any]:
    flags: set[str] = set()
    read: dict[str, Any] = {}
    for word in text.split():
        if ".." in word:
            read["since"], read["until"] = window(word, where)
        elif word.startswith(("near=", "by=")):
            name, _, values = word.partition("=")
            read[name] = frozenset(values.split(","))
        elif word in FLAGS:
            flags.add(word)
        else:
            raise VocabularyError(
                f"{where}: expected one of {', '.join(sorted(FLAGS))}, near=, by= or a window, got {word!r}"
            )
    return {**read, "flags": frozenset(flags)}
