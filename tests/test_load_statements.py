"""Statements in the tables: stored whole, replaced when the rules change, and never lost to a model's."""

from __future__ import annotations

import pytest

from processing.explain import explain_stored
from processing.statements.records import (
    Citation,
    Counted,
    Number,
    NumberKind,
    Role,
    RoleKind,
    Scope,
    Site,
    Standing,
    Statement,
)
from tests import seed
from tests.seed import crawl, page, rows, run

pytestmark = pytest.mark.db

ROLE = Role(
    role=RoleKind.BY, actor="saa", start=0, end=4, is_loaded=False, hedge="suspected", rule="order", confidence=0.5
)
SITE = Site(place="SY07", governorate="SY07", start=None, end=None, relation=None, rule="header", confidence=0.8)
NEAR = Site(place="PL-x", governorate="SY07", start=5, end=8, relation="near", rule="sentence", confidence=0.9)
CITED = Citation(source="stepnews", start=0, end=4, verb="according to", rule="outlet", confidence=0.9)


def number(best: int | None, **changes: object) -> Number:
    values = {
        "kind": NumberKind.KILLED,
        "counted": Counted.CIVILIANS,
        "low": best,
        "best": best,
        "high": best,
        "scope": Scope.EVENT,
        "start": 0,
        "end": 4,
        "rule": "as the test wants it",
        "confidence": 0.9,
    }
    return Number(**values | changes)


FULL = {"roles": (ROLE,), "sites": (SITE, NEAR), "numbers": (number(3), number(None)), "chain": (CITED,)}
COUNTS = """
    select (select count(*) from news.statements), (select count(*) from news.statement_roles),
      (select count(*) from news.statement_sites), (select count(*) from news.statement_numbers),
      (select count(*) from news.statement_citations)"""


@pytest.fixture
def empty(connection):
    seed.declare(connection)
    return connection


def stating(*statements: dict[str, object]) -> dict[str, object]:
    return page("a", "Idlib was shelled on Monday, sources said.", statements=statements)


def test_a_statement_is_stored_with_all_its_parts_and_loading_it_again_writes_nothing(empty):
    night = crawl(stating(FULL, {"summary_of": (0,), "hedges": ("reportedly",)}))
    night.load(empty)
    assert rows(empty, COUNTS) == [(2, 1, 2, 2, 1)]
    assert rows(empty, "select hedge, role, actor from news.statement_roles") == [("suspected", "by", "saa")]
    assert rows(empty, "select place, start_offset, relation from news.statement_sites order by site_number") == [
        ("SY07", None, None),
        ("PL-x", 5, "near"),
    ]
    assert rows(empty, "select low, best, high from news.statement_numbers order by number_number") == [
        (3, 3, 3),
        (None, None, None),
    ]
    assert rows(empty, "select summary_of, hedges from news.statements order by statement_number") == [
        ([], []),
        ([0], ["reportedly"]),
    ]
    before = seed.contents(empty)
    assert not night.load(empty).written
    assert seed.contents(empty) == before


def test_statements_of_newer_rules_take_the_place_of_the_old_ones_with_their_parts(empty):
    crawl(stating(FULL, {})).load(empty)
    crawl(stating(FULL | {"numbers": (number(7),), "tagger": "2"})).load(empty)
    assert rows(empty, COUNTS) == [(1, 1, 2, 1, 1)]
    assert rows(empty, "select best from news.statement_numbers") == [(7,)]
    assert rows(empty, "select tagger from news.statements") == [("2",)]


def test_a_models_statements_stand_beside_the_rules_and_outlast_a_load_without_the_model(empty):
    crawl(stating(FULL, FULL | {"method": "some-model"})).load(empty)
    crawl(stating(FULL)).load(empty)
    assert rows(empty, "select method, statement_number from news.statements order by 1") == [
        ("rules", 0),
        ("some-model", 1),
    ]
    crawl(stating(FULL, FULL | {"method": "some-model", "confidence": 0.1})).load(empty)
    assert rows(empty, "select method, confidence::numeric(2, 1)::text from news.statements order by 1") == [
        ("rules", "0.9"),
        ("some-model", "0.1"),
    ]


def test_the_view_counts_an_event_once_and_leaves_out_what_is_none(empty):
    crawl(
        stating(
            FULL,
            {"summary_of": (0,)},
            {"standing": Standing.BACKGROUND},
            {"standing": Standing.INTENTION, "event_type": "statement.intention"},
        )
    ).load(empty)
    columns = "statement_number, places, governorates, doers, targets, killed_low, killed_high, wounded_best, sources"
    assert rows(empty, f"select {columns} from news.events") == [
        (0, ["SY07", "PL-x"], ["SY07"], ["saa"], None, 3, None, None, ["stepnews"])
    ]


def test_a_part_of_a_number_and_a_cumulative_toll_are_not_added_to_the_killed(empty):
    numbers = (
        number(9),
        number(3, counted=Counted.CHILDREN, among=0),
        number(1319, scope=Scope.CUMULATIVE),
        number(None, kind=NumberKind.WOUNDED, low=20),
    )
    crawl(stating({"numbers": numbers})).load(empty)
    assert rows(empty, "select killed_low, killed_best, wounded_low, wounded_best, wounded_high from news.events") == [
        (9, 9, 20, None, None)
    ]


def test_an_article_that_goes_takes_its_statements_along(empty):
    crawl(stating(FULL)).load(empty)
    run(empty, "delete from news.articles")
    run(empty, "delete from news.article_versions")
    assert rows(empty, COUNTS) == [(0, 0, 0, 0, 0)]


def test_what_is_stored_is_read_back_as_it_was(empty):
    night = crawl(stating(FULL, {"summary_of": (0,), "hedges": ("reportedly",)}) | {"relevance": 0.5})
    night.load(empty)
    stated = tuple(one for one in night.tags if isinstance(one, Statement))
    [(article_id,)] = rows(empty, "select article_id::text from news.articles")
    assert explain_stored(empty, article_id).statements == stated
