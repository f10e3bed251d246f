"""Words directly beside a name, looked up: the last ones of what stands before it, the first of what stands after.

Lists of words (vocabulary/cues.toml) are looked up and not made into one pattern: a look-up costs the same for five
words as for five hundred.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Generic, TypeVar

from processing.tag.aliases import script
from processing.tag.forms import smooth

Meaning = TypeVar("Meaning")

_MOST = 4  # words of one phrase
_GAP = " \t\"'(-"  # may stand between a name and the word beside it; a comma or a full stop may not
_WIDEST = 3
_ENDING = 4  # letters that a `*` stands for at most
_FIRST = re.compile(r"[ \t\"'(-]{0,3}((?:\w+(?:[ '-](?=\w))?){1,6})")
_CLITICS = ("و", "ف", "ب", "ك", "ل", "وب", "ول", "وك", "ال", "وال", "بال", "كال", "فال", "لل", "ولل")


class Phrases(Generic[Meaning]):
    """Phrases with a meaning each, as they may stand beside a name."""

    def __init__(self, listed: Iterable[tuple[str, Meaning]]) -> None:
        """Take phrases as cues.toml writes them: `*` at the end of a word stands for an ending."""
        self._whole: dict[str, Meaning] = {}
        self._stems: dict[str, Meaning] = {}
        for phrase, meaning in listed:
            table = self._stems if phrase.endswith("*") else self._whole
            for spelled in with_clitics(smooth(phrase.replace("*", "")).strip(), phrase):
                table.setdefault(spelled, meaning)
        # Most words are none of ours: these tell so at once.
        self._lasts = {phrase.rpartition(" ")[2] for phrase in self._whole}
        self._firsts = {phrase.partition(" ")[0] for phrase in self._whole}

    def before(self, text: str) -> Meaning | None:
        """Return the meaning of the longest phrase at the end of `text`, which is folded and ends where a name begins."""
        close = text.rstrip(_GAP)
        if not close or len(text) - len(close) > _WIDEST or not close[-1].isalnum():
            return None
        words = close.replace("-", " ").replace("'", " ").split()[-_MOST:]
        if words[-1] not in self._lasts and not self._may_bend(words[-1]):
            return None
        return next(filter(None, (self._get(" ".join(words[place:])) for place in range(len(words)))), None)

    def after(self, text: str, between: frozenset[str] = frozenset()) -> Meaning | None:
        """Return the meaning of the longest phrase at the start of `text`, past an English 's and one word of `between`."""
        found = _FIRST.match(text)
        words = found[1].replace("-", " ").replace("'", " ").split() if found else []
        if words and words[0] == "s":
            words = words[1:]
        for skip in (0, 1) if words and words[0] in between else (0,):
            if skip < len(words) and (words[skip] in self._firsts or self._may_bend(words[skip])):
                for length in range(min(_MOST, len(words) - skip), 0, -1):
                    if meaning := self._get(" ".join(words[skip : skip + length])):
                        return meaning
        return None

    def _get(self, phrase: str) -> Meaning | None:
        if meaning := self._whole.get(phrase):
            return meaning
        if self._may_bend(phrase):
            for length in range(_ENDING + 1):
                if meaning := self._stems.get(phrase[: len(phrase) - length]):
                    return meaning
        return None

    def _may_bend(self, word: str) -> bool:
        """Say whether a stem may fit: only Russian words are listed with an ending left open."""
        return bool(self._stems) and "а" <= word[-1] <= "я"


def flat(words: Mapping[str, list[str]]) -> Iterator[str]:
    """Yield the words of all languages."""
    for listed in words.values():
        yield from listed


def with_clitics(spelled: str, phrase: str) -> Iterator[str]:
    """Yield a spelling, and where the phrase is Arabic the spellings with the particles that are written before it."""
    yield spelled
    if script(phrase) == "ar":
        yield from (clitic + spelled for clitic in _CLITICS)
