"""Nothing of an erased page is left in the archive, and every other record keeps its place."""

from __future__ import annotations

import gzip
import hashlib
import random
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.checker import Checker

from crawlers.archive import Archive, CrawlWriter, Scan, publish
from crawlers.archive import erase as erase_from
from crawlers.archive.exact import room, squeeze, store
from crawlers.records import ArchiveError, Page
from processing.survey import find_key, survey
from tests.erase.made import (
    KEY,
    SECRET,
    do,
    html,
    inflated,
)
from tests.sample_crawl import (
    CRAWL,
    LATER_CRAWL,
    OUTLET,
    START,
    facts,
    fetched,
    link,
    write_page,
)
from tests.seed import rows, run

pytestmark = pytest.mark.db


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
