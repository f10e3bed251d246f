"""Which of several texts is likest to one, in few steps whatever they hold: hostile texts have 10,000s of sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

SAME = 0.5  # share of words from which a sentence is the other one edited
NEAREST = 40  # others that one is compared with where many changed


def likest(words: Sequence[str], others: Sequence[Sequence[str]]) -> tuple[float, int]:
    """Return how alike the likest of `others` is, 0-1, and its place, the first of equal ones; (0, 0) of none."""
    likenesses = [alike(words, other) for other in others]
    best = max(likenesses, default=0.0)
    return best, likenesses.index(best) if likenesses else 0


def alike(one: Sequence[str], other: Sequence[str]) -> float:
    """Return the share of words in common, each as often as it stands in both: linear in the words, whatever they are."""
    common = (Counter(one) & Counter(other)).total()
    return 2 * common / (len(one) + len(other)) if one or other else 1.0
