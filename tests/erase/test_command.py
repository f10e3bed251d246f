"""Which exports hold it, who may erase, and the command."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from bulletins.cli import app
from crawlers.records import BulletinsError
from processing import database
from processing.check import check
from processing.erase import erase
from processing.export import Format, Selection, export
from processing.survey import EraseError, find_key, survey
from tests.erase.made import (
    KEY,
    RUN,
    Killed,
    do,
    killer,
    snapshot,
)
from tests.sample_crawl import (
    OUTLET,
    link,
)
from tests.seed import rows, run

pytestmark = pytest.mark.db


def test_the_exports_that_hold_it_are_named(on_disk, connection, tmp_path):
    export(connection, tmp_path / "all.csv", Selection(), Format.CSV)
    export(connection, tmp_path / "later.csv", Selection(since=dt.date(2026, 1, 2)), Format.CSV)
    export(connection, tmp_path / "own.jsonl", Selection(query="select title from news.articles"), Format.JSONL)
    query = "select article_id::text, start_offset from news.tags join news.article_versions using (version_id)"
    export(connection, tmp_path / "tags.parquet", Selection(query=query), Format.PARQUET)
    named = {Path(one["path"]).name: one["is_certain"] for one in survey(connection, on_disk.archive, KEY).exports}
    assert named == {"all.csv": True, "own.jsonl": False, "tags.parquet": True}
    do(connection, on_disk)
    assert len(survey(connection, on_disk.archive, KEY).exports) == 3
    digest = hashlib.sha256((tmp_path / "all.csv").read_bytes()).hexdigest()
    assert rows(connection, "select row_count from news.exports where sha256 = %(digest)s", digest=digest) == [(5,)]


def test_a_reader_can_note_an_export_and_see_none(on_disk, connection, tmp_path):
    with closing(database.connect(on_disk.url, role="reader")) as reader:
        export(reader, tmp_path / "out.csv", Selection(), Format.CSV)
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            rows(reader, "select path from news.exports")
    assert rows(connection, "select path from news.exports") == [(str(tmp_path / "out.csv"),)]


def test_an_account_that_may_not_note_an_export_is_told(on_disk, connection, tmp_path, caplog):
    run(connection, "revoke insert on news.exports from news_reader")
    try:
        with closing(database.connect(on_disk.url, role="reader")) as reader:
            assert export(reader, tmp_path / "out.csv", Selection(), Format.CSV) == 5
    finally:
        with closing(database.connect(on_disk.url)) as owner:
            database.migrate(owner)
    assert "not noted" in caplog.text


def test_a_reader_sees_that_an_erasure_is_not_finished(on_disk, connection):
    with pytest.raises(Killed):
        do(connection, on_disk, on_step=killer(1))
    with closing(database.connect(on_disk.url, role="reader")) as reader:
        assert {result.name for result in check(reader) if result.count} >= {"erasures_finished"}


@pytest.mark.parametrize("role", ["loader", "reader"])
def test_only_the_owner_may(on_disk, connection, role):
    before = snapshot(connection)
    with closing(database.connect(on_disk.url, role=role)) as other:
        other.set_session(readonly=False)
        with pytest.raises((EraseError, psycopg2.errors.InsufficientPrivilege)):
            do(other, on_disk)
    assert snapshot(connection) == before


def test_a_member_of_the_owners_may(on_disk, connection):
    with closing(database.connect(on_disk.url, role="owner")) as owner:
        assert do(owner, on_disk).files == 2


def test_an_article_is_named_by_id_key_or_address(on_disk, connection):
    outlets = {OUTLET: on_disk.place.outlet(OUTLET)}
    [(article_id,)] = rows(connection, "select article_id::text from news.articles where key = %(key)s", key=KEY)
    for name in (article_id, KEY[:32], KEY, link(1).url, link(1).canonical, f" {KEY.upper()} "):
        assert find_key(connection, name, outlets) == KEY


@pytest.mark.parametrize(
    ("name", "said"), [("0" * 32, "no article"), ("abc", "give one of them"), ("", "give one of them")]
)
def test_a_name_that_means_nothing_is_said(connection, name, said):
    with pytest.raises(EraseError, match=said):
        find_key(connection, name, {})


def test_a_page_that_nothing_knows_is_not_erased(on_disk, connection):
    key = find_key(connection, "https://news.example/77", {OUTLET: on_disk.place.outlet(OUTLET)})
    with pytest.raises(EraseError, match="no article"):
        survey(connection, on_disk.archive, key)


def test_nor_is_one_when_another_was_erased_before_it(on_disk, connection):
    key = find_key(connection, "https://news.example/77", {OUTLET: on_disk.place.outlet(OUTLET)})
    do(connection, on_disk)
    with pytest.raises(EraseError, match="no article"):
        survey(connection, on_disk.archive, key)
    assert survey(connection, on_disk.archive, KEY).is_done


def test_without_a_ground_nothing_is_erased(on_disk, connection):
    before = snapshot(connection)
    with pytest.raises(EraseError, match="--basis"):
        erase(connection, on_disk.place, KEY)
    assert snapshot(connection) == before


@pytest.fixture
def command(on_disk, monkeypatch):
    monkeypatch.setenv("BULLETINS_HOME", str(on_disk.home))
    monkeypatch.setenv("BULLETINS_DATABASE_URL", on_disk.url)
    monkeypatch.setenv("BULLETINS_ARCHIVE", "")
    monkeypatch.setenv("BULLETINS_OUTLETS", str(on_disk.place.outlets))
    return lambda *arguments, **how: RUN.invoke(app, ["erase", *arguments], **how)


def test_the_command_shows_what_would_go_and_asks(command, connection):
    before = snapshot(connection)
    done = command(KEY, "--basis", "a request", input="n\n")
    assert done.exit_code == 1
    assert "versions" in done.output
    assert link(3).key in done.output
    assert snapshot(connection) == before
    assert command(KEY, "--basis", "a request", input="y\n").exit_code == 0
    assert rows(connection, "select count(*) from news.articles where key = %(key)s", key=KEY) == [(0,)]
    again = command(KEY)
    assert (again.exit_code, "nothing is left to do" in again.output) == (0, True)


def test_scripts_get_the_plan_and_what_was_done(command, connection):
    plan = json.loads(command(KEY, "--basis", "a request", "--json").stdout)
    assert plan["done"] is None
    assert plan["plan"]["tables"]["versions"] == 2
    assert plan["plan"]["archive"]["records"]["attempt"] == 2
    assert rows(connection, "select count(*) from news.erasures") == [(0,)]
    done = json.loads(command(KEY, "--basis", "a request", "--yes", "--json").stdout)["done"]
    assert (done["files"], done["rows"]["articles"], done["records"]) == (2, 1, plan["plan"]["archive"]["records"])
    assert json.loads(command(KEY, "--yes", "--json").stdout)["done"]["files"] == 0
    assert json.loads(command("--pending", "--json").stdout) == {"pending": []}


def test_other_articles_that_lose_bytes_with_it_are_named(command, connection):
    assert json.loads(command(KEY, "--basis", "a request", "--json").stdout)["plan"]["articles_that_lose_bytes"] == []
    [(other, url)] = rows(connection, "select article_id, url from news.articles where key <> %(key)s limit 1", key=KEY)
    with connection, connection.cursor() as cursor:
        cursor.execute(
            "update news.fetches set article_id = %s where (crawl_id, sequence) = "
            "(select crawl_id, sequence from news.fetches where key = %s order by fetched_at limit 1)",
            (other, KEY),
        )
    plan = json.loads(command(KEY, "--basis", "a request", "--json").stdout)["plan"]
    assert [one["url"] for one in plan["articles_that_lose_bytes"]] == [url]
    assert url in command(KEY, "--basis", "a request", input="n\n").output


@pytest.mark.parametrize("arguments", [[], [KEY, "--pending"], [KEY]])
def test_what_cannot_be_meant_is_a_wrong_command_line(command, arguments):
    assert command(*arguments).exit_code == 2


def test_an_unknown_article_is_named_with_what_to_do(command):
    done = command("https://news.example/none", "--basis", "x", "--yes")
    assert isinstance(done.exception, BulletinsError)
    assert "news.example/none" in str(done.exception)
