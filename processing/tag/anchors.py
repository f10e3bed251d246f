"""Governorates an article speaks of, and where: by them a name that two places share, or a common word, is judged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from processing.tag.match import Field
from processing.tag.spans import Found

NEARBY = 300  # characters; about the length of a paragraph of a bulletin
_NOWHERE = 1_000_000
_HEADER = 40  # a line as short as this that names a governorate heads what follows: "Idlib Province:"
# Douma is named beside Damascus, not beside the countryside it lies in.
_TOGETHER = {"SY01": "SY03", "SY03": "SY01"}


class Evidence(NamedTuple):
    """Why a place of a governorate is likely here."""

    kind: str  # near: a sure place of it stands near; header: the section is about it; title: the headline names it
    distance: int  # characters to the nearest sure place of it in the field


@dataclass(frozen=True, slots=True)
class Anchors:
    """Places that are sure, by field and position."""

    _found: tuple[Found, ...]
    _headers: tuple[Found, ...]

    def evidence(self, field: Field, position: int, governorate: str | None) -> Evidence | None:
        """Say what speaks for a place of this governorate standing here; None: nothing."""
        if governorate is None:
            return None
        meant = (governorate, _TOGETHER.get(governorate))
        distance = self._distance(field, position, meant)
        if distance <= NEARBY:
            return Evidence("near", distance)
        header = self._header(field, position)
        if header and header.governorate in meant:
            return Evidence("header", distance)
        in_title = any(found.field.name == "title" and found.governorate in meant for found in self._found)
        return Evidence("title", distance) if in_title else None

    def is_silent(self, field: Field, position: int) -> bool:
        """Say whether nothing around tells which governorate is spoken of."""
        here = any(found.field is field and abs(found.start - position) <= NEARBY for found in self._found)
        return not here and self._header(field, position) is None

    def _header(self, field: Field, position: int) -> Found | None:
        above = [found for found in self._headers if found.field is field and found.start <= position]
        return above[-1] if above else None

    def _distance(self, field: Field, position: int, meant: tuple[str | None, ...]) -> int:
        there = (found for found in self._found if found.field is field and found.governorate in meant)
        return min((abs(found.start - position) for found in there), default=_NOWHERE)

    def nearest(self, field: Field, position: int) -> str | None:
        """Return the governorate of the nearest sure place within NEARBY, else that of the section; None: neither is there."""
        near = [
            (abs(found.start - position), found.governorate)
            for found in self._found
            if found.field is field and found.governorate and abs(found.start - position) <= NEARBY
        ]
        if near:
            return min(near)[1]
        header = self._header(field, position)
        return header.governorate if header else None

    def any_in(self, governorates: frozenset[str]) -> bool:
        """Say whether the article names a place in one of these governorates."""
        return any(found.governorate in governorates for found in self._found)


def anchors(sure: Iterable[Found]) -> Anchors:
    """Collect the anchors of an article from the places that are sure."""
    found = tuple(sure)
    return Anchors(found, tuple(one for one in found if one.target == one.governorate and _is_header(one)))


def _is_header(found: Found) -> bool:
    text = found.field.folded.text
    begin = text.rfind("\n", 0, found.start) + 1
    end = text.find("\n", found.end)
    return found.field.name == "text" and (len(text) if end < 0 else end) - begin <= _HEADER
