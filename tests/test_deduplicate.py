"""Copies are linked with their first one; the pairs depend on the articles alone, whatever the order they came in."""

from __future__ import annotations

import dataclasses
from contextlib import closing

import pytest

from processing import database
from processing import deduplicate as deduplicating
from processing.deduplicate import deduplicate
from processing.overlap import WINDOW
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows
from tests.texts import edited, prose


@pytest.fixture(autouse=True)
def declared(request):
    if "connection" in request.fixturenames:
        seed.declare(request.getfixturevalue("connection"), "sample_post", "other_post", "third_post")


def copies(connection) -> list[tuple]:
    """First article, address, relation, similarity of every copy and of every first one (relation null)."""
    return rows(
        connection,
        "select coalesce(a.copy_of, a.article_id), a.url, p.relation, p.similarity from news.articles a "
        "left join news.copy_pairs p using (article_id) where a.copy_of is not null "
        "or a.article_id in (select first_article_id from news.copy_pairs) order by 1, a.published_at, a.key",
    )


def linked(connection) -> tuple[int, int]:
    """Deduplicate; returns how many texts have copies, and how many copies there are."""
    deduplicate(connection)
    return rows(connection, "select count(distinct first_article_id), count(*) from news.copy_pairs")[0]


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
def test_copies_across_outlets_are_linked_and_nothing_is_dropped(connection):
    for night in corpus():
        night.load(connection)
    counts = deduplicate(connection)
    assert (counts.fingerprinted, counts.changed) == (9, 4)
    assert rows(connection, "select count(distinct first_article_id) from news.copy_pairs") == [(3,)]
    found = {row[1].split("//")[1]: row[2:] for row in copies(connection)}
    assert found["sample_post.example/a"] == (None, None)
    assert found["other_post.example/b"][:2] == ("exact", 1.0)
    assert found["third_post.example/d"][0] == "near"
    assert rows(connection, "select count(*) from news.articles") == [(9,)]


@pytest.mark.db
def test_a_text_that_was_cut_to_half_is_a_copy(connection):
    words = prose(5, 300)
    crawl(page("a", " ".join(words))).load(connection)
    crawl(page("b", " ".join(edited(words[:150], 0.05))), at=NIGHT + DAY, slug="other_post").load(connection)
    assert linked(connection)[1] == 1
    [_, half] = copies(connection)
    assert half[2] == "near"
    assert 0.3 < half[3] < 0.6


@pytest.mark.db
def test_reports_of_one_form_that_name_other_places_are_no_copies(connection):
    words = prose(6, 150)
    here, there = ({"PL-a": "SY07", "PL-b": "SY07"}, {"PL-c": "SY02", "PL-d": "SY02"})
    crawl(page("a", " ".join(words), places=here)).load(connection)
    crawl(page("b", " ".join(words[1:]), places=there), slug="other_post").load(connection)
    assert linked(connection)[0] == 0
    crawl(page("c", " ".join(words[2:]), places=here), slug="third_post").load(connection)
    assert linked(connection)[0] == 1


def told(number: int, days: int, text: str, **changed) -> seed.Crawl:
    """A crawl of one page of the outlet with that number, published and seen so many days after the first night."""
    at = NIGHT + days * DAY
    slug = ("sample_post", "other_post", "third_post")[number % 3]
    return crawl(page(f"told{number}", text, **{"published": at, **changed}), at=at, slug=slug)


@pytest.mark.db
@pytest.mark.parametrize("first", [0, 17, 31, 59])  # wherever the borders of periods lie
def test_a_changed_copy_is_found_within_the_window_and_the_same_words_at_any_time(connection, first):
    words = prose(7, 200)
    told(0, first, " ".join(words)).load(connection)
    told(1, first + WINDOW, " ".join(edited(words, 0.05))).load(connection)
    told(2, first + 2 * WINDOW + 1, " ".join(edited(words, 0.04))).load(connection)
    told(4, first + 900, " ".join(words)).load(connection)
    deduplicate(connection)
    assert sorted(url[-1] for _, url, *_ in copies(connection)) == ["0", "1", "4"]


@pytest.mark.db
def test_what_is_of_another_time_is_the_same_whatever_the_order_and_the_batches(connection, monkeypatch):
    words = prose(8, 200)
    spread = [(0, 0), (25, 0.05), (50, 0), (53, 0.04), (85, 0), (86, 0.06), (200, 0.03), (201, 0), (235, 0.05)]
    crawls = [told(n, days, " ".join(edited(words, part))) for n, (days, part) in enumerate(spread)]
    for night in crawls:
        night.load(connection)
    deduplicate(connection)
    at_once = copies(connection)
    assert len(at_once) > 6
    for batch, order in ((1, (8, 6, 7, 0, 5, 2, 4, 1, 3)), (2, (3, 5, 4, 0, 8, 1, 7, 6, 2))):
        seed.run(connection, f"truncate {', '.join('news.' + t for t in seed.TABLES if not t.startswith('outlet'))}")
        monkeypatch.setattr(deduplicating, "_STAGE", dataclasses.replace(deduplicating._STAGE, batch=batch))
        for number in order:
            crawls[number].load(connection)
            if number % batch == 0:
                deduplicate(connection)
        deduplicate(connection)
        assert copies(connection) == at_once


@pytest.mark.db
def test_a_date_that_is_corrected_brings_a_copy_in_and_takes_it_out(connection):
    words = prose(9, 200)
    told(0, 0, " ".join(words)).load(connection)
    told(1, 300, " ".join(edited(words, 0.05))).load(connection)
    assert linked(connection)[1] == 0
    told(1, 300, " ".join(edited(words, 0.05)), published=NIGHT + DAY).load(connection)
    assert linked(connection)[1] == 1
    told(1, 301, " ".join(edited(words, 0.05)), published=NIGHT + 300 * DAY).load(connection)
    assert linked(connection)[1] == 0


@pytest.mark.db
def test_an_undated_copy_is_of_the_time_when_it_was_first_seen(connection):
    words = prose(10, 200)
    told(0, 300, " ".join(words)).load(connection)
    told(1, 500, " ".join(edited(words, 0.05)), published=None).load(connection)
    assert linked(connection)[1] == 0
    told(1, 310, " ".join(edited(words, 0.05)), published=None).load(connection)  # an older crawl comes late
    assert linked(connection)[1] == 1


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
def test_copies_are_the_same_however_the_articles_came(connection):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    at_once = copies(connection)
    for order in ((3, 1, 0, 2), (2, 3, 1, 0)):
        seed.run(connection, f"truncate {', '.join('news.' + t for t in seed.TABLES if not t.startswith('outlet'))}")
        for number in order:
            corpus()[number].load(connection)
            deduplicate(connection)
        assert copies(connection) == at_once


@pytest.mark.db
def test_batches_of_one_give_the_same_copies(connection, monkeypatch):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    at_once = copies(connection)
    monkeypatch.setattr("processing.deduplicate._STAGE", dataclasses.replace(deduplicating._STAGE, batch=1))
    seed.run(connection, "delete from news.settled_by")  # which has all of it made anew
    deduplicate(connection)
    assert copies(connection) == at_once


@pytest.mark.db
def test_an_article_that_was_rewritten_leaves_its_copies_and_they_are_linked_anew(connection):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    # a was the first of three; the two that remain have a first one of their own
    crawl(page("a", " ".join(prose(99))), at=NIGHT + 5 * DAY).load(connection)
    counts = deduplicate(connection)
    assert (counts.fingerprinted, counts.renewed) == (1, 1)
    found = {row[1].split("//")[1]: row[2] for row in copies(connection)}
    assert "sample_post.example/a" not in found
    assert (found["other_post.example/b"], found["third_post.example/d"]) == (None, "near")
    assert rows(connection, "select count(distinct first_article_id) from news.copy_pairs") == [(3,)]


@pytest.mark.db
def test_of_two_copies_one_that_is_rewritten_leaves_the_other_alone(connection):
    words = " ".join(prose(1))
    crawl(page("a", words)).load(connection)
    crawl(page("b", words), slug="other_post").load(connection)
    assert linked(connection)[0] == 1
    crawl(page("b", " ".join(prose(2))), at=NIGHT + DAY, slug="other_post").load(connection)
    assert linked(connection)[0] == 0
    assert copies(connection) == []


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
    assert {row[1].split("//")[1].split(".")[0] for row in copies(connection)} == expected


@pytest.mark.db
def test_a_corrected_date_makes_another_one_the_first(connection):
    words = " ".join(prose(1))
    crawl(page("a", words)).load(connection)
    crawl(page("b", words, published=NIGHT), slug="other_post").load(connection)
    deduplicate(connection)
    assert {row[1][-1]: row[2] for row in copies(connection)} == {"a": None, "b": "exact"}
    crawl(page("a", words, published=NIGHT + 2 * DAY, modified=NIGHT), at=NIGHT + DAY).load(connection)
    deduplicate(connection)
    assert {row[1][-1]: row[2] for row in copies(connection)} == {"b": None, "a": "exact"}


@pytest.mark.db
def test_a_new_method_version_makes_everything_anew(connection, monkeypatch):
    for night in corpus():
        night.load(connection)
    deduplicate(connection)
    before = copies(connection)
    stage = dataclasses.replace(deduplicating._STAGE, method_version="next")
    monkeypatch.setattr("processing.deduplicate._STAGE", stage)
    for name in ("processing.overlap.METHOD_VERSION", "processing.deduplicate.METHOD_VERSION"):
        monkeypatch.setattr(name, "next")
    monkeypatch.setattr("processing.deduplicate._MADE_BY", {"method": "overlap", "method_version": "next"})
    assert deduplicate(connection).fingerprinted == 9
    assert copies(connection) == before
    assert rows(connection, "select distinct method_version from news.fingerprints") == [("next",)]


@pytest.mark.db
def test_the_loader_role_is_enough_to_deduplicate(database_url, connection):
    with closing(database.connect(database_url, role="loader")) as loader:
        for night in corpus():
            night.load(loader)
        assert linked(loader)[0] == 3


@pytest.mark.parametrize(
    ("precision", "at"),
    [("day", NIGHT.replace(hour=0)), ("month", NIGHT.replace(day=1, hour=0)), ("second", NIGHT + DAY)],
)
def test_the_first_is_the_one_that_was_surely_out_first(connection, precision, at):
    words = " ".join(prose(7))
    crawl(page("copy", words, published=at, precision=precision)).load(connection)
    crawl(page("wire", words, published=NIGHT.replace(hour=6)), slug="other_post").load(connection)
    deduplicate(connection)
    assert rows(
        connection,
        "select f.outlet, a.outlet from news.copy_pairs p join news.articles a using (article_id) "
        "join news.articles f on f.article_id = p.first_article_id",
    ) == [("other_post", "sample_post")]


def test_a_date_that_becomes_less_exact_makes_another_one_the_first(connection):
    words = " ".join(prose(7))
    crawl(page("a", words, published=NIGHT.replace(hour=0)), at=NIGHT).load(connection)
    crawl(page("b", words, published=NIGHT.replace(hour=6)), at=NIGHT, slug="other_post").load(connection)
    deduplicate(connection)
    first = "select f.outlet from news.copy_pairs p join news.articles f on f.article_id = p.first_article_id"
    assert rows(connection, first) == [("sample_post",)]
    seed.run(connection, "update news.articles set published_precision = 'day' where outlet = 'sample_post'")
    deduplicate(connection)
    assert rows(connection, first) == [("other_post",)]
