"""Articles on one event become stories that depend on the articles alone, whatever the order in which they came."""

from __future__ import annotations

import dataclasses
import random
import threading
from contextlib import closing

import pytest

from processing import database
from processing import relate as relating
from processing.deduplicate import deduplicate
from processing.relate import relate
from processing.same_event import Told
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows
from tests.texts import edited, prose

pytestmark = pytest.mark.db

TOWN = {"places": {"PL-azaz-sy02": 1.0}, "sites": {"PL-azaz-sy02": 1.0}, "governorates": {"SY02": 1.0}}


@pytest.fixture(autouse=True)
def declared(connection):
    seed.declare(connection, "sample_post", "other_post", "third_post", "fourth_post")


def stories(connection) -> list[tuple]:
    return rows(
        connection,
        "select m.story_id, a.url, m.relation, o.url, m.similarity, m.weight, m.evidence::text, s.article_count, s.outlet_count, "
        "a.story_id = m.story_id from news.story_articles m join news.articles a using (article_id) "
        "join news.stories s on s.story_id = m.story_id left join news.articles o on o.article_id = m.other_article_id "
        "order by 1, a.published_at, a.key",
    )


def settle(connection):
    deduplicate(connection)
    return relate(connection)


def groups(connection) -> list[list[str]]:
    found: dict[str, list[str]] = {}
    for story, url, *_ in stories(connection):
        found.setdefault(story, []).append(url.split("//")[1].replace(".example", ""))
    return sorted(sorted(group) for group in found.values())


def corpus() -> list[seed.Crawl]:
    """Two dead in Saraqib told by three outlets and copied by a fourth, another shelling a day later, one of Azaz."""
    return [
        crawl(
            page("a", " ".join(prose(1)), report={}),
            page("azaz", " ".join(prose(2)), report=TOWN),
            at=NIGHT,
        ),
        crawl(
            page("b", " ".join(prose(3)), report={"language": "ar", "words": (7, 8)}),
            page("later", " ".join(prose(4)), published=NIGHT + 4 * DAY, report={}),
            at=NIGHT,
            slug="other_post",
        ),
        crawl(page("c", " ".join(prose(5)), report={"words": (1, 2, 9)}), at=NIGHT + DAY, slug="third_post"),
        crawl(page("d", " ".join(edited(prose(1), 0.05)), report={}), at=NIGHT + DAY, slug="fourth_post"),
    ]


def test_reports_of_one_event_in_other_words_and_languages_become_a_story_with_their_copies(connection):
    for night in corpus():
        night.load(connection)
    counts = settle(connection)
    assert (counts.settled, counts.changed) == (6, 4)
    assert rows(connection, "select article_count from news.stories") == [(4,)]
    assert groups(connection) == [["fourth_post/d", "other_post/b", "sample_post/a", "third_post/c"]]
    relations = {url.split("//")[1]: (relation, weight) for _, url, relation, _, _, weight, *_ in stories(connection)}
    first = min(relations, key=lambda url: relations[url][0] != "lead")
    assert relations[first] == ("lead", None)
    assert {relation for relation, _ in relations.values()} == {"lead", "near", "same_event"}
    assert all(weight > 0.4 for relation, weight in relations.values() if relation == "same_event")


def test_what_speaks_for_a_pair_is_kept_the_weightiest_first(connection):
    for night in corpus()[:2]:
        night.load(connection)
    settle(connection)
    [(evidence,)] = rows(connection, "select evidence from news.story_articles where relation = 'same_event'")
    weights = [abs(one["weight"]) for one in evidence]
    assert weights == sorted(weights, reverse=True)
    assert {"same day", "same number of killed", "same place"} <= {one["sign"] for one in evidence}


def test_a_second_run_writes_nothing(connection):
    for night in corpus():
        night.load(connection)
    settle(connection)
    before = seed.contents(connection)
    counts = settle(connection)
    assert (counts.settled, counts.changed, counts.moved) == (0, 0, 0)
    assert seed.contents(connection) == before


def test_stories_are_the_same_in_every_order_and_in_batches_of_one(connection, monkeypatch):
    for night in corpus():
        night.load(connection)
    settle(connection)
    expected = stories(connection)
    monkeypatch.setattr("processing.relate._STAGE", dataclasses.replace(relating._STAGE, batch=1))
    for number in range(4):
        seed.run(connection, f"truncate {', '.join('news.' + t for t in seed.TABLES if not t.startswith('outlet'))}")
        order = corpus()
        random.Random(number).shuffle(order)
        for night in order:
            night.load(connection)
            settle(connection)
        assert stories(connection) == expected


def test_a_report_of_days_far_apart_is_joined_with_the_same_ones_whoever_came_first(connection, monkeypatch):
    # In one batch all reports are at hand, in many each is looked up: both must come to the same.
    last = (NIGHT - DAY).date()
    far_apart = {"days": (last, last - 20 * DAY), "about": last}
    earlier = {"days": (last - 20 * DAY,), "about": last - 20 * DAY}
    nights = [
        crawl(page("a", " ".join(prose(1)), report=far_apart)),
        crawl(page("b", " ".join(prose(2)), report=earlier), slug="other_post"),
        crawl(page("c", " ".join(prose(3)), report={}), slug="third_post"),
    ]
    found = []
    for batch, order in ((500, (0, 1, 2)), (1, (0, 1, 2)), (1, (2, 1, 0)), (1, (1, 0, 2))):
        monkeypatch.setattr("processing.relate._STAGE", dataclasses.replace(relating._STAGE, batch=batch))
        seed.run(connection, f"truncate {', '.join('news.' + t for t in seed.TABLES if not t.startswith('outlet'))}")
        for number in order:
            nights[number].load(connection)
            if batch == 1:
                settle(connection)
        settle(connection)
        found.append(stories(connection))
    assert found == [found[0]] * 4
    assert groups(connection) == [["sample_post/a", "third_post/c"]]


def test_two_loaders_at_once_come_to_the_same(connection, database_url):
    for night in corpus():
        night.load(connection)
    settle(connection)
    expected = stories(connection)
    seed.run(connection, f"truncate {', '.join('news.' + t for t in seed.TABLES if not t.startswith('outlet'))}")
    failed: list[BaseException] = []

    def load(nights: list[seed.Crawl]) -> None:
        try:
            with closing(database.connect(database_url)) as own:
                for night in nights:
                    night.load(own)
                    settle(own)
        except Exception as error:  # noqa: BLE001 shown in the test's own thread
            failed.append(error)

    nights = corpus()
    loaders = [threading.Thread(target=load, args=(nights[part::2],)) for part in (0, 1)]
    for loader in loaders:
        loader.start()
    for loader in loaders:
        loader.join(timeout=60)
    assert failed == []
    assert not any(loader.is_alive() for loader in loaders)
    settle(connection)
    assert stories(connection) == expected


def test_an_earlier_report_that_comes_late_leads_and_the_old_id_can_be_followed(connection):
    for night in corpus()[:2]:
        night.load(connection)
    settle(connection)
    [(old, *_), _] = stories(connection)
    late = page("early", " ".join(prose(8)), published=NIGHT - DAY - DAY / 4, report={"words": (1, 2)})
    crawl(late, at=NIGHT + 9 * DAY, slug="third_post").load(connection)
    assert settle(connection).moved == 2
    [(new, url, relation, *_), *_] = stories(connection)
    assert (url, relation) == ("https://third_post.example/early", "lead")
    assert rows(connection, "select from_story_id, to_story_id, article_count from news.story_moves") == [(old, new, 2)]


def test_a_report_that_is_rewritten_leaves_its_story(connection):
    for night in corpus()[:2]:
        night.load(connection)
    settle(connection)
    assert groups(connection) == [["other_post/b", "sample_post/a"]]
    crawl(page("b", " ".join(prose(9)), report=TOWN), at=NIGHT + 2 * DAY, slug="other_post").load(connection)
    settle(connection)
    assert groups(connection) == [["other_post/b", "sample_post/azaz"]]
    assert rows(connection, "select count(*) from news.stories") == [(1,)]
    # b led and keeps the id; a is in no story now
    assert rows(connection, "select to_story_id, article_count from news.story_moves") == [(None, 1)]


def test_other_days_towns_and_sides_keep_apart_what_is_told_in_the_same_words(connection):
    words = {"words": (1, 2, 3, 4, 5, 6), "title_words": (1, 2)}
    crawl(page("a", " ".join(prose(1)), report=words)).load(connection)
    crawl(
        page("day", " ".join(prose(2)), published=NIGHT + 2 * DAY, report=words),
        page("town", " ".join(prose(3)), report={**words, **TOWN}),
        page(
            "toll",
            " ".join(prose(4)),
            report={
                **words,
                "killed": Told(low=30, best=30, high=30),
                "tolls": (("killed", 30),),
                "title_places": ("PL-azaz-sy02",),
                "blocs": ("turkey",),
                "days": (NIGHT.date() - 5 * DAY,),
            },
        ),
        slug="other_post",
    ).load(connection)
    settle(connection)
    assert stories(connection) == []


def test_a_digest_belongs_to_no_story_but_that_of_its_copies(connection):
    crawl(page("a", " ".join(prose(1)), report={"is_digest": True})).load(connection)
    crawl(page("b", " ".join(prose(2)), report={}), slug="other_post").load(connection)
    crawl(page("c", " ".join(prose(1)), report={"is_digest": True}), slug="third_post").load(connection)
    settle(connection)
    assert groups(connection) == [["sample_post/a", "third_post/c"]]


def test_articles_that_were_never_tagged_are_in_stories_with_their_copies(connection):
    crawl(page("a", " ".join(prose(1)))).load(connection)
    crawl(page("b", " ".join(prose(1))), slug="other_post").load(connection)
    assert settle(connection).changed == 2
    assert [row[2] for row in stories(connection)] == ["lead", "exact"]


def test_another_version_of_the_method_makes_all_anew(connection, monkeypatch):
    for night in corpus():
        night.load(connection)
    settle(connection)
    stage = dataclasses.replace(relating._STAGE, method_version="next")
    monkeypatch.setattr("processing.relate._STAGE", stage)
    monkeypatch.setattr("processing.relate._MADE_BY", {"method": "signs", "method_version": "next"})
    assert relate(connection).settled == 6
    assert rows(connection, "select distinct method_version from news.stories") == [("next",)]


def test_the_loader_role_is_enough(database_url, connection):
    with closing(database.connect(database_url, role="loader")) as loader:
        for night in corpus():
            night.load(loader)
        assert settle(loader).changed == 4
