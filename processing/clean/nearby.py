"""The text beside the headline, for bulletins so short that an extractor takes the readers' comments for the article.

A bulletin says in a sentence what its headline says. Where a short text came that shares next to nothing with the
headline, and a paragraph after the headline shares much of it, that paragraph is the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from lxml import etree

from processing.text import fold_plain, tokens

SHORT = 1200  # characters; a longer text is no comment and no footer
ALIKE = 0.3  # of the headline's words stand in a paragraph that reports it
MORE_WORDS = 4  # it has than the headline; one that has not only repeats it
UNLIKE = 0.5  # of that share: a text with less is about something else
RELATED = 0.34  # of the headline's words: a text that has them is the article, and no other is looked for
HEADLINE_WORDS = 3  # fewer say too little
PARAGRAPH = 40  # characters of the shortest bulletin
LOOKED_AT = 400  # elements after the headline
STEM = {True: 3, False: 5}  # letters that inflected forms of a word have in common: of Arabic ones, and of others
PREFIXES = ("وال", "بال", "كال", "فال", "لل", "ال", "و", "ب", "ل", "ف")
HOLDERS = frozenset(("p", "div", "td", "span", "section", "article", "li", "blockquote", "font", "center", "h2", "h3"))
SIDE = frozenset(("a", "nav", "footer", "aside", "form", "script", "style", "select", "button", "noscript", "header"))
TEXT = etree.XPath("string()")


def reporting(tree: Any, headline: Any, title: str, text: str) -> Any:
    """Return the element whose paragraphs report what the headline says, where `text` does not; else None.

    `headline` is the element that shows the title, in `tree`; None where there is none.
    """
    if headline is None or len(text) > SHORT:
        return None
    wanted = _stems(title)
    folded = fold_plain(text)  # to part all its words takes five times as long
    shared = sum(stem in folded for stem in wanted)
    if len(wanted) < HEADLINE_WORDS or shared >= RELATED * len(wanted):
        return None
    best, most = None, ALIKE
    for element, own in _paragraphs(headline):
        found = _stems(own)
        share = len(wanted & found) / len(wanted)
        if share > most and len(found - wanted) >= MORE_WORDS:
            best, most = element, share
    return best if shared <= UNLIKE * most * len(wanted) else None


def _paragraphs(headline: Any) -> Iterator[tuple[Any, str]]:
    """Yield the elements after the headline that hold a paragraph of their own, with it, links and side matter apart."""
    above = set(headline.iterancestors())
    for element in islice(headline.xpath("following::*"), LOOKED_AT):
        if element.tag not in HOLDERS or element in above:
            continue
        own = " ".join(part for part in (element.text, *(child.tail for child in element)) if part).strip()
        if len(own) >= PARAGRAPH and not any(
            outer.tag in SIDE for outer in element.iterancestors() if outer not in above
        ):
            yield element, own


def _stems(text: str) -> set[str]:
    return {_stem(word) for word in tokens(text) if len(word) > STEM[True]}


def _stem(word: str) -> str:
    is_arabic = "\u0620" <= word[0] <= "\u06d3"
    if is_arabic:
        prefix = next((one for one in PREFIXES if word.startswith(one) and len(word) >= len(one) + STEM[True]), "")
        word = word[len(prefix) :]
    return word[: STEM[is_arabic]]
