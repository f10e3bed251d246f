"""Finding copies: what counts as one, and that stories depend on the articles alone."""

from __future__ import annotations

import gzip
import itertools
import json
import os
import random
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing import database, overlap
from processing.deduplicate import deduplicate
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows

WORDS = [
    a + b + c
    for a, b, c in itertools.product(("ka", "mo", "ri", "shu"), ("lam", "ber", "dosh", "vik"), ("o", "an", "ed", "ist"))
]


def prose(seed_number: int, length: int = 200) -> list[str]:
    return random.Random(seed_number).choices(WORDS, k=length)


def edited(words: list[str], share: float, seed_number: int = 1) -> list[str]:
    chance = random.Random(seed_number)
    return [chance.choice(WORDS) if chance.random() < share else word for word in words]


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
    story: str | None = None,
    places: tuple[str, ...] = (),
) -> overlap.Text:
    return overlap.Text(
        article_id=str(number),
        version_id=str(number),
        key=seed.key_of(str(number)),
        outlet=outlet or f"outlet_{number}",
        title_words=title.lower(),
        published_at=NIGHT + number * DAY,
        story_id=story,
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
    assert fingerprint(prose(1)).marks[:2] == (-9022765181842555663, -8147954750629862458)


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


@pytest.fixture(autouse=True)
def declared(request):
    if "connection" in request.fixturenames:
        seed.declare(request.getfixturevalue("connection"), "sample_post", "other_post", "third_post")


def stories(connection) -> list[tuple]:
    return rows(
        connection,
        "select m.story_id, a.url, m.relation, m.similarity, s.article_count, s.outlet_count, a.story_id = m.story_id "
        "from news.story_articles m join news.articles a using (article_id) join news.stories s on s.story_id = m.story_id "
        "order by 1, a.published_at, a.key",
    )


def corpus() -> list[seed.Crawl]:
    """Three outlets over three nights: an exact copy, near copies, a chain, an undated copy, and texts of their own."""
    report, other = prose(1), prose(2)
    return [
        crawl(page("a", " ".join(report)), page("own1", " ".join(prose(11))), at=NIGHT),
        crawl(page("b", " ".join(report), published=NIGHT), page("c", " ".join(other)), at=NIGHT, slug="other_post"),
        crawl(
            page("d", " ".join(edited(report, 0.08)), published=None),
            page("e", " ".join(edited(other, 0.08)), published=NIGHT + DAY),
            page("short", "Photo gallery", title="Snow in Homs"),
            at=NIGHT + DAY,
            slug="third_post",
        ),
        crawl(
            page("short", "Photo gallery!", title="Snow in Homs"), page("own2", " ".join(prose(12))), at=NIGHT + 2 * DAY
        ),
    ]


@pytest.mark.db
def test_copies_across_outlets_become_stories_and_nothing_is_dropped(connection):
    for night in corpus():
        night.load(connection)
    counts = deduplicate(connection)
    assert (counts.fingerprinted, counts.stories, counts.copies) == (9, 3, 4)
    found = {row[1].split("//")[1]: row[2:] for row in stories(connection)}
    assert found["sample_post.example/a"][0] == "lead"
    assert found["other_post.example/b"][:2] == ("exact", 1.0)
    assert found["third_post.example/d"][0] == "near"
    assert found["third_post.example/d"][2:] == (3, 3, True)
    assert rows(connection, "select count(*) from news.articles") == [(9,)]


@pytest.mark.db
def test_a_copy_that_was_cut_to_half_comes_into_the_story(connection):
    words = prose(5, 300)
    crawl(page("a", " ".join(words))).load(connection)
    crawl(page("b", " ".join(edited(words[:150], 0.05))), at=NIGHT + DAY, slug="other_post").load(connection)
    assert deduplicate(connection).copies == 1
    [_, half] = stories(connection)
    assert half[2] == "near"
    assert 0.3 < half[3] < 0.6


@pytest.mark.db
def test_a_second_run_writes_nothing(connection):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    before = seed.contents(connection)
    counts = deduplicate(connection)
    assert (counts.fingerprinted, counts.renewed, counts.changed) == (0, 0, 0)
    assert seed.contents(connection) == before


@pytest.mark.db
def test_stories_are_the_same_however_the_articles_came(connection):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    at_once = stories(connection)
    for order in ((3, 1, 0, 2), (2, 3, 1, 0)):
        seed.run(connection, f"truncate {', '.join('news.' + t for t in seed.TABLES if not t.startswith('outlet'))}")
        for number in order:
            corpus()[number].load(connection)
            deduplicate(connection)
        assert stories(connection) == at_once


@pytest.mark.db
def test_batches_of_one_give_the_same_stories(connection, monkeypatch):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    at_once = stories(connection)
    monkeypatch.setattr("processing.deduplicate._BATCH", 1)
    seed.run(connection, "truncate news.fingerprints, news.fingerprint_marks")  # derived: may be emptied at any time
    deduplicate(connection)
    assert stories(connection) == at_once


@pytest.mark.db
def test_an_article_that_was_rewritten_leaves_its_story_and_its_old_one_is_made_anew(connection):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    # a led the story of three; the two that remain go on under their own first article
    crawl(page("a", " ".join(prose(99))), at=NIGHT + 5 * DAY).load(connection)
    counts = deduplicate(connection)
    assert (counts.fingerprinted, counts.renewed) == (1, 1)
    found = {row[1].split("//")[1]: row[2:5] for row in stories(connection)}
    assert "sample_post.example/a" not in found
    assert found["other_post.example/b"] == ("lead", 1.0, 2)
    assert rows(connection, "select count(*) from news.stories") == [(3,)]
    assert rows(connection, "select story_id from news.articles where url like '%%sample_post.example/a'") == [(None,)]


@pytest.mark.db
def test_a_story_of_two_that_loses_one_is_gone(connection):
    words = " ".join(prose(1))
    crawl(page("a", words)).load(connection)
    crawl(page("b", words), slug="other_post").load(connection)
    assert deduplicate(connection).stories == 1
    crawl(page("b", " ".join(prose(2))), at=NIGHT + DAY, slug="other_post").load(connection)
    assert deduplicate(connection).stories == 0
    assert rows(connection, "select count(*) from news.story_articles") == [(0,)]


@pytest.mark.db
def test_when_the_text_that_carries_the_marks_changes_another_copy_carries_them(connection):
    words = prose(1)
    for slug in ("sample_post", "other_post"):
        crawl(page("a", " ".join(words)), slug=slug).load(connection)
    deduplicate(connection)
    [(carrier,)] = rows(
        connection,
        "select distinct a.outlet from news.fingerprint_marks b "
        "join news.articles a on a.current_version_id = b.version_id",
    )
    crawl(page("a", " ".join(prose(2))), at=NIGHT + DAY, slug=carrier).load(connection)
    deduplicate(connection)
    crawl(page("c", " ".join(edited(words, 0.05))), at=NIGHT + 2 * DAY, slug="third_post").load(connection)
    deduplicate(connection)
    expected = {"sample_post", "other_post"} - {carrier} | {"third_post"}
    assert {row[1].split("//")[1].split(".")[0] for row in stories(connection)} == expected


@pytest.mark.db
def test_a_corrected_date_moves_the_lead(connection):
    words = " ".join(prose(1))
    crawl(page("a", words)).load(connection)
    crawl(page("b", words, published=NIGHT), slug="other_post").load(connection)
    deduplicate(connection)
    assert {row[1][-1]: row[2] for row in stories(connection)} == {"a": "lead", "b": "exact"}
    crawl(page("a", words, published=NIGHT + 2 * DAY, modified=NIGHT), at=NIGHT + DAY).load(connection)
    deduplicate(connection)
    assert {row[1][-1]: row[2] for row in stories(connection)} == {"b": "lead", "a": "exact"}


@pytest.mark.db
def test_a_new_method_version_makes_everything_anew(connection, monkeypatch):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    before = stories(connection)
    for name in ("processing.overlap.METHOD_VERSION", "processing.deduplicate.METHOD_VERSION"):
        monkeypatch.setattr(name, "3")
    monkeypatch.setattr("processing.deduplicate._MADE_BY", {"method": "overlap", "method_version": "3"})
    assert deduplicate(connection).fingerprinted == 9
    assert stories(connection) == before
    assert rows(connection, "select distinct method_version from news.fingerprints") == [("3",)]


@pytest.mark.db
def test_the_loader_role_is_enough_to_deduplicate(database_url, connection):
    with closing(database.connect(database_url, role="loader")) as loader:
        for night in corpus():
            night.load(loader)
        assert deduplicate(loader).stories == 3


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
