"""Boxes that are headed as something else than the article: cut out of the tree before the text is looked for.

On pages with little text (a bulletin of two sentences) the teasers under "most read" and the readers' comments are the
longest prose there is, and extractors take them for the article. Their headings say what they are.
"""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from processing.clean.line_phrases import HEADINGS
from processing.text import fold_plain

LONG_CELL = 600  # characters; a cell of a table of figures holds less
TEXT = etree.XPath("string()")
HEADING_LENGTH = 60  # characters; what heads a box is no longer
HEADING_TAGS = tuple("h1 h2 h3 h4 h5 h6 b strong span div p a td legend dt header font".split())
BLOCKS = frozenset(("br", "div", "dl", "form", "hr", "ol", "p", "table", "ul"))  # what may follow a heading's own text
KEPT_TAGS = frozenset(("html", "body", "main", "article"))
# What a site calls the place of its article's text: a heading that happens to come first in it does not head all of it.
BODY = re.compile(
    r"(?i)(?:article|story|post|entry|news|content|detail)[-_]{0,2}(?:body|text|content|story)|fulltext|td-post-content"
)


def prune(tree: Any, headline: Any) -> int:
    """Cut out of `tree` every box whose first words are the heading of a list, of comments or the like; returns how many.

    A box never holds `headline`, the element that shows the article's title; without one nothing is cut.
    """
    if headline is None:
        return 0
    above = {headline, *headline.iterancestors()}
    boxes: dict[Any, None] = {}  # a set that keeps the order
    for element in tree.iter(*HEADING_TAGS):
        if element not in above and _is_heading(element) and (box := _box(element, above)) is not None:
            boxes[box] = None
    for box in boxes:
        if box.getparent() is not None:
            box.drop_tree()
    return len(boxes)


def unfold_tables(tree: Any, headline: Any) -> None:
    """Turn the tables that lay out a page into plain divisions, so that their cells are no rows of figures.

    Such a table holds the headline, another table, or a cell with a long text.
    """
    above = set() if headline is None else set(headline.iterancestors("table"))
    for table in [table for table in tree.iter("table") if table in above or _lays_out(table)]:
        for part in [table, *table.iter("tbody", "thead", "tr", "td", "th")]:
            if part is table or next(part.iterancestors("table"), table) is table:
                part.tag = "div"


def _lays_out(table: Any) -> bool:
    return next(table.iterdescendants("table"), None) is not None or any(
        len(TEXT(cell)) > LONG_CELL for cell in table.iter("td")
    )


def _is_heading(element: Any) -> bool:
    text = element.text
    if text is None or not 2 <= len(text) <= HEADING_LENGTH or (len(element) and element[0].tag not in BLOCKS):
        return False
    return bool(HEADINGS.fullmatch(fold_plain(" ".join(text.split())).strip(" :.-•»›|")))


def _may_hold_text(element: Any) -> bool:
    named = " ".join(element.get(name, "") for name in ("class", "id", "itemprop"))
    return element.tag in KEPT_TAGS or bool(named and BODY.search(named))


def _box(element: Any, above: set[Any]) -> Any:
    """Return the largest element that begins with this heading and does not hold the headline; None where it heads nothing."""
    box, begins = element, True
    while begins and (parent := box.getparent()) is not None and parent not in above and not _may_hold_text(parent):
        begins = not (parent.text or "").strip() and not any(
            "".join(before.itertext()).strip() or (before.tail or "").strip()
            for before in box.itersiblings(preceding=True)
        )
        if begins:
            box = parent
    return box if box is not element or len(element) else None
