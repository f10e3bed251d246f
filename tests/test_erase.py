"""Erasing: nothing of the page is left anywhere, nothing else is touched, and dying on the way does no harm."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import json
import random
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import psycopg2
import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from fsspec.implementations.memory import MemoryFileSystem
from typer.testing import CliRunner
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.checker import Checker

from bulletins.cli import app
from bulletins.sample.build import OUTLETS
from bulletins.tracing import trace
from crawlers.archive import Archive, CrawlWriter, Scan, publish
from crawlers.archive import erase as erase_from
from crawlers.archive.exact import room, squeeze, store
from crawlers.outlets import load_outlets as declared
from crawlers.records import ArchiveError, BulletinsError, Fate, LinkFate, Page, Purpose
from crawlers.state import CrawlState, KnownPage
from processing import crawl as stages
from processing import database
from processing.check import Severity, check
from processing.crawl import Place
from processing.deduplicate import deduplicate
from processing.due import export_state
from processing.erase import erase, erase_pending
from processing.export import Format, Selection, export
from processing.reference import load_outlets, load_reference
from processing.relate import relate
from processing.survey import EraseError, find_key, survey
from tests.nights import WHEN, environment, night
from tests.sample_crawl import (
    CRAWL,
    LATER_CRAWL,
    OUTLET,
    START,
    attempt,
    facts,
    fetched,
    head,
    link,
    request,
    write_page,
)
from tests.seed import rows, run

TOML = """
name = "Sample Outlet"
home = "https://news.example/"
domains = ["news.example"]
languages = ["en"]
status = "active"
[[feeds]]
kind = "rss"
url = "https://news.example/feed"
"""
SECRET = "Qaboun"  # in every text of the page to be erased, and nowhere else
WORDS = (
    "army road village truck winter school hospital bread convoy bridge river market harvest soldiers families tents "
    "rain mountain border crossing officer council water engineers pipeline station fuel prices traders olive groves "
    "children teachers buses checkpoint patrol letter meeting elders mosque bakery flour warehouse aid workers doctors "
    "clinic vaccine power cables repair crews frost snow shepherds flock valley dam reservoir fishermen boats harbour "
    "port cranes grain silo mill shop tailor street lamps garden wall gate courtyard roof smoke dust wind morning evening "
    "night Friday holiday wedding funeral visitors guests journalists camera radio antenna tower signal phone line"
).split()
RUN = CliRunner()
KEY = link(1).key

pytestmark = pytest.mark.db


def settle(connection) -> None:
    """Link copies and bring together the articles of one event."""
    deduplicate(connection)
    relate(connection)


def html(number: int, words: str = "") -> bytes:
    """An article of its own: names, numbers and order differ from any other's."""
    name = SECRET if number == 1 else f"Village{number}"
    chosen = random.Random(number).sample(WORDS, len(WORDS))
    told = "".join(
        f"<p>Near {name} the {' '.join(chosen[at : at + 12])} were seen by residents.</p>" for at in range(0, 96, 12)
    )
    title = f"Shelling of {name} {words}"
    return (
        f"<html><head><title>{title}</title><meta property='article:published_time' content='2026-01-0{number}T10:00:00Z'>"
        f"</head><body><article><h1>{title}</h1>{told}</article></body></html>"
    ).encode()


class Nights:
    """Two crawls in an archive, loaded: page 1 is the one to be erased.

    First night: pages 1 to 4, of which 3 has the bytes of 1 and 4 the text of 2. Second night: 1 was edited, 2 and 3 are
    as they were, 5 has the new bytes of 1.
    """

    def __init__(self, tmp_path: Path, root: str, url: str) -> None:
        self.url = url
        self.home = tmp_path
        folder = tmp_path / "outlets"
        folder.mkdir()
        (folder / f"{OUTLET}.toml").write_text(TOML)
        self.place = Place(home=tmp_path, archive=root, outlets=folder)
        self.archive = Archive(root)
        first = self.crawl(CRAWL, {1: html(1), 2: html(2), 3: html(1), 4: html(2) + b"<!-- again -->"}, {})
        known = {
            number: KnownPage(
                key=link(number).key, url=link(number).url, first_seen_at=START, last_fetched_at=START,
                body_sha256=fetch.body_sha256, warc_file=fetch.payload_file or fetch.warc_file,
                warc_offset=fetch.warc_offset if fetch.payload_offset is None else fetch.payload_offset,
            )
            for number, fetch in first.items()
        }  # fmt: skip
        self.crawl(LATER_CRAWL, {1: html(1, "corrected"), 2: html(2), 3: html(1), 5: html(1, "corrected")}, known)

    def crawl(self, crawl_id: str, pages: dict[int, bytes], known: dict[int, KnownPage]) -> dict:
        feed = b"".join(f"<item><title>{fetched(n).link.title} {SECRET}</title></item>".encode() for n in pages)
        writer = CrawlWriter.open(self.home / "spool", facts(crawl_id), archive=self.archive)
        asked = attempt(0, purpose=Purpose.FEED, key=None, url=link(1).feed_url, first_url=link(1).feed_url)
        writer.fetch(asked, request(0), head(Content_Type="application/rss+xml"), b"<rss>" + feed + b"</rss>")
        twice = link(1, position=9, title=f"{SECRET} twice")
        writer.links(link(1).feed_url, [*map(link, pages), twice])
        done = {}
        for number, sent in pages.items():
            packed = gzip.compress(sent, mtime=0)
            answer = head(Content_Type="text/html; charset=utf-8", Content_Encoding="gzip")
            made = writer.fetch(
                attempt(number), request(number), answer, packed, link=link(number), previous=known.get(number)
            )
            done[number] = made
            writer.fate(fetched(number))
        writer.fate(LinkFate(link=twice, fate=Fate.DUPLICATE_LINK))
        writer.close(START + dt.timedelta(hours=1), "finished")
        publish(self.home / "spool", crawl_id, self.archive)
        return done

    def load(self, *crawl_ids: str, url: str = "") -> None:
        with closing(database.connect(url or self.url)) as connection:
            load_reference(connection)
            load_outlets(connection, [self.place.outlet(OUTLET)], self.place.outlets)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("BULLETINS_DATABASE_URL", url or self.url)
            for crawl_id in crawl_ids or (CRAWL, LATER_CRAWL):
                stages.clean(crawl_id, self.place)
                stages.tag_crawl(crawl_id, self.place)
                counts = stages.load(crawl_id, self.place)
                assert counts.silent_losses == 0

    def bytes(self) -> dict[str, bytes]:
        """All files of the archive, by path below its root."""
        paths = self.archive.fs.find(self.archive.base)
        return {str(path).removeprefix(self.archive.base): self.archive.fs.cat_file(path) for path in paths}

    def warcs(self) -> dict[str, bytes]:
        return {path: data for path, data in self.bytes().items() if path.endswith(".warc.gz")}


@pytest.fixture(params=["disk", "memory"])
def nights(request, tmp_path, connection, database_url):
    root = str(tmp_path / "archive") if request.param == "disk" else f"memory://{tmp_path.name}"
    made = Nights(tmp_path, root, database_url)
    made.load()
    settle(connection)
    yield made
    MemoryFileSystem.store.clear()


@pytest.fixture
def on_disk(tmp_path, connection, database_url):
    made = Nights(tmp_path, str(tmp_path / "archive"), database_url)
    made.load()
    settle(connection)
    return made


def do(connection, nights: Nights, key: str = KEY, **how):
    return erase(connection, nights.place, key, basis="a request", decided_by="editor", **how)


def failed(connection) -> list[str]:
    return [result.name for result in check(connection) if result.count and result.severity is Severity.FAIL]


def everything(connection) -> str:
    """All rows of all tables but the reference ones, as text."""
    names = rows(
        connection,
        "select c.oid::regclass::text from pg_class c where relkind = 'r' and relnamespace = 'news'::regnamespace "
        "and relname not in ('places', 'actors', 'sources', 'exports', 'event_types', 'outlets') and relname !~ '^schema'",
    )
    return "\n".join(str(row) for (name,) in names for row in rows(connection, f"select t::text from {name} as t"))


def snapshot(connection) -> list:
    return [
        sorted(rows(connection, f"select t::text from news.{name} as t"))
        for name in ("articles", "article_versions", "fetches", "links", "stories", "story_articles", "copy_pairs", "erasures",
                     "crawl_files", "fingerprints", "fingerprint_marks")
    ]  # fmt: skip


def inflated(nights: Nights) -> bytes:
    """What the archive says, with every body unpacked."""
    parts = []
    for data in nights.warcs().values():
        for record in WarcioIterator(io.BytesIO(data), no_record_parse=True):
            block = record.raw_stream.read()
            parts.append(str(record.rec_headers.headers).encode() + block)
            if b"\x1f\x8b" in block:
                parts.append(gzip.decompress(block[block.index(b"\x1f\x8b") :]))
    return b"\n".join(parts)


# --- what is there before: the tests below could not fail otherwise ---


def test_before_it_the_page_is_everywhere(nights, connection):
    assert SECRET in everything(connection)
    assert SECRET.encode() in inflated(nights)
    assert b"news.example/1" in inflated(nights)
    assert rows(connection, "select count(*) from news.articles") == [(5,)]
    assert rows(connection, "select version_count from news.articles where key = %(key)s", key=KEY) == [(2,)]
    assert rows(connection, "select count(*) from news.copy_pairs group by first_article_id") == [(1,), (1,)]
    assert sorted(rows(connection, "select article_count from news.stories")) == [(2,), (3,)]  # 1, 3, 5 of one event
    shared = [e for e in nights.archive.entries(LATER_CRAWL) if isinstance(e, Page) and e.fetch.key == link(3).key]
    [first] = [e for e in nights.archive.entries(CRAWL) if isinstance(e, Page) and e.fetch.key == KEY]
    assert shared[0].fetch.payload_offset == first.fetch.warc_offset  # its bytes stand in the page's record


# --- tables ---


def test_no_table_knows_anything_of_it_but_the_key(nights, connection):
    for number in (3, 5, 1):
        do(connection, nights, link(number).key)
    left = everything(connection)
    assert SECRET not in left
    assert "news.example/1" not in left
    assert KEY in left
    [(basis, decided_by, finished)] = rows(
        connection, "select basis, decided_by, finished_at is not null from news.erasures where key = %(key)s", key=KEY
    )
    assert (basis, decided_by, finished) == ("a request", "editor", True)


def test_the_books_of_its_crawls_balance(nights, connection):
    do(connection, nights)
    assert failed(connection) == []
    outcomes = rows(
        connection, "select outcome, reason from news.links where key = %(key)s order by crawl_id, 1", key=KEY
    )
    assert outcomes == [("duplicate_link", ""), ("rejected", "erased")] * 2


def test_its_story_is_made_anew_of_the_others(nights, connection):
    done = do(connection, nights).rows
    assert (done["copies"], done["stories"]) == (1, 1)
    assert rows(connection, "select count(*) from news.copy_pairs") == [(1,)]  # that of pages 2 and 4
    assert rows(connection, "select copy_of from news.articles where key = %(key)s", key=link(5).key) == [(None,)]
    assert rows(connection, "select article_count from news.stories") == [(2,), (2,)]  # 3 and 5 still report one event
    before = snapshot(connection)
    settle(connection)
    assert snapshot(connection) == before


def test_copies_and_a_story_that_lose_their_first_article_get_another_first(on_disk, connection):
    on_disk.crawl("sample_outlet-20260107T030000Z-0a1b2c3d", {6: html(1, "corrected")}, {})
    on_disk.load("sample_outlet-20260107T030000Z-0a1b2c3d")
    settle(connection)
    lead = (
        "select key from news.articles as a join news.copy_pairs as p on a.article_id = p.first_article_id "
        "group by key having count(*) = 2"
    )
    [(first,)] = rows(connection, lead)
    do(connection, on_disk, first)
    assert failed(connection) == []
    left = {link(1).key, link(5).key, link(6).key} - {first}
    [(story,)] = rows(
        connection,
        "select distinct story_id from news.articles where key = any (%(keys)s)", keys=sorted(left),
    )  # fmt: skip
    before = snapshot(connection)
    settle(connection)
    assert story
    assert snapshot(connection) == before


def test_marks_that_it_carried_for_texts_of_the_same_words_pass_to_another(nights, connection):
    carrier = (
        "select a.key from news.fingerprints join news.articles as a on current_version_id = version_id where has_marks"
    )
    for key in (link(2).key, link(4).key):
        if (key,) in rows(connection, carrier):
            do(connection, nights, key)
    orphans = (
        "select count(*) from news.fingerprint_marks where version_id not in (select version_id from news.fingerprints)"
    )
    assert rows(connection, orphans) == [(0,)]


# --- archive ---


def test_no_record_holds_its_bytes_address_or_title(nights, connection):
    for number in (3, 5, 1):
        do(connection, nights, link(number).key)
    left = inflated(nights)
    assert SECRET.encode() not in left
    assert b"news.example/1" not in left
    assert b"GET /1" not in left
    assert KEY.encode() in left


def test_every_other_record_stands_where_it_stood_and_says_the_same(nights, connection):
    before = {e.fetch.sequence: e for e in nights.archive.entries(CRAWL) if isinstance(e, Page)}
    sizes = {path: len(data) for path, data in nights.warcs().items()}
    do(connection, nights)
    after = {e.fetch.sequence: e for e in nights.archive.entries(CRAWL) if isinstance(e, Page)}
    assert {path: len(data) for path, data in nights.warcs().items()} == sizes
    assert after == {number: page for number, page in before.items() if page.fetch.key != KEY}
    for page in after.values():
        again = nights.archive.page(page.fetch.warc_file, page.fetch.warc_offset)
        assert hashlib.sha256(again.body).hexdigest() == page.fetch.body_sha256


def test_another_page_with_the_same_bytes_keeps_them_under_its_own_address(nights, connection):
    done = do(connection, nights)
    assert done.heirs == tuple(sorted([link(3).key, link(5).key]))
    kept = {e.fetch.key: e.body for e in nights.archive.entries(LATER_CRAWL) if isinstance(e, Page)}
    assert (kept[link(3).key], kept[link(5).key]) == (html(1), html(1, "corrected"))
    assert b"news.example/1" not in inflated(nights)


def test_what_was_handed_on_goes_with_the_last_page_that_has_it(nights, connection):
    do(connection, nights)
    assert do(connection, nights, link(3).key).heirs == (link(5).key,)
    assert do(connection, nights, link(5).key).heirs == ()
    assert SECRET.encode() not in inflated(nights)


def test_other_tools_read_the_files_and_find_every_digest_right(on_disk, connection, capsys):
    do(connection, on_disk)
    for file in sorted((on_disk.home / "archive").rglob("*.warc.gz")):
        checker = Checker(SimpleNamespace(inputs=[str(file)], verbose=True))
        checker.process_all()
        assert checker.exit_value == 0, capsys.readouterr().out
        with file.open("rb") as stream:
            fast = [record.record_id for record in FastIterator(stream, verify_digests=True)]
        with file.open("rb") as stream:
            slow = [record.rec_headers.get_header("WARC-Record-ID") for record in WarcioIterator(stream)]
        assert len(fast) == len(slow) > 10


def test_manifest_tables_and_files_agree_on_every_hash(nights, connection):
    do(connection, nights)
    stored = dict(rows(connection, "select path, sha256 from news.crawl_files"))
    for path, data in nights.warcs().items():
        assert stored[path.lstrip("/")] == hashlib.sha256(data).hexdigest()
    for crawl_id in (CRAWL, LATER_CRAWL):
        assert [file.sha256_before for file in nights.archive.manifest(crawl_id).files] == [None]


def bare_archive(tmp_path: Path, pages: dict[int, bytes], address: str = "") -> Archive:
    """An archive of one crawl without tables; page 2 has `address`, if it is given."""
    archive = Archive(tmp_path / "archive")
    with CrawlWriter.open(tmp_path / "spool", facts(), archive=archive) as writer:
        for number, content in pages.items():
            named = {"url": address, "first_url": address} if address and number == 2 else {}
            write_page(writer, number, content, **named)
            writer.fate(fetched(number))
        writer.close(START, "finished")
    publish(tmp_path / "spool", CRAWL, archive)
    return archive


def found_in(archive: Archive, *keys: str):
    scan = Scan(set(keys))
    scan.read(archive, archive.crawl_ids())
    return scan.found()


def test_a_large_page_is_replaced_by_spaces_that_other_tools_can_read(tmp_path):
    archive = bare_archive(tmp_path, {1: random.Random(1).randbytes(400_000), 2: b"other"})
    erase_from(archive, found_in(archive, KEY), {KEY})
    [file] = (tmp_path / "archive").rglob("*.warc.gz")
    checker = Checker(SimpleNamespace(inputs=[str(file)], verbose=False))
    checker.process_all()
    assert checker.exit_value == 0
    with file.open("rb") as stream:
        lengths = [len(record.reader.read()) for record in FastIterator(stream, parse_http=False)]
    assert max(lengths) > 390_000
    assert [e.body for e in archive.entries(CRAWL) if isinstance(e, Page)] == [b"other"]


def test_bytes_that_cannot_stay_under_the_other_pages_address_are_not_taken_from_it(tmp_path):
    address = "https://news.example/" + "".join(
        random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=1500)
    )
    archive = bare_archive(tmp_path, {1: b"same", 2: b"same"}, address)
    before = [file.read_bytes() for file in (tmp_path / "archive").rglob("*.*")]
    with pytest.raises(ArchiveError, match="erase the other page"):
        erase_from(archive, found_in(archive, KEY), {KEY})
    assert [file.read_bytes() for file in (tmp_path / "archive").rglob("*.*")] == before
    both = {KEY, link(2).key}
    erase_from(archive, found_in(archive, *both), both)
    assert not [e for e in archive.entries(CRAWL) if isinstance(e, Page)]
    assert not found_in(archive, *both).changes


def test_an_erased_record_says_so_when_it_is_asked_for(nights, connection):
    [(file, offset)] = rows(
        connection,
        "select warc_file, warc_offset from news.fetches where key = %(key)s and crawl_id = %(crawl)s", key=KEY, crawl=CRAWL,
    )  # fmt: skip
    do(connection, nights)
    with pytest.raises(ArchiveError, match="was erased"):
        nights.archive.page(file, offset)


def test_a_damaged_file_is_not_rewritten_and_named(on_disk, connection):
    file = sorted((on_disk.home / "archive").rglob("*.warc.gz"))[0]
    data = bytearray(file.read_bytes())
    data[4] ^= 1  # the time in a gzip head: no record is damaged, the file's hash is
    file.write_bytes(data)
    with pytest.raises(ArchiveError, match="SHA-256"):
        do(connection, on_disk)
    assert file.read_bytes() == data
    assert rows(connection, "select finished_at from news.erasures") == [(None,)]


def test_work_files_that_hold_its_text_go(on_disk, connection):
    assert list((on_disk.home / "work").rglob("*.gz"))
    do(connection, on_disk)
    assert not list((on_disk.home / "work").rglob("*.gz"))


def test_a_page_that_only_the_archive_has_is_erased_there(nights, connection):
    run(connection, "truncate news.crawls cascade")
    key = find_key(connection, link(1).url, {OUTLET: nights.place.outlet(OUTLET)})
    assert survey(connection, nights.archive, key).found.counts["handed on"] == 2
    do(connection, nights)
    assert b"GET /1" not in inflated(nights)


# --- it stays out ---


def test_processing_its_crawls_again_does_not_bring_it_back(nights, connection):
    do(connection, nights)
    before = snapshot(connection)
    nights.load()
    assert snapshot(connection) == before
    assert failed(connection) == []


def test_processing_before_the_archive_is_done_does_not_bring_it_back(nights, connection):
    with pytest.raises(Killed):
        do(connection, nights, on_step=killer(2))
    nights.load()
    assert rows(connection, "select count(*) from news.articles where key = %(key)s", key=KEY) == [(0,)]
    assert "news.example/1" not in everything(connection)


def test_a_database_made_anew_from_the_archive_does_not_have_it(nights, connection, new_database):
    do(connection, nights)
    url = new_database()
    with closing(database.connect(url)) as fresh:
        database.migrate(fresh)
        nights.load(url=url)
        assert rows(fresh, "select count(*) from news.articles") == [(4,)]
        assert failed(fresh) == []
        links = rows(fresh, "select distinct outcome, reason, title, url from news.links where key = %(key)s", key=KEY)
        assert sorted(links) == [("duplicate_link", "", None, ""), ("rejected", "erased", None, "")]
        assert erase_pending(fresh, nights.place).keys == (KEY,)
        assert rows(fresh, "select key, basis from news.erasures") == [(KEY, "a request")]
        assert erase_pending(fresh, nights.place).keys == ()


@pytest.mark.parametrize("forced", [False, True])
def test_the_next_crawl_does_not_fetch_it(nights, connection, tmp_path, new_database, forced):
    do(connection, nights)
    export_state(connection, OUTLET, tmp_path / "state", forced)
    with closing(CrawlState(tmp_path / "state")) as state:
        assert state.page(KEY).due is False
        assert state.page(KEY).url == ""
        assert state.page(link(2).key) is not None
    url = new_database()  # one made anew, in which nothing is loaded yet
    with closing(database.connect(url)) as fresh:
        database.migrate(fresh)
        export_state(fresh, OUTLET, tmp_path / "other", forced, erased=[KEY])
    with closing(CrawlState(tmp_path / "other")) as state:
        assert state.page(KEY).due is False


def test_a_real_night_after_it_neither_fetches_nor_loads_it_and_the_others_can_be_traced(
    tmp_path, connection, database_url
):
    with environment(tmp_path, database_url):
        night("first")
        place = Place.from_environment()
        before = rows(connection, "select key, article_id::text from news.articles order by key")
        key = before[0][0]
        erase(connection, place, key, basis="a request")
        for crawl_id in night("second", force=True, when=WHEN + dt.timedelta(days=1)):
            fetched_keys = {e.fetch.key for e in Archive(place.archive).entries(crawl_id) if isinstance(e, Page)}
            assert key not in fetched_keys
        assert rows(connection, "select key, article_id::text from news.articles order by key") == before[1:]
        outcomes = rows(
            connection, "select distinct outcome from news.links where key = %(key)s and reason = ''", key=key
        )
        assert ("already_known",) in outcomes
        assert failed(connection) == []
        for _, article_id in before[1:]:
            assert all(step.sound is not False for step in trace(connection, article_id, declared(OUTLETS)))
        with pytest.raises(BulletinsError, match="no article"):
            trace(connection, before[0][1], declared(OUTLETS))


# --- dying on the way ---


class Killed(Exception):
    """Stands for the death of the process."""


def killer(after: int):
    """Die when the nth step is done."""
    left = [after]

    def step(name: str) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise Killed(name)

    return step


def steps_of(connection, nights) -> list[str]:
    steps: list[str] = []
    do(connection, nights, on_step=steps.append)
    return steps


def test_the_decision_comes_first_and_the_end_last(nights, connection):
    steps = steps_of(connection, nights)
    assert steps[0] == "decision"
    assert steps[1].startswith("tables")
    assert steps[-1] == "end"
    assert sum(step.endswith("replaced") for step in steps) == 2


@pytest.mark.parametrize("after", range(1, 13))
def test_killed_after_any_step_the_same_call_finishes(nights, connection, after):
    with pytest.raises(Killed):
        do(connection, nights, on_step=killer(after))
    for crawl_id in (CRAWL, LATER_CRAWL):  # whenever it dies, the archive can be read
        list(nights.archive.entries(crawl_id))
    assert find_key(connection, KEY[:32], {}) == KEY
    do(connection, nights)
    assert b"GET /1" not in inflated(nights)
    assert "news.example/1" not in everything(connection)
    assert failed(connection) == []
    assert not [path for path in nights.bytes() if path.endswith(".part")]
    test = do(connection, nights)
    assert (test.rows, test.records, test.files) == ({}, {}, 0)
    nights.load()
    assert rows(connection, "select count(*) from news.articles") == [(4,)]


def test_there_are_no_more_steps_than_the_test_above_dies_after(nights, connection):
    assert len(steps_of(connection, nights)) == 13  # the last is the end: nothing is left to finish after it


def test_done_twice_it_changes_nothing(nights, connection):
    do(connection, nights)
    before, files = snapshot(connection), nights.bytes()
    again = do(connection, nights)
    assert (again.rows, again.records, again.files) == ({}, {}, 0)
    assert (snapshot(connection), nights.bytes()) == (before, files)


def test_pending_finishes_what_was_cut_short(nights, connection):
    with pytest.raises(Killed):
        do(connection, nights, on_step=killer(1))
    assert erase_pending(connection, nights.place).keys == (KEY,)
    assert rows(connection, "select finished_at is not null from news.erasures") == [(True,)]


def test_it_waits_for_a_crawl_of_the_outlet_and_says_so(on_disk, connection, monkeypatch):
    monkeypatch.setattr("processing.erase.PATIENCE", 0.1)
    with (
        closing(database.connect(on_disk.url)) as other,
        database.outlet_lock(other, OUTLET),
        pytest.raises(EraseError, match="--pending"),
    ):
        do(connection, on_disk)
    assert rows(connection, "select count(*) from news.articles where key = %(key)s", key=KEY) == [(0,)]
    assert erase_pending(connection, on_disk.place).keys == (KEY,)


def test_a_crawl_left_in_the_spool_keeps_it_open(on_disk, connection):
    left = on_disk.home / "spool" / "sample_outlet-20260109T030000Z-0a1b2c3d"
    left.mkdir(parents=True)
    assert do(connection, on_disk).waiting == (left.name,)
    assert rows(connection, "select finished_at from news.erasures") == [(None,)]
    left.rmdir()
    assert erase_pending(connection, on_disk.place).waiting == ()


# --- exports ---


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


# --- who may, and what may be meant ---


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


def test_without_a_ground_nothing_is_erased(on_disk, connection):
    before = snapshot(connection)
    with pytest.raises(EraseError, match="--basis"):
        erase(connection, on_disk.place, KEY)
    assert snapshot(connection) == before


# --- the command ---


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


@pytest.mark.parametrize("arguments", [[], [KEY, "--pending"], [KEY]])
def test_what_cannot_be_meant_is_a_wrong_command_line(command, arguments):
    assert command(*arguments).exit_code == 2


def test_an_unknown_article_is_named_with_what_to_do(command):
    done = command("https://news.example/none", "--basis", "x", "--yes")
    assert isinstance(done.exception, BulletinsError)
    assert "news.example/none" in str(done.exception)


# --- members of an exact length ---


@pytest.mark.parametrize("over", [0, 1, 2, 5, 6, 7, 300, 4096])
def test_a_member_has_the_length_that_is_asked_for(over):
    raw = b"some text " * 50
    for level in (9, 6):
        least = next(n for n in range(20, 600) if squeeze(raw, n))
        made = squeeze(raw, least + over)
        assert (len(made), gzip.decompress(made), level) == (least + over, raw, level)
    assert squeeze(raw, least - 1) is None


@pytest.mark.parametrize("length", [300, 65_553, 65_558, 65_559, 65_560, 131_100, 200_000, 1_000_003])
def test_a_stored_member_fills_any_length(length):
    raw = bytes(room(length))
    assert len(store(raw, length)) == length
    assert gzip.decompress(store(raw, length)) == raw


def test_a_scan_finds_nothing_where_nothing_is_erased(on_disk):
    scan = Scan({"f" * 64})
    scan.read(on_disk.archive, on_disk.archive.crawl_ids())
    assert (scan.found().touched, scan.found().changes) == ((), ())
