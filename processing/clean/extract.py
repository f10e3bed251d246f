"""A page's tree → the article's text. The only module that knows trafilatura.

The options were chosen by measurement (benchmarks/clean.py), as mean token F1 on news pages worldwide: trafilatura's
defaults 0.949, `precision` without comments 0.963, the same in its fast form 0.923. The fast form takes 60 % of the time
and is as good but for some pages of which it misses most, so those, and no others, are read again in full: 0.968 (the
full form does worse where it has nothing to mend). Any threshold from 0.3 to 0.8 of the prose gives the same figure.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from importlib.metadata import version
from typing import Any

import trafilatura
from lxml import etree
from lxml.cssselect import CSSSelector
from trafilatura.settings import Document, Extractor

from crawlers.records import CleanRules
from processing.clean import unseen
from processing.clean.nearby import reporting
from processing.clean.trim import trim

EXTRACTOR = f"trafilatura {version('trafilatura')}"
# What trafilatura logs (an empty tree, a discarded page) comes back as a value from here.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

LONG_RUNS = etree.XPath("//body//text()[string-length(.) >= 80]")  # runs of text this long are no menu
COVERED = 0.5  # of the prose in the richest container: with less, the extractor took the wrong element
SMALL_PART = 0.5  # of the text a generous extraction finds: with less, the strict ones took the wrong element
LD_COVERED = 0.3  # of JSON-LD's articleBody: with less, the text is not in the markup (a script puts it there)
DECLARED = etree.XPath("//body//*[@itemprop='articleBody'][not(self::meta)]")
DECLARED_WORDS = 8  # fewer are no article
BLOCKS = frozenset(
    """
    address article aside blockquote body br caption dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6
    header hr li main nav ol p pre section table td th tr ul
    """.split()
)
SILENT = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "head", "select", "button"))
ESCAPED = re.compile(r"(?i)</?(?:p|br|div|span|strong|b|em|i|a|li|ul|h[1-6])(?:\s[^<>]{0,300})?/?>")
ESCAPED_TAGS = 2
MARKUP = re.compile(r"<[^>]{1,500}>")
# Made once: to read them from its configuration takes trafilatura 0.25 ms, for every page anew.
_OPTIONS = partial(Extractor, output_format="python", comments=False)
# By the rule's name. The second is asked where the first left most of the prose out.
STRICT = {
    "trafilatura precision fast": _OPTIONS(precision=True, fast=True),
    "trafilatura precision": _OPTIONS(precision=True),
}
GENEROUS = _OPTIONS()  # asked where there is no text at all


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article's text, paragraphs parted by one newline; how it came, and what speaks against it."""

    text: str
    rules: tuple[str, ...] = ()  # what found and trimmed it, in order
    flags: tuple[str, ...] = ()


def parse(text: str) -> Any:
    """Return the tree of a page, or None where there is nothing in it."""
    tree = trafilatura.load_html(text)
    # trafilatura takes a lone fragment for something else than HTML; a page may be one.
    return tree if tree is not None else trafilatura.load_html(f"<html><head></head><body>{text}</body></html>")


def declared_bodies(tree: Any, rules: CleanRules) -> list[Any]:
    """Drop what `rules.prune` names and return the elements that `rules.body` names, none within another.

    To be asked before anything else changes the tree: selectors are written for the page as it came.
    """
    for element in _selected(tree, rules.prune):
        element.drop_tree()
    elements = _selected(tree, rules.body)
    return [e for e in elements if not any(parent in elements for parent in e.iterancestors())]


def extract_declared(bodies: list[Any], rules: CleanRules, tree: Any, title: str = "") -> Extracted | None:
    """Return the text of an outlet's declared elements; None where they hold none."""
    text = "\n".join(filter(None, map(plain, bodies)))
    around = bodies[0] if len(bodies) == 1 else tree  # links and captions elsewhere are none of the text's lines
    return _trimmed(Extracted(text, (f"body {', '.join(rules.body)}",)), around, title) if text else None


def extract(tree: Any, declared_body: str = "", title: str = "", headline: Any = None) -> Extracted:
    """Return the article's text, found without rules of the outlet's own; empty where none was found.

    `declared_body` is what JSON-LD gives as the text: taken where the markup holds but a small part of it. `headline` is
    the element that shows the title, None where there is none.
    """
    with unseen.replaced(tree) as has_unseen:
        found = _general(tree)
    if has_unseen:
        found = replace(found, text=unseen.restored(found.text))
    found = _trimmed(_within_declared(_unescaped(found), tree), tree, title)
    if (element := reporting(tree, headline, title, found.text)) is not None:
        found = _trimmed(Extracted(plain(element), ("beside the headline",)), tree, title)
    if len(found.text) < LD_COVERED * len(declared_body):
        return Extracted(_lines(MARKUP.sub("\n", declared_body)), ("jsonld articleBody",))
    return found


def words_on_page(tree: Any) -> int:
    """Count the words a reader sees, menus included."""
    return len(plain(tree).split())


def count_elements(tree: Any) -> int:
    """Count the elements of a tree."""
    return sum(1 for _ in tree.iter())


def plain(element: Any) -> str:
    """Return the text of an element as a reader sees it: one line a block."""
    parts: list[str] = []
    _collect(element, parts)
    return _lines("".join(parts))


def _general(tree: Any) -> Extracted:
    """Extract without rules of the outlet's own."""
    needed = COVERED * _prose_length(tree)
    best = Extracted("")
    for name, options in STRICT.items():
        text = _attempted(options, tree)
        if text and len(text) >= needed:
            return Extracted(text, (name,))
        best = max(best, Extracted(text, (name,)), key=lambda found: len(found.text))
    text = _attempted(GENEROUS, tree)
    if len(best.text) < SMALL_PART * len(text):
        return Extracted(text, ("trafilatura",), ("generous_text",))
    return Extracted(best.text, best.rules, ("partial_text",)) if best.text else best


def _unescaped(found: Extracted) -> Extracted:
    """Read the markup of a text that was escaped once too often: <p> and <br> stand in it for all to see."""
    if "<" not in found.text or len(ESCAPED.findall(found.text)) < ESCAPED_TAGS:
        return found
    return Extracted(plain(parse(found.text)), (*found.rules, "unescaped"), found.flags)


def _within_declared(found: Extracted, tree: Any) -> Extracted:
    """Return the text of the element that is declared as the article's, where the extractor took most of its text elsewhere."""
    declared = DECLARED(tree)
    if not declared:
        return found
    inner = max(map(plain, declared), key=len)
    words, inside = Counter(found.text.split()), Counter(inner.split())
    if inside.total() < DECLARED_WORDS or (words & inside).total() >= SMALL_PART * words.total():
        return found
    return Extracted(inner, ("itemprop articleBody",))


def _trimmed(found: Extracted, tree: Any, title: str) -> Extracted:
    text, dropped = trim(found.text, tree, title)
    return Extracted(text, (*found.rules, "trimmed"), found.flags) if dropped else found


def _attempted(options: Extractor, tree: Any) -> str:
    found = trafilatura.bare_extraction(tree, options=options)
    return _lines(found.text or "") if isinstance(found, Document) else ""


def _prose_length(tree: Any) -> int:
    """Count the characters of the long runs of text that share a container, in the container that has most of them.

    An article's paragraphs stand side by side; comments, teasers and footers stand in containers of their own.
    """
    lengths: Counter[Any] = Counter()
    for run in LONG_RUNS(tree):
        element = run.getparent().getparent() if run.is_tail else run.getparent()
        if element is not None and element.tag not in SILENT:
            lengths[element.getparent()] += len(run)
    return max(lengths.values(), default=0)


def _collect(element: Any, parts: list[str]) -> None:
    if isinstance(element.tag, str) and element.tag not in SILENT:
        around = "\n" if element.tag in BLOCKS else ""
        parts += (around, element.text or "")
        for child in element:
            _collect(child, parts)
            parts.append(child.tail or "")
        parts.append(around)


def _lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.split("\n"))))


def _selected(tree: Any, selectors: tuple[str, ...]) -> list[Any]:
    return [element for css in selectors for element in _selector(css)(tree)]


@lru_cache(maxsize=512)
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")
