"""Which articles are copies of one another: what they share, how much, and groups. Pure.

Across outlets a copy has the same words or most of the words of the shorter text, and names the same places and numbers.
Within one outlet it has the same words and the same title: its daily bulletins are filled into one form and share more
with each other than two reports of one event do (of 11 such pairs of real texts 1 was above any threshold, of 7 real
copies 4 below it), and where cleaning found only the frame of a page, dozens of different articles seem to have one text.

Texts are compared where they share a mark. Of a text's three-word sequences those are sampled whose hash says so, the
same in every text, and two neighbouring ones are a mark: a stretch of about a dozen words. Copies with a fifth of their
words changed, with leads and tails, cut to half or to 30 % share one in 0.99 of cases; a phrase that all reports use
("the Syrian Observatory for Human Rights said") is shorter than a stretch. The same of every order of arrival, and no
list of frequent phrases is needed. Measured by benchmarks/duplicates.py, beside MinHash in bands, which compared 0.86 of
the halves and 0.87 of those with a fifth changed.

Only texts of about the same time are compared, unless their words are the same: so a new article costs the same however
many years the tables hold (benchmarks/growth.py).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

from processing.disjoint import Disjoint
from processing.noise import is_date_line
from processing.text import tokens

METHOD = "overlap"
_SAMPLED = 6  # one in so many three-word sequences
_STRETCH = 8  # words; of short texts too few sequences are sampled, and phrases that all use are shorter than this
# Share of the shorter text's two-word sequences that a copy has: half of them are left when a quarter of words changed.
_CONTAINED = 0.5
# Short bulletins repeat their phrases: "shelling near A, two injured" and the same near B share more than half of their
# word pairs. Below this length only a text that is nearly the same counts.
_SHORT_WORDS = 60
_SHORT_CONTAINED = 0.75
# A form that was filled in anew has other numbers and places: so many of the one's must be among the other's.
_AGREES = 0.5
_FEWEST_PLACES = 2
_LONGEST_NUMBER = 3  # digits; years stand in the footers of both
# With fewer, a single word in common is a large share: only the very same words count, and those of the title with them.
FEWEST_SHINGLES = 12
# Bits of a hash that are kept beside the period: with ten million marks one in 28 million meets another's by chance.
_LOWER = (1 << 48) - 1
# Days between two texts above which only the very same words make a copy; and days whose marks are stored together: twice
# as many, so that copies of a text lie in its own period and one other.
WINDOW = 30
PERIOD = 2 * WINDOW
# Another value makes all fingerprints anew.
METHOD_VERSION = (
    f"5 (marks of two of one in {_SAMPLED} three-word sequences, half contained, numbers, places, {WINDOW} days)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """What of a text is compared. Only the marks and counts are stored: the rest is made of the text anew."""

    marks: tuple[int, ...]  # 48 bits, each once, in order of size
    shingle_count: int
    word_count: int
    folded_sha256: str  # hex; equal for texts of the same words
    shingles: frozenset[str] = field(repr=False)  # two-word sequences
    numbers: Counter[str] = field(repr=False, compare=False)  # as digits, with how often
    dated: Counter[str] = field(repr=False, compare=False)  # those of them in lines that are nothing but a date


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A text with its fingerprint and what decides which of its copies is the first."""

    article_id: str
    version_id: str
    key: str
    outlet: str
    title_words: str  # folded
    published_at: dt.datetime | None  # of a date good for a day or a month only, the end of that: it was out by then
    group_id: str | None  # article_id of the first of the copies it is known to belong to; None: of none
    fingerprint: Fingerprint | None  # None: not made yet
    places: frozenset[str] = frozenset()  # ids of the places it names, governorates left out
    at: dt.datetime | None = None  # published, or first seen where it has no date; None: not known, of any time
    period: int = 0  # which one of PERIOD days since 1970 `at` lies in
    reach: tuple[int, ...] = ()  # the first and the last period in which its copies may lie; empty: not looked for

    @property
    def rank(self) -> tuple[bool, dt.datetime | None, str]:
        """Sorts the first published text first; undated ones last; then by key."""
        return (self.published_at is None, self.published_at, self.key)


def fingerprint(title: str, text: str, marks: tuple[int, ...] | None = None) -> Fingerprint:
    """Make the fingerprint of an article's text; of a very short one the title counts too.

    `marks` are its marks where they are known: making them is half of the work.
    """
    words = tokens(text)
    shingles = frozenset(map(" ".join, pairwise(words)))
    compared = words if len(shingles) >= FEWEST_SHINGLES else [*tokens(title), "\n", *words]
    return Fingerprint(
        marks=_marks(words) if marks is None else marks,
        shingle_count=len(shingles),
        word_count=len(words),
        folded_sha256=hashlib.sha256(" ".join(compared).encode()).hexdigest(),
        shingles=shingles,
        numbers=_numbers(words),
        dated=_numbers(tokens("\n".join(filter(is_date_line, text.split("\n"))))),
    )


def _numbers(words: Iterable[str]) -> Counter[str]:
    return Counter(word for word in filter(str.isdigit, words) if len(word) <= _LONGEST_NUMBER)


def placed(marks: Iterable[int], period: int) -> tuple[int, ...]:
    """Return marks as they are stored: the period in the upper 16 of 64 bits, so that those of a time stand together."""
    return tuple((period << 48) | mark for mark in marks)


def bare(stored: Iterable[int]) -> tuple[int, ...]:
    """Return marks without the period that they are stored with."""
    return tuple(sorted(mark & _LOWER for mark in stored))


def _hash(words: str) -> int:
    """Hash words to 48 bits, the same in every process and with every version of Python."""
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "little") & _LOWER


def _marks(words: Sequence[str]) -> tuple[int, ...]:
    """Return the marks of a text; of one with a single sampled sequence that one. A short one's stretches are all marks."""
    sequences = map(" ".join, zip(words, words[1:], words[2:], strict=False))
    sampled = [sequence for sequence in sequences if crc32(sequence.encode()) % _SAMPLED == 0]
    stretches = [f"{one}|{other}" for one, other in pairwise(sampled)] or sampled
    if len(words) < _SHORT_WORDS:
        stretches += [" ".join(words[place : place + _STRETCH]) for place in range(len(words) - _STRETCH + 1)]
    return tuple(sorted({_hash(stretch) for stretch in stretches}))


def similarity(first: Fingerprint, second: Fingerprint) -> float:
    """Return the share of two-word sequences in common (Jaccard), 0-1."""
    if first.folded_sha256 == second.folded_sha256:
        return 1.0
    common = len(first.shingles & second.shingles)
    return common / (len(first.shingles) + len(second.shingles) - common or 1)


def is_copy(first: Text, second: Text) -> bool:
    """Decide whether two articles are the same or nearly the same."""
    one, other = first.fingerprint, second.fingerprint
    if one is None or other is None:
        return False
    same_words = one.folded_sha256 == other.folded_sha256
    if first.outlet == second.outlet:
        return same_words and first.title_words == second.title_words
    fewest = min(one.shingle_count, other.shingle_count)
    if same_words or fewest < FEWEST_SHINGLES:
        return same_words
    if first.at and second.at and abs(first.at - second.at) > dt.timedelta(days=WINDOW):
        return False
    is_short = min(one.word_count, other.word_count) < _SHORT_WORDS
    if len(one.shingles & other.shingles) < (_SHORT_CONTAINED if is_short else _CONTAINED) * fewest:
        return False
    # A date that a template prints is the text's in one outlet and left out in another.
    agree = _agree(one.numbers, other.numbers, 1) or _agree(one.numbers - one.dated, other.numbers - other.dated, 1)
    return agree and _agree(Counter(first.places), Counter(second.places), _FEWEST_PLACES)


def _agree(one: Counter[str], other: Counter[str], fewest: int) -> bool:
    """Say whether what the one that has less of it says stands in the other, where it says as much at all."""
    least = min(one.total(), other.total())
    return least < fewest or (one & other).total() >= _AGREES * least


def group(texts: Iterable[Text]) -> list[list[Text]]:
    """Group texts with their copies: copies of copies belong together, and what was in one group stays in one.

    Every text with a fingerprint is in exactly one group, most of them alone. The result does not depend on the order of
    `texts`; groups come with their first published text first.
    """
    known = sorted((text for text in texts if text.fingerprint), key=lambda text: text.key)
    sets = Disjoint(range(len(known)))
    for first, *others in _known_groups(known):
        for other in others:
            sets.join(first, other)
    for bucket in _buckets(known):
        _compare(known, bucket, sets)
    groups = [sorted((known[index] for index in group), key=lambda text: text.rank) for group in sets.groups()]
    return sorted(groups, key=lambda members: members[0].rank)


def _compare(texts: Sequence[Text], bucket: Sequence[int], sets: Disjoint) -> None:
    """Join the copies of one bucket, comparing few of its pairs.

    Texts that are in one set are not compared: a thousand near copies cost a thousand comparisons. Of one outlet only
    texts of the same words under one title are: a thousand pages that share a frame cost none.
    """
    by_page: dict[tuple[str, str, str], dict[int, list[int]]] = {}
    by_outlet: dict[str, dict[int, list[int]]] = {}
    for index in bucket:
        text = texts[index]
        page = (text.outlet, text.title_words, text.fingerprint.folded_sha256 if text.fingerprint else "")
        peers = [by_page.get(page, {}), *(found for outlet, found in by_outlet.items() if outlet != text.outlet)]
        for other, members in (pair for found in peers for pair in found.items()):
            if sets.root(other) != sets.root(index) and any(is_copy(text, texts[member]) for member in members):
                sets.join(other, index)
        for found in (by_page.setdefault(page, {}), by_outlet.setdefault(text.outlet, {})):
            found.setdefault(sets.root(index), []).append(index)


def _known_groups(texts: Sequence[Text]) -> Iterable[list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        if text.group_id is not None:
            groups[text.group_id].append(index)
    return groups.values()


def _buckets(texts: Sequence[Text]) -> Iterable[Sequence[int]]:
    """Yield the places of texts that are worth comparing: of the same words, or of one mark."""
    by_words: dict[str, list[int]] = defaultdict(list)
    by_mark: dict[int, list[int]] = defaultdict(list)
    for index, text in enumerate(texts):
        if text.fingerprint is None:
            continue
        by_words[text.fingerprint.folded_sha256].append(index)
        if text.fingerprint.shingle_count >= FEWEST_SHINGLES:
            for mark in text.fingerprint.marks:
                by_mark[mark].append(index)
    # The dozens of marks that two copies share make one bucket.
    return dict.fromkeys(tuple(bucket) for bucket in (*by_words.values(), *by_mark.values()) if len(bucket) > 1)
