"""Names as two scripts share them: their consonants, cut down to those that every transliteration keeps.

أوبين, Obin and Обин are the same to no dictionary. What is left of a name when vowels go, and consonants that are written
in each other's place become one, is the same often enough to speak for two reports of one event in two languages: a
village that no list has, the name of a victim. It identifies nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from processing.same_event.words import read_common
from processing.text import fold_plain, tokens

_OPENING = 1500  # characters
_SHORTEST = 3  # consonants: two are anybody's
_ARABIC = str.maketrans(
    dict(zip("بتطثجحخهدضذظرزسصشغفقكلمنپچگڤ", "bttsjhhhddddrzssxgfkklmnbxgf", strict=True))
    | dict.fromkeys("اوينءعئؤآأإىة ", None)
    | {"ن": "n"}
)
_RUSSIAN = str.maketrans(
    dict(zip("бвгджзклмнпрстфхцчшщ", "bfgdjzklmnbrstfhsxxx", strict=True)) | dict.fromkeys("аеёиоуыэюяйьъ", None)
)
_LATIN = str.maketrans(
    dict(zip("bdfghjklmnrstzqcvp", "bdfghjklmnrstzkkfb", strict=True)) | dict.fromkeys("aeiouwy'’", None) | {"x": "ks"}
)
# Digraphs of transliterations, and one character for each.
_DIGRAPHS = (("kh", "h"), ("sh", "\0"), ("ch", "\0"), ("th", "t"), ("dh", "d"), ("gh", "g"), ("ph", "f"), ("dj", "j"))
_CAPITAL = re.compile(r"(?<![\w'’-])(?:[Aa]l[- ]|[Ee]l[- ])?([A-Z][\w'’]{2,}(?:-[A-Z]\w+)?)")
_CYRILLIC = re.compile(r"(?<![\w-])([А-ЯЁ][а-яё]{2,}(?:-[А-ЯЁ][а-яё]+)?)")
_PREFIX = re.compile(r"^(?:و?[بلفك]?ال|لل|و)(?=\w{3})")
_RUN = re.compile(r"(.)\1+")
_ENDINGS = re.compile(r"(?:ами|ями|ого|ому|ой|ом|ем|ах|ях|ов|ев)$")


def names(title: str, text: str) -> list[str]:
    """Return the consonants of capitalised words, and of all words in Arabic, which has no capitals; common ones left out."""
    opening = f"{title}\n{text}"[:_OPENING]
    common = read_common("common_names.txt")
    found = (consonants(word) for word in _words(opening))
    return [one for one in dict.fromkeys(found) if len(one) >= _SHORTEST and one not in common]


def consonants(word: str) -> str:
    """Return what is left of a folded word of any of the three scripts."""
    first = word[:1]
    if "\u0621" <= first <= "\u06ff":
        left = _PREFIX.sub("", word).removesuffix("ه").translate(_ARABIC)
    elif "а" <= first <= "ё":
        left = _ENDINGS.sub("", word).replace("дж", "ж").translate(_RUSSIAN)
    else:
        if not word.endswith(tuple(pair for pair, _ in _DIGRAPHS)):
            word = word.removesuffix("h")
        for pair, one in _DIGRAPHS:
            word = word.replace(pair, one)
        left = word.translate(_LATIN).replace("\0", "x")
    return _RUN.sub(r"\1", left)


def _words(opening: str) -> Iterator[str]:
    for pattern in (_CAPITAL, _CYRILLIC):
        for found in pattern.finditer(opening):
            yield from fold_plain(found[1]).split("-")
    yield from (word for word in tokens(opening) if "\u0621" <= word[0] <= "\u064a")
