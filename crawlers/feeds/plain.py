"""Text of a feed → one line of plain text: no markup, no invisible controls, a bounded length."""

from __future__ import annotations

import html
import re
import unicodedata

TITLE_LIMIT = 1000  # characters; the longest headline seen in real feeds has 300

# Only HTML's own names: "profit <5% and rising>" is text.
TAG = re.compile(
    r"""(?isx)<!--.*?--> | <(script|style)\b[^<>]*>.*?</\1\s*>
    | </?(?:a|abbr|acronym|address|article|aside|audio|b|bdi|bdo|big|blockquote|br|center|cite|code|dd|del|dfn|div|dl|dt
    |em|embed|figcaption|figure|font|footer|form|frame|h[1-6]|header|hr|i|iframe|img|input|ins|kbd|label|li|link|main
    |mark|meta|nav|noscript|object|ol|option|p|param|pre|q|s|samp|script|section|select|small|source|span|strike|strong
    |style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|time|title|tr|tt|u|ul|var|video|wbr)
    (?=[\s/>])[^<>]*>"""
)
BREAKING = re.compile(r"(?i)<(?:br|p|div|li|tr|td|h[1-6]|hr)\b|</(?:p|div|li|tr|td|h[1-6])\b")
# Marks that reorder or isolate what is printed after them: a title must not rewrite a log line or a table around it.
BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def plain_text(text: str | None, *, limit: int = TITLE_LIMIT) -> str | None:
    """Tags removed, references resolved once, white space joined; None when nothing is left.

    Zero-width joiners stay: Persian and Kurdish words change without them.
    """
    if not text:
        return None
    bounded = text[: limit * 20]  # markup may be longer than the words; a megabyte is not a title
    words = html.unescape(TAG.sub(_gap, bounded)).translate(BIDI)
    words = "".join(c if unicodedata.category(c) not in ("Cc", "Cs") else " " for c in words)
    line = " ".join(words.split())
    return (line if len(line) <= limit else line[: limit - 1] + "…") or None


def _gap(tag: re.Match[str]) -> str:
    return " " if BREAKING.match(tag[0]) else ""
