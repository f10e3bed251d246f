"""The uncommon words of a text, cut down to stems that two reports of one event may share."""

from __future__ import annotations

import functools
import re
from importlib import resources

from processing.text import tokens

_OPENING_WORDS = 150
_SHORTEST = 3  # letters of a stem
_TELLING = 5  # words of a title that is held against its text
_FAR = 50_000  # characters of a text that are looked at for them
_HELD = 0.35  # share of them that the text of an article has at least
# A light stemmer: enough to bring the forms of a name together; Snowball's for Arabic cuts names to pieces.
_ARABIC = re.compile(r"^(?:وال|بال|فال|كال|لل|ال|و|ب|ل|ف)?(\w{3,}?)(?:ات|ون|ين|ها|يه|ه|ي|ا)?$")
_ENGLISH = re.compile(r"^(\w{4,}?)(?:ing|ed|es|s)?$")
_RUSSIAN = re.compile(
    r"^(\w{4,}?)(?:ами|ями|ого|его|ому|ему|ыми|ими|ой|ей|ом|ем|ам|ям|ах|ях|ов|ев|ы|и|а|я|у|ю|е|о|ь|й)?$"
)


def uncommon(title: str, text: str) -> list[str]:
    """Return the stems of title and first 150 words that are not common in news on the war."""
    common = read_common("common_words.txt")
    stems = (stem(word) for word in (*tokens(title), *tokens(text[: _OPENING_WORDS * 16])[:_OPENING_WORDS]))
    return [one for one in stems if len(one) >= _SHORTEST and one not in common]


def told_by_title_alone(title: str, text: str) -> bool:
    """Say whether the text has next to nothing of what the title tells: a page whose article was not in the capture."""
    told = {stem(word) for word in tokens(title) if len(word) >= _SHORTEST}
    if len(told) < _TELLING:
        return False
    held = {stem(word) for word in tokens(text[:_FAR])}
    return len(told & held) < _HELD * len(told)


def stem(word: str) -> str:
    """Cut the usual endings, and in Arabic the article and what is written together with it, off a folded word."""
    first = word[0]
    pattern = _ENGLISH if first.isascii() else _RUSSIAN if "а" <= first <= "я" else _ARABIC
    found = pattern.match(word) if not first.isdigit() else None
    return found[1] if found else word


@functools.cache
def read_common(file: str) -> frozenset[str]:
    """Return what stands in a list of the vocabulary, a line each, as too common to tell two events apart."""
    lines = resources.files("processing.vocabulary").joinpath(file).read_text(encoding="utf-8").split("\n")
    return frozenset(line for line in lines if line and not line.startswith("#"))
