"""What the words beside a name say of it: province or town, a government's metonym, a newsroom, a known trap.

Tried on the few characters beside a name that was already found, never on a whole text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from processing.tag.aliases import VocabularyError, script
from processing.tag.forms import smooth
from processing.tag.phrases import Phrases, flat, with_clitics
from processing.text import fold_plain

BESIDE = 48  # characters beside a name that are looked at
NEAR = 150  # characters on either side for words that need only be near
_APART = 3  # words within which a word of attack stands beside an attribute: two may lie between
ARMED = 100  # the same, for words of fighting
_CLITIC = r"(?:[وفبكل]{1,2}|[وفبك]?ال|و?لل)?"


class Marker(StrEnum):
    """What the word beside a name says it is."""

    GOVERNORATE = "governorate"
    DISTRICT = "district"
    TOWN = "town"
    PART = "part"  # the end of a longer name that the vocabulary does not have


_PLACES = (Marker.GOVERNORATE, Marker.DISTRICT, Marker.TOWN)


@dataclass(frozen=True, slots=True)
class Trap:
    """Words that say a spelling does not mean its target here."""

    literal: str  # of the alias, or * for all of the target's
    side: str  # before | after | near
    words: re.Pattern[str]

    def springs(self, literal: str, before: str, after: str) -> bool:
        """Say whether the words stand where they tell against the alias; texts are folded, NEAR characters long."""
        if self.literal not in ("*", literal):
            return False
        if self.side == "near":
            return bool(self.words.search(before) or self.words.search(after))
        return bool(self.words.search(before[-BESIDE:]) if self.side == "before" else self.words.match(after[:BESIDE]))


@dataclass(frozen=True, slots=True)
class Cues:
    """The words beside names, compiled."""

    marker_before: Phrases[Marker]
    marker_after: Phrases[Marker]
    marker_between: frozenset[str]
    metonym_before: Phrases[bool]
    metonym_after: Phrases[bool]
    media_before: Phrases[bool]
    media_after: Phrases[bool]
    armed: re.Pattern[str]
    attack: frozenset[str]  # words of attack, with what Arabic writes before them
    attack_stems: tuple[str, ...]
    traps: Mapping[str, tuple[Trap, ...]]  # by target

    def marker(self, before: str, after: str) -> tuple[Marker | None, bool]:
        """Read the word directly before, else directly after a name, in folded text; with whether it stands before."""
        if marker := self.marker_before.before(before[-BESIDE:]):
            return marker, True
        return self.marker_after.after(after[:BESIDE], self.marker_between), False

    def metonym(self, before: str, after: str) -> bool:
        """Say whether the name of a capital stands for its government."""
        return bool(self.metonym_before.before(before[-BESIDE:]) or self.metonym_after.after(after[:BESIDE]))

    def media(self, before: str, after: str) -> bool:
        """Say whether a word beside the name makes it a newsroom's."""
        return bool(self.media_before.before(before[-BESIDE:]) or self.media_after.after(after[:BESIDE]))

    def fighting(self, before: str, after: str) -> bool:
        """Say whether a word of fighting stands near."""
        return bool(self.armed.search(before[-ARMED:]) or self.armed.search(after[:ARMED]))

    def attacking(self, before: str, after: str) -> bool:
        """Say whether a word of attack stands beside an attribute: "Turkish artillery shelling", قصف مدفعي تركي."""
        words = [*before[-BESIDE:].split()[-_APART:], *after[:BESIDE].replace("-", " ").split()[:_APART]]
        return any(word in self.attack or word.startswith(self.attack_stems) for word in words)

    def trapped(self, target: str, literal: str, before: str, after: str) -> bool:
        """Say whether a known trap holds for this alias of this target."""
        return any(trap.springs(literal, before, after) for trap in self.traps.get(target, ()))


def read_cues(cues: Mapping[str, Any], traps: Iterable[Mapping[str, str]]) -> Cues:
    """Compile cues.toml and traps.csv."""
    marker, metonym, media = cues["marker"], cues["metonym"], cues["media"]
    attack = [word for side in cues["attack"].values() for word in flat(side)]
    grouped: dict[str, list[Trap]] = defaultdict(list)
    for row in traps:
        grouped[row["target"]].append(_trap(row))
    return Cues(
        marker_before=Phrases((word, kind) for kind in Marker for word in flat(marker[kind]["before"])),
        marker_after=Phrases((word, kind) for kind in _PLACES for word in flat(marker[kind]["after"])),
        marker_between=frozenset(flat(marker["between"])),
        metonym_before=Phrases((word, True) for word in flat(metonym["before"])),
        metonym_after=Phrases((word, True) for word in flat(metonym["after"])),
        media_before=Phrases((word, True) for word in flat(media["before"])),
        media_after=Phrases((word, True) for word in flat(media["after"])),
        armed=re.compile(rf"(?<!\w)(?:{'|'.join(_pattern(word) for word in flat(cues['armed']))})(?!\w)"),
        attack=frozenset(spelled for word in attack if "*" not in word for spelled in with_clitics(smooth(word), word)),
        attack_stems=tuple(smooth(word.rstrip("*")) for word in attack if word.endswith("*")),
        traps={target: tuple(found) for target, found in grouped.items()},
    )


def _trap(row: Mapping[str, str]) -> Trap:
    words = "|".join(_pattern(word) for word in row["words"].split("|"))
    patterns = {
        "before": rf"(?:^|\W)(?:{words})[ \"'(-]{{0,3}}$",
        "after": rf"[ \"'(-]{{0,3}}(?:{words})(?!\w)",
        "near": rf"(?<!\w)(?:{words})(?!\w)",
    }
    if row["side"] not in patterns:
        raise VocabularyError(f"traps.csv: {row['target']}: side: expected before, after or near, got {row['side']!r}")
    return Trap(row["alias"], row["side"], re.compile(patterns[row["side"]]))


def _pattern(word: str) -> str:
    """Write a word as a pattern: `*` is an ending of up to four letters, an Arabic word may carry particles."""
    pattern = re.escape(fold_plain(word)).replace(r"\*", r"\w{0,4}")
    return f"{_CLITIC}{pattern}" if script(word) == "ar" else pattern
