"""An article's title, out of the five places a page may name it, and the element that shows it.

The headline a reader sees (<h1>) is the title where something else on the page, or the feed, bears it out; the others
carry the site's name or were cut for a search engine.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from processing.metadata import Metadata
from processing.text import fold_plain, tokens

SEPARATOR = re.compile(r"\s+(?:[|\-–—·•»«:]|::|\|\|)\s+|\s*[|»]\s*")
ALIKE = 0.6  # share of common words from which two strings name the same thing
SITE_WORDS = 5  # a site's name and slogan are no longer
TITLE_WORDS = 3  # what remains of a title when the site's name is taken off
LENGTH_LIMIT = 500  # characters; no headline is longer


@dataclass(frozen=True, slots=True)
class Titled:
    """A title and the element that shows it, None where the title was only declared."""

    text: str
    element: Any


def find_title(metadata: Metadata, known_sites: tuple[str, ...], feed_title: str | None) -> Titled:
    """Return the title of a page; its text is empty where the page has none. `known_sites` are the outlet's own names."""
    sites = {fold_plain(name) for name in (*known_sites, *metadata.site_names)}
    shown = [(text, element) for element in metadata.h1 if (text := " ".join("".join(element.itertext()).split()))]
    declared = [
        _without_site(text, sites) for text in (metadata.ld_headline, *metadata.meta_titles, metadata.title) if text
    ]
    declared = [text for text in declared if text and fold_plain(text) not in sites]
    witnesses = [*declared, *([feed_title] if feed_title else [])]
    shown = [(text, element) for text, element in shown if fold_plain(text) not in sites and len(text) <= LENGTH_LIMIT]
    best = max(shown, key=lambda pair: _borne_out(pair[0], witnesses), default=None)
    if best and (not witnesses or _borne_out(best[0], witnesses) >= ALIKE):
        return Titled(*best)
    text = next(iter(witnesses), best[0] if best else "")
    return Titled(text[:LENGTH_LIMIT], best[1] if best else None)


def _borne_out(text: str, witnesses: list[str]) -> float:
    return max((alike(text, witness) for witness in witnesses), default=0.0)


def alike(one: str, other: str) -> float:
    """Return the share of the shorter string's words that the other has, 0-1; a word or two prove nothing."""
    left, right = set(tokens(one)), set(tokens(other))
    shorter = min(len(left), len(right))
    return len(left & right) / max(shorter, min(TITLE_WORDS, len(left | right)), 1)


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
