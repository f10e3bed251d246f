"""An article's title, out of the five places a page may name it, and the element that shows it.

The headline a reader sees (<h1>) is the title where something else on the page, or the feed, bears it out; the others
carry the site's name or were cut for a search engine.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from processing.clean.metadata import Metadata
from processing.text import fold_plain, tokens

SEPARATOR = re.compile(r"\s+(?:[|\-–—·•»«:]|::|\|\|)\s+|\s*[|»]\s*")
THE_SAME = 0.9  # from which a lesser heading is the headline
ALIKE = 0.6  # share of common words from which two strings name the same thing
SITE_WORDS = 5  # a site's name and slogan are no longer
TITLE_WORDS = 3  # what remains of a title when the site's name is taken off
LENGTH_LIMIT = 500  # characters; no headline is longer


@dataclass(frozen=True, slots=True)
class Titled:
    """A title and the element that shows it, None where the title was only declared."""

    text: str
    element: Any


def find_title(tree: Any, metadata: Metadata, known_sites: tuple[str, ...], feed_title: str | None) -> Titled:
    """Return the title of a page; its text is empty where the page has none. `known_sites` are the outlet's own names."""
    sites = {fold_plain(name) for name in (*known_sites, *metadata.site_names)}
    sites |= _named_twice(metadata)
    # Cut first: what is done with a title grows with its separators, and no headline is longer.
    named = (text[:LENGTH_LIMIT] for text in (metadata.ld_headline, *metadata.meta_titles, metadata.title) if text)
    declared = [_without_site(text, sites) for text in named]
    witnesses = [
        text for text in (*declared, (feed_title or "")[:LENGTH_LIMIT]) if text and fold_plain(text) not in sites
    ]
    for elements, needed in ((metadata.h1, ALIKE if witnesses else 0.0), (metadata.subheads, THE_SAME)):
        shown = [(line, e) for e in elements if (line := _line(e)) and fold_plain(line) not in sites]
        best = max(shown, key=lambda pair: _borne_out(pair[0], witnesses), default=None)
        if best and len(best[0]) <= LENGTH_LIMIT and _borne_out(best[0], witnesses) >= needed:
            return Titled(unescape(best[0]), best[1])
    cut = (part for witness in witnesses for part in _ends_cut(witness))
    if found := _showing(tree, (*witnesses, *cut)):
        return Titled(unescape(found[0]), found[1])
    return Titled(unescape(witnesses[0])[:LENGTH_LIMIT] if witnesses else "", next(iter(metadata.h1), None))


def _named_twice(metadata: Metadata) -> set[str]:
    """Return the first headings that are but an end of the page's title: there they name the site."""
    ends = {fold_plain(part.strip()) for part in SEPARATOR.split(metadata.title or "")[1:]}
    return {folded for element in metadata.h1 if (folded := fold_plain(_line(element))) in ends}


def _ends_cut(text: str) -> Iterator[str]:
    """Yield what a title is without one or several of its last or first parts, for sites whose name is not known."""
    for part in SEPARATOR.finditer(text):
        for cut in (text[: part.start()].strip(), text[part.end() :].strip()):
            if len(cut.split()) >= TITLE_WORDS:
                yield cut


def _showing(tree: Any, texts: Iterable[str]) -> tuple[str, Any] | None:
    """Return the first of the texts that an innermost element of old markup shows exactly, and that element."""
    wanted = {" ".join(text.split()): text for text in texts}
    found: dict[str, Any] = {}
    for element in tree.iter("b", "strong", "font", "span", "td", "div", "p", "center") if wanted else ():
        if element.text and len(element) == 0 and (line := " ".join(element.text.split())) in wanted:
            found.setdefault(line, element)
    return next(((text, found[line]) for line, text in wanted.items() if line in found), None)


def _borne_out(text: str, witnesses: list[str]) -> float:
    return max((alike(text, witness) for witness in witnesses), default=0.0)


def alike(one: str, other: str) -> float:
    """Return the share of the shorter string's words that the other has, 0-1; a word or two prove nothing."""
    left, right = set(tokens(one)), set(tokens(other))
    shorter = min(len(left), len(right))
    return len(left & right) / max(shorter, min(TITLE_WORDS, len(left | right)), 1)


def _line(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _without_site(text: str, sites: set[str]) -> str:
    """Take the site's name off either end of a title: a known name always, an unknown one where it is short."""
    parts = list(SEPARATOR.finditer(text))
    if not parts:
        return text
    head, tail = text[: parts[-1].start()].strip(), text[parts[-1].end() :].strip()
    first, rest = text[: parts[0].start()].strip(), text[parts[0].end() :].strip()
    if fold_plain(tail) in sites:
        return _without_site(head, sites)
    if fold_plain(first) in sites:
        return _without_site(rest, sites)
    if (
        len(tail.split()) <= SITE_WORDS
        and len(head.split()) >= max(TITLE_WORDS, len(tail.split()))
        and "|" in parts[-1][0]
    ):
        return head
    return text
