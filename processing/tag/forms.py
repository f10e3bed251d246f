"""The other spellings a name takes by rule: Russian cases, Arabic articles and plurals, Latin transliterations.

All in folded form (processing/text.py) with hyphens and apostrophes as spaces, which is how texts are searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product

from processing.text import fold_plain

SMOOTH = str.maketrans("-'_", "   ")
# And, so, in, for, like, and their pairs. ل before ال is spelled لل, which the vocabulary has as spellings of its own.
CLITICS = frozenset(("و", "ف", "ب", "ل", "ك", "وب", "ول", "وك", "فب", "فل", "فك"))

# The article before a sun letter as press and gazetteers write it: ar-Raqqa, er-Raqqa, al-Raqqa.
_ARTICLES = frozenset(
    ("al", "el", "ar", "er", "as", "es", "at", "et", "an", "en", "az", "ez", "ad", "ed", "ash", "esh", "ath")
)
_SUN = ("sh", "th", "r", "s", "t", "n", "z", "d")

# First words of place names and how they are transliterated.
_FIRST = (
    ("kafr", "kafar", "kfar", "kufr", "kafer"),
    ("tell", "tel", "tal", "tall"),
    ("deir", "dayr", "dair", "deyr"),
    ("ain", "ayn", "ein"),
    ("abu", "abou", "abo"),
    ("umm", "um", "om"),
    ("jabal", "jebel", "djebel", "jabel"),
    ("sheikh", "shaykh", "sheik", "cheikh"),
    ("maarat", "maarrat", "maaret", "ma arat", "ma arrat", "ma aret", "maret", "marat"),
    ("beit", "bayt", "bait"),
    ("khirbet", "khirbat", "kherbet", "khirba"),
    ("jubb", "jub", "jeb", "jib"),
    ("qalaat", "qalat", "qal at"),
)
_ALTERNATIVES = {word: group for group in _FIRST for word in group}
_JOINED_AR = ("كفر", "دير", "تل", "خان", "معره", "عين")
_MOST = 60  # forms of one alias

# Russian endings by the ending of the nominative, put in the place of that ending; singular cases for singular names,
# plural ones for plural names. Fleeting vowels and animacy are left out: a form too many does no harm.
_NOUN = (
    ("цы", ("цы", "цев", "цам", "цами", "цах")),
    ("войска", ("войска", "войск", "войскам", "войсками", "войсках")),
    ("ания", ("ания", "аний", "аниям", "аниями", "аниях")),  # формирования: plural
    ("ения", ("ения", "ений", "ениям", "ениями", "ениях")),
    ("ия", ("ия", "ии", "ию", "ией")),
    ("ие", ("ие", "ия", "ию", "ием", "ии")),
    ("ь", ("ь", "я", "ю", "ем", "е", "и", "ью")),
    ("й", ("й", "я", "ю", "ем", "е")),
    ("я", ("я", "и", "е", "ю", "ей")),
    ("а", ("а", "ы", "и", "е", "у", "ой", "ою", "ей")),
    ("ы", ("ы", "ов", "ам", "ами", "ах", "")),
    ("и", ("и", "ов", "ей", "ам", "ами", "ах", "ям", "ями", "ях", "ий")),
    ("о", ("о", "а", "у", "ом", "е")),
)
_CONSONANT = ("", "а", "у", "ом", "ем", "е")
_ADJECTIVE = (
    ("ая", ("ая", "ой", "ую", "ою")),
    ("яя", ("яя", "ей", "юю")),
    ("ый", ("ый", "ого", "ому", "ым", "ом")),
    ("ий", ("ий", "ого", "ому", "им", "ом")),
    ("ой", ("ой", "ого", "ому", "ым", "ом")),
    ("ое", ("ое", "ого", "ому", "ым", "ом", "им")),
    ("ее", ("ее", "его", "ему", "им", "ем")),
    ("ые", ("ые", "ых", "ым", "ыми")),
    ("ие", ("ие", "их", "им", "ими")),
)


def smooth(text: str) -> str:
    """Fold a spelling and turn its hyphens and apostrophes into spaces."""
    return fold_plain(text).translate(SMOOTH)


def spellings(literal: str, language: str, *, is_place: bool) -> tuple[str, ...]:
    """Return the folded spellings of an alias, the one as written first, at most 60."""
    written = smooth(literal).strip()
    forms = {"ar": _arabic, "ru": _russian, "en": _latin}[language](literal, written, is_place)
    return tuple(dict.fromkeys([written, *(form for form in forms if form.strip())]))[:_MOST]


def _latin(literal: str, written: str, is_place: bool) -> Iterator[str]:
    if "'" in fold_plain(literal):
        yield " ".join(fold_plain(literal).replace("'", "").translate(SMOOTH).split())
    words = written.split()
    if len(words) > 1:
        choices = [_word_choices(words, place, is_place) for place in range(len(words))]
        for chosen in product(*choices):
            yield " ".join(chosen)
    if is_place:
        yield from _endings(written)
        article, _, rest = written.partition(" ")
        if article in _ARTICLES and len(rest) > 5:
            yield rest
            yield from _endings(rest)
        if re.match(r"h[aeiouhm]", written) and len(written) > 4:
            yield "k" + written  # ح through Russian: Hmeimim, Хмеймим, Khmeimim


def _endings(written: str) -> Iterator[str]:
    """Yield the other transliterations of ة: Hasakah, Hasakeh, Hasaka."""
    for ending in ("ah", "eh", "a"):
        if len(written) > 5 and written.endswith(ending) and written.removesuffix(ending)[-1] not in "aeou ":
            yield from (written.removesuffix(ending) + other for other in ("ah", "eh", "a") if other != ending)
            return


def _word_choices(words: list[str], place: int, is_place: bool) -> tuple[str, ...]:
    word = words[place]
    if word in _ARTICLES and place + 1 < len(words):
        following = words[place + 1]
        sun = next((letter for letter in _SUN if following.startswith(letter)), "")
        forms = ("al", "el", f"a{sun}", f"e{sun}") if sun else ("al", "el")
        return tuple(dict.fromkeys((word, *forms)))
    return _ALTERNATIVES.get(word, (word,)) if is_place and place == 0 else (word,)


def _arabic(_literal: str, written: str, is_place: bool) -> Iterator[str]:
    """Joined writing of كفر نبل; the oblique plural of مسلحون. Letters before a word are match.py's concern."""
    first, _, rest = written.partition(" ")
    if is_place and rest and first in _JOINED_AR:
        yield ("معرت" if first == "معره" else first) + rest
    if not is_place:
        yield re.sub(r"(\w{3})ون\b", r"\1ين", written)


def _russian(literal: str, _written: str, is_place: bool) -> Iterator[str]:
    """Decline the words up to and including the first noun: adjectives agree with it, what follows is a genitive.

    A hyphenated name is one word, of which the last part is declined. Declined first and folded after: folding makes
    й and и one letter.
    """
    units = literal.lower().split()
    if is_place and len(units) == 1 and units[0].endswith(("ы", "и", "о", "е")):
        return  # Камышлы, Кобани, Алеппо, Хасеке: not declined
    nouns = [place for place, unit in enumerate(units) if place + 1 == len(units) or not _is_adjective(unit)]
    head = nouns[0]
    adjectives = [_forms(unit, _ADJECTIVE) for unit in units[:head]]
    for case in range(max([len(forms) for forms in adjectives], default=1)):
        agreeing = [forms[min(case, len(forms) - 1)] for forms in adjectives]
        for noun in _noun_forms(units[head]):
            yield smooth(" ".join([*agreeing, noun, *units[head + 1 :]]))


def _is_adjective(unit: str) -> bool:
    return len(unit) > 4 and any(unit.endswith(ending) for ending, _ in _ADJECTIVE)


def _noun_forms(unit: str) -> tuple[str, ...]:
    if re.search(r"(?:[кг]ие|[нв]ые|щие)$", unit):  # военные, протестующие: adjectives used as nouns
        return _forms(unit, _ADJECTIVE)
    if re.search(r"[бвгджзклмнпрстфхцчшщ]$", unit):
        return tuple(unit + ending for ending in _CONSONANT)
    return _forms(unit, _NOUN)


def _forms(unit: str, paradigm: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    for ending, forms in paradigm:
        if unit == ending or (unit.endswith(ending) and len(unit) > len(ending) + 1):
            return tuple(unit.removesuffix(ending) + form for form in forms)
    return (unit,)
