"""Marks that nobody sees and that belong to the text: kept through an extractor that drops them.

trafilatura keeps printable characters only (utils.remove_control_characters, 2.x). The zero-width non-joiner is a letter of
Persian and Sorani spelling, and marks of direction keep a line of two scripts in order: what is stored is what the outlet
wrote. While the extractor works, printable characters that no page uses stand for them in the tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from lxml import etree

MARKS = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u00ad"
# Modifier letters for tones of Chinese dialects and their like; letters, so that no word is cut at them.
STANDS_FOR = {mark: chr(0xA700 + number) for number, mark in enumerate(MARKS)}
INTO = str.maketrans(STANDS_FOR)
BACK = str.maketrans({stand_in: mark for mark, stand_in in STANDS_FOR.items()})
UNSEEN = re.compile(f"[{MARKS}]")
TEXT = etree.XPath("string()")


@contextmanager
def replaced(tree: Any) -> Iterator[bool]:
    """Let other characters stand for the unseen marks of a tree within the block; yields whether there are any.

    What is taken from the tree in the meantime goes through `restored`.
    """
    text = TEXT(tree)
    if not any(mark in text for mark in MARKS):  # a search by pattern takes five times as long
        yield False
        return
    changed = []
    for node in tree.iter():
        for name in ("text", "tail") if isinstance(node.tag, str) else ("tail",):  # text goes on behind a comment
            value = getattr(node, name)
            if value and UNSEEN.search(value):
                changed.append((node, name, value))
                setattr(node, name, value.translate(INTO))
    try:
        yield True
    finally:
        for node, name, value in changed:
            setattr(node, name, value)


def restored(text: str) -> str:
    """Put the marks back."""
    return text.translate(BACK)
