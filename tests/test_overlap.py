"""What counts as a copy: how much of one text stands in the other, and that numbers and places agree."""

from __future__ import annotations

import gzip
import json
import os
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing import overlap
from tests import seed
from tests.seed import DAY, NIGHT
from tests.texts import WORDS, edited, prose


def fingerprint(words: list[str] | str, title: str = "") -> overlap.Fingerprint:
    return overlap.fingerprint(title, words if isinstance(words, str) else " ".join(words))


def test_the_same_words_in_another_spelling_are_an_exact_copy():
    first = "قصفت القوات بلدة سراقب، وأدى القصف إلى إصابة شخصين في إدلب يوم أمس بحسب مصادر محلية في البلدة"
    second = "قصفت القوّات بلدة سراقب وأدى القصف الى اصابة شخصين في ادلب يوم أمس بحسب مصادر محليه في البلده"
    assert fingerprint(first).folded_sha256 == fingerprint(second).folded_sha256


def text(
    number: int,
    words: list[str] | str,
    outlet: str = "",
    title: str = "",
    group: str | None = None,
    places: tuple[str, ...] = (),
) -> overlap.Text:
    return overlap.Text(
        article_id=str(number),
        version_id=str(number),
        key=seed.key_of(str(number)),
        outlet=outlet or f"outlet_{number}",
        title_words=title.lower(),
        published_at=NIGHT + number * DAY,
        group_id=group,
        fingerprint=fingerprint(words, title),
        places=frozenset(places),
    )


@pytest.mark.parametrize(("share", "expected"), [(0.0, True), (0.1, True), (0.2, True), (0.5, False), (1.0, False)])
def test_a_long_text_of_another_outlet_with_some_words_changed_is_a_copy_and_with_half_of_them_is_not(share, expected):
    words = prose(1)
    assert overlap.is_copy(text(1, words), text(2, edited(words, share))) is expected


def test_a_text_cut_to_a_third_or_with_a_lead_is_a_copy():
    words = prose(1, 300)
    for changed in (
        words[:100],
        words[120:220],
        prose(2, 40) + words,
        words + prose(3, 60),
        prose(4, 20) + edited(words[:150], 0.1),
    ):
        assert overlap.is_copy(text(1, words), text(2, changed))
        assert set(fingerprint(words).marks) & set(fingerprint(changed).marks)


def test_a_form_that_was_filled_in_anew_is_no_copy():
    words = prose(1, 150)
    monday = [*words[:50], "3", *words[50:100], "12", *words[100:]]
    friday = [*words[:50], "7", *words[50:100], "40", *words[100:]]
    assert not overlap.is_copy(text(1, monday), text(2, friday))
    assert overlap.is_copy(text(1, monday), text(2, [*words[:50], "3", *words[50:100], "13", *words[100:]]))
    here, there = ("PL-saraqib-sy07", "PL-ariha-sy07"), ("PL-azaz-sy02", "PL-afrin-sy02")
    assert not overlap.is_copy(text(1, words, places=here), text(2, words[1:], places=there))
    assert overlap.is_copy(text(1, words, places=here), text(2, words[1:], places=here[:1]))


@given(
    st.lists(st.sampled_from([*WORDS[:20], "3", "12"]), max_size=90), st.lists(st.sampled_from(WORDS[:20]), max_size=90)
)
def test_two_texts_are_copies_of_each_other_or_neither_is(first, second):
    one, other = text(1, first), text(2, second)
    assert overlap.is_copy(one, other) is overlap.is_copy(other, one)
    assert 0 <= overlap.similarity(one.fingerprint, other.fingerprint) <= 1
    assert len(one.fingerprint.marks) <= len(first) + 60


def test_short_bulletins_about_different_towns_are_no_copies():
    form = (
        "Government forces shelled the outskirts of {} with artillery on {} morning, local sources reported, "
        "and {} people were injured"
    )
    monday, friday = form.format("Saraqib", "Monday", "two"), form.format("Kafr Nabl", "Friday", "five")
    assert not overlap.is_copy(text(1, monday), text(2, friday))


def test_a_very_short_text_is_a_copy_only_with_the_same_title():
    first = text(1, "Photo gallery", title="Snow in Homs")
    assert overlap.is_copy(first, text(2, "photo  gallery!", title="Snow in Homs"))
    assert not overlap.is_copy(first, text(3, "Photo gallery", title="Rain in Hama"))


def test_within_one_outlet_only_the_same_words_under_the_same_title_are_a_copy():
    # What one form brings forth every day is no copy of yesterday's, and a frame without its text is none at all.
    words = prose(1)
    first = text(1, words, "sample_post", "Daily report")
    assert overlap.is_copy(first, text(2, words, "sample_post", "Daily report"))
    assert not overlap.is_copy(first, text(3, words, "sample_post", "Snow in Homs"))
    assert not overlap.is_copy(first, text(4, edited(words, 0.02), "sample_post", "Daily report"))
    assert overlap.is_copy(first, text(5, words, "other_post", "Snow in Homs"))


def test_an_empty_text_is_fingerprinted_too():
    assert fingerprint("").shingle_count == 0
    assert fingerprint("").marks == ()


def test_a_fingerprint_is_the_same_in_every_process():
    # Marks are kept in the database: a value that moves with the process or the library would match nothing.
    assert fingerprint(prose(1)).marks[:2] == (4115134496110, 6624390864428)


def test_groups_do_not_depend_on_the_order_and_hold_copies_of_copies():
    chain = [prose(1)]
    for step in range(6):
        chain.append(edited(chain[-1], 0.12, step))
    texts = [text(n, words) for n, words in enumerate(chain)] + [text(50 + n, prose(50 + n)) for n in range(10)]
    expected = [[t.article_id for t in g] for g in overlap.group(texts)]
    assert not overlap.is_copy(texts[0], texts[6])  # only the links between hold it together
    assert expected[0] == [str(n) for n in range(7)]
    for number in range(5):
        random.Random(number).shuffle(texts)
        assert [[t.article_id for t in g] for g in overlap.group(texts)] == expected


@pytest.fixture
def comparisons(monkeypatch):
    """Counts how often two texts are compared."""
    counted = []
    original = overlap.is_copy
    monkeypatch.setattr(overlap, "is_copy", lambda first, second: counted.append(1) or original(first, second))
    return counted


def test_a_thousand_near_copies_are_grouped_without_comparing_every_pair(comparisons):
    words = prose(1)
    texts = [text(n, [*words[: n % 150], "changed", *words[n % 150 :]], f"outlet_{n % 7}") for n in range(1000)]
    assert len(overlap.group(texts)) == 1
    assert len(comparisons) < 5000


def test_a_thousand_pages_of_one_outlet_that_share_a_frame_are_no_group_and_cost_nothing(comparisons):
    words = prose(1)
    texts = [text(n, words, "sample_post", f"Headline {n}") for n in range(1000)]
    assert len(overlap.group(texts)) == 1000
    assert len(comparisons) == 0


@pytest.mark.corpus
def test_real_copies_are_found_and_pages_made_from_one_form_are_not():
    folder = Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus"))
    if not (folder / "dedup" / "syria_pairs.jsonl.gz").exists():
        pytest.skip(f"no corpus at {folder}: set BULLETINS_CORPUS")
    with gzip.open(folder / "dedup" / "syria_pairs.jsonl.gz", "rt") as lines:
        pairs = [json.loads(line) for line in lines]
    with gzip.open(folder / "syrian-outlets" / "articles.jsonl.gz", "rt") as lines:
        texts = {article["id"]: article for article in map(json.loads, lines)}

    def compared(pair: dict[str, str]) -> bool:
        first, second = (
            text(
                n,
                texts[pair[f"source_id_{side}"]]["text"],
                pair[f"host_{side}"],
                texts[pair[f"source_id_{side}"]]["title"] or "",
            )
            for n, side in enumerate("ab")
        )
        return overlap.is_copy(first, second)

    found = {label: [p for p in pairs if p["label"] == label and compared(p)] for label in {p["label"] for p in pairs}}
    assert found["template_different_event"] == []
    assert len(found["near_dup"]) >= 2


def test_marks_are_the_same_after_they_were_stored_in_any_period():
    made = fingerprint(prose(1))
    again = overlap.fingerprint("", " ".join(prose(1)), overlap.bare(overlap.placed(made.marks, 341)))
    assert again == made
    assert len(set(overlap.placed(made.marks, 341)) & set(overlap.placed(made.marks, 342))) == 0


def test_a_printed_date_makes_no_other_numbers():
    words = " ".join(prose(1, 60))
    printed, again = f"Saturday, 21 December 2024, 14:31\n{words}", f"{words} 3 dead of 7 people"
    assert overlap.is_copy(text(1, f"{printed} 3"), text(2, again))
    assert not overlap.is_copy(text(1, f"{printed} 5 of 9"), text(2, again))
    joined = printed.replace("\n", " ")
    assert overlap.is_copy(text(1, printed), text(2, joined[: len(joined) // 2]))
