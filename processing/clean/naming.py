"""Lines that are nothing but a name: of a place, an actor or a newsroom, as the tagger's vocabulary has them.

A town that heads a section, an agency below a report or an actor among the tags recurs like a line of the site's.
"""

from __future__ import annotations

import datetime as dt

from processing.digest.words import FILLER, PROVINCE
from processing.tag import Vocabulary
from processing.tag.match import search
from processing.text import tokens

AGENCY = "news agency agencies وكالة وكالات أنباء الأنباء агентство ajansı"
COUNTRIES = """
    syria iraq lebanon turkey turkiye jordan israel iran russia kurdistan rojava gaza
    سوريا سورية العراق لبنان تركيا الأردن إسرائيل إيران روسيا كردستان كوردستان روجافا فلسطين غزة
    сирия ирак ливан турция иордания израиль иран россия suriye ırak lübnan türkiye ürdün rusya
"""
BESIDE = frozenset(
    word
    for known in (PROVINCE, FILLER, AGENCY.split(), COUNTRIES.split())
    for listed in known
    for word in tokens(listed)
)
DAY = dt.date(2020, 1, 1)  # names that were in use on some day of the war are enough


def is_name(line: str, vocabulary: Vocabulary) -> bool:
    """Say whether every word of a line is part of a name, or says only where in its surroundings a place lies."""
    field = search("text", line, vocabulary, DAY)
    rest = list(field.folded.text)
    for hits in field.hits.values():
        for hit in hits:
            rest[hit.start : hit.end] = " " * (hit.end - hit.start)
    for word in field.words:
        rest[word.start : word.end] = " " * (word.end - word.start)
    return set(tokens("".join(rest))) <= BESIDE
