"""How alike two texts are: shingles as the article-extraction-benchmark counts them, and bags of words.

Shingles: the texts are cut into words (`\\w+`), runs of four are counted, and a page's true positives, false positives and
false negatives are divided by their sum, so that every page weighs the same; precision and recall are of the sums over
all pages (scrapinghub/article-extraction-benchmark, evaluate.py). The error is the deviation over bootstrap samples of
the pages.
"""

from __future__ import annotations

import random
import re
import statistics
from collections import Counter
from dataclasses import dataclass

from processing.text import tokens

WORD = re.compile(r"\w+")
SHINGLE = 4
SAMPLES = 1000

Counts = tuple[float, float, float]  # true positives, false positives, false negatives; their sum is 1


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision, recall, F1 (all 0-1) over some pages, and the F1's bootstrap error."""

    precision: float
    recall: float
    f1: float
    error: float


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the runs of four words of a text with their counts; a shorter text is one run."""
    words = WORD.findall(text)
    return (
        Counter(tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))) if words else Counter()
    )


def compare(found: str, wanted: str) -> Counts:
    """Return a page's counts; two empty texts agree."""
    left, right = shingles(found), shingles(wanted)
    common = (left & right).total()
    total = left.total() + right.total() - common
    return (
        (common / total, (left.total() - common) / total, (right.total() - common) / total)
        if total
        else (1.0, 0.0, 0.0)
    )


def quality(counts: list[Counts], seed: int = 0) -> Quality:
    """Sum up the counts of pages."""
    chance = random.Random(seed)
    samples = [scores(chance.choices(counts, k=len(counts)))[2] for _ in range(SAMPLES)]
    return Quality(*scores(counts), statistics.pstdev(samples))


def scores(counts: list[Counts]) -> tuple[float, float, float]:
    """Return precision, recall and F1 of the sums over pages."""
    right, too_much, missed = (sum(column) for column in zip(*counts, strict=True))
    precision = right / (right + too_much) if right + too_much else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def bag_f1(found: str, wanted: str) -> float:
    """F1 of two bags of folded words: 2 * common / (found + wanted); 1.0 for two empty texts."""
    left, right = Counter(tokens(found)), Counter(tokens(wanted))
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 1.0
