"""An outlet's own recurring lines, known from its declaration, dropped from a text.

Which lines they are is data beside the declaration (crawlers/boilerplate.py), learned by processing.clean.recurring and
reviewed by a person; here they are only applied, so a text depends on its page and its declaration and on nothing else.
A line is compared in its form: folded, and with a 0 for each number, so that "Views: 123" is "Views: 9" again.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from crawlers.rules import Boilerplate
from processing.clean.extract import Extracted
from processing.text import fold_plain

DROPPED = "boilerplate_dropped"
KEPT = "boilerplate_kept"  # known lines stand in the text still, because little would be left without them
LEFT = 0.5  # of the characters; a text that would lose more is made of such lines, or they are not what they seem
LEFT_WORDS = 4  # as many as an article has at least
LAST_LINES = 3  # of a text, where a known line may be glued to a paragraph as its last sentences
GLUED = 3  # sentences at most that are glued to a paragraph
NUMBER = re.compile(r"\d+")
SENTENCE_END = re.compile(r"(?:(?<=[.!?؟…|])|(?<=[.!?؟…][»”\"]))\s+(?=\S)")


def form(line: str) -> str:
    """Return the form in which two printings of one line are the same; the form of a form is itself."""
    return " ".join(NUMBER.sub("0", fold_plain(line)).split())


def endings(line: str) -> list[tuple[int, str]]:
    """Return what may be glued to a line: its last sentences, the longest first, each with where it begins."""
    ends = [found for found in SENTENCE_END.finditer(line) if found.start()]
    return [(found.start(), line[found.end() :]) for found in ends[-GLUED:]]


def without_boilerplate(found: Extracted, boilerplate: Boilerplate) -> Extracted:
    """Return the text without the outlet's known lines, flagged when any stood in it; a line it keeps is never dropped.

    Never adds or reorders anything. A text that would lose more than half of itself, or its last words, stays whole.
    """
    known = _forms(boilerplate)
    if not known:
        return found
    text, before = found.text, ""
    while text != before:  # what is glued to a line shows only when the lines below it are gone
        text, before = _shortened(text, known), text
    if text == found.text:
        return found
    if len(text) < LEFT * len(found.text) or len(text.split()) < LEFT_WORDS:
        return replace(found, flags=(*found.flags, KEPT))
    return replace(found, text=text, rules=(*found.rules, "boilerplate"), flags=(*found.flags, DROPPED))


def _shortened(text: str, known: frozenset[str]) -> str:
    lines = [line for line in text.split("\n") if form(line) not in known]
    return "\n".join((*lines[:-LAST_LINES], *(_without_ending(line, known) for line in lines[-LAST_LINES:])))


def _without_ending(line: str, known: frozenset[str]) -> str:
    return next((line[:start] for start, ending in endings(line) if form(ending) in known), line)


@lru_cache(maxsize=128)
def _forms(boilerplate: Boilerplate) -> frozenset[str]:
    return frozenset(map(form, boilerplate.dropped)) - frozenset(map(form, boilerplate.kept)) - {""}
