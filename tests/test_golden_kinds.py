"""Pages that are no articles, in the shapes a crawler meets, and 200 short bulletins that are: floors for telling them apart."""

from __future__ import annotations

from collections import Counter

import pytest

from benchmarks.kinds import outcome, samples

# Of 20 pages each, refused under any reason: an article made of such a page is the fault. The paywall's are the hardest.
REFUSED = {
    "challenge": 17, "consent": 15, "homepage": 13, "listing": 17, "login": 18, "parked": 15, "paywall": 13, "soft_404": 17,
}  # fmt: skip


@pytest.mark.parametrize("kind", REFUSED)
def test_pages_that_are_no_articles_are_refused(kind: str) -> None:
    found = Counter(map(outcome, samples(kind)))
    assert found.total() == 20
    assert found.total() - found["article"] >= REFUSED[kind], found


def test_no_short_bulletin_is_refused_whatever_words_it_holds() -> None:
    bulletins = samples("bulletin")
    assert len(bulletins) == 200
    assert [(sample["id"], found) for sample in bulletins if (found := outcome(sample)) != "article"] == []
