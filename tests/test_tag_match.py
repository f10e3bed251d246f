"""Where names and words of attribution stand in a text, and that a long text costs no more for each of them."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from processing.tag import load_vocabulary
from processing.tag.match import around, search
from processing.tag.newsrooms import FARTHEST

SAID = [
    "said",
    "according to",
    "the agency reported that",
    "قال",
    "وفق ما ذكرت",
    "сообщил",
    "со ссылкой на",
    "SANA",
    "a",
    "\n",
    ".",
]


class Counted(list):
    """A list that counts how often it is read."""

    def __init__(self, items: object) -> None:
        super().__init__(items)
        self.reads = 0

    def __getitem__(self, place):
        self.reads += 1
        return super().__getitem__(place)


@settings(deadline=None)  # the first example reads the vocabulary
@given(st.lists(st.sampled_from(SAID), max_size=60), st.integers(0, 600), st.integers(0, 40))
def test_every_word_of_attribution_that_is_near_is_among_those_around(said, start, length):
    words = search("text", " ".join(said), load_vocabulary(), dt.date(2019, 9, 7)).words
    found = list(around(words, start, start + length))
    assert found == [word for word in words if word in found]
    near = [word for word in words if 0 <= start - word.end <= FARTHEST or 0 <= word.start - start - length <= FARTHEST]
    assert [word for word in near if word not in found] == []


def test_of_a_text_with_a_hundred_thousand_of_them_few_are_read():
    words = Counted((place * 10, place * 10 + 4, "said") for place in range(100_000))
    assert len(list(around(words, 500_000, 500_010))) < 60
    assert words.reads < 200
