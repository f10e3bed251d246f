"""Outlets and vocabularies in the tables: stored once, changed when their files change, never taken away."""

from __future__ import annotations

import pytest

from processing.load import load_outlets, load_reference
from tests import seed
from tests.seed import crawl, page, rows

pytestmark = pytest.mark.db


def test_declarations_are_stored_once_and_follow_their_files(connection, tmp_path):
    (tmp_path / "sample_post.toml").write_text("name = 'x'")
    assert load_outlets(connection, [seed.outlet()], tmp_path) == 2  # the outlet and its affiliation
    before = seed.contents(connection)
    assert load_outlets(connection, [seed.outlet()], tmp_path) == 0
    assert seed.contents(connection) == before
    crawl(page("a")).load(connection)
    assert load_outlets(connection, [seed.outlet(name="The Sample", affiliations=())], tmp_path) == 2
    assert rows(connection, "select outlet_name, updated_at > created_at from news.articles") == [("The Sample", True)]
    assert rows(connection, "select count(*) from news.outlet_affiliations") == [(0,)]


def test_the_hash_of_a_declaration_is_that_of_its_file(connection, tmp_path):
    load_outlets(connection, [seed.outlet()], tmp_path)
    assert rows(connection, "select declaration_sha256 from news.outlets") == [(None,)]
    (tmp_path / "sample_post.toml").write_bytes(b"x")
    load_outlets(connection, [seed.outlet()], tmp_path)
    [(digest,)] = rows(connection, "select declaration_sha256 from news.outlets")
    assert digest == "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"


def test_an_outlet_that_is_no_longer_declared_stays(connection):
    seed.declare(connection, "sample_post", "other_post")
    seed.declare(connection, "sample_post")
    assert rows(connection, "select count(*) from news.outlets") == [(2,)]


def test_the_vocabularies_are_stored_once(connection):
    assert load_reference(connection) > 400
    assert load_reference(connection) == 0
    assert rows(connection, "select name_en, governorate from news.places where place_id = 'SY02'") == [
        ("Aleppo", "SY02")
    ]
    assert rows(connection, "select count(*) filter (where kind = 'outlet') > 50, count(*) > 60 from news.sources") == [
        (True, True)
    ]
    assert rows(connection, "select count(*) > 100, bool_and(name_en <> '') from news.actors") == [(True, True)]
