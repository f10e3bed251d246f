"""A crawl that dies anywhere is taken up where it was: no committed attempt lost, none doubled."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.archive import Archive, CrawlWriter, is_closed, publish
from crawlers.archive.member import DamagedError, read_records
from crawlers.records import ArchiveError, DeferReason, Fate, FetchOutcome, LinkFate, Page, Purpose
from crawlers.state import KnownPage
from tests.sample_crawl import (
    CRAWL,
    FEED,
    START,
    attempt,
    body,
    facts,
    fetched,
    head,
    link,
    published,
    request,
    write_crawl,
    write_feed,
    write_page,
)

PAGES = 6


def spooled(tmp_path: Path) -> Path:
    """Return the WARC file of a crawl that died before it was closed."""
    with CrawlWriter.open(tmp_path / "spool", facts()) as writer:
        write_feed(writer, PAGES)
        for number in range(1, PAGES + 1):
            write_page(writer, number, body(number % 4))  # some are revisits
    [file] = (tmp_path / "spool" / CRAWL).glob("*.warc.gz")
    return file


def commits(data: bytes, tmp_path: Path) -> int:
    """Return how many attempts have their note within the bytes."""
    copy = tmp_path / "copy"
    copy.write_bytes(data)
    count = 0
    with copy.open("rb") as stream:
        try:
            count = sum(b'"kind":"attempt"' in record.block for record in whole(stream) if record.kind == "metadata")
        finally:
            copy.unlink()
    return count


def whole(stream):
    """Yield records up to the first that is not whole."""
    try:
        yield from read_records(stream)
    except DamagedError:
        return


def finish(spool: Path, root: Path) -> Archive:
    """Do what a spider does with a crawl: take what is held, fetch the rest, close, publish."""
    with CrawlWriter.open(spool, facts()) as writer:
        if writer.held().take(Purpose.FEED, FEED) is None:
            write_feed(writer, PAGES)
        else:
            writer.links(FEED, [link(number) for number in range(1, PAGES + 1)], ["one item has no link"])
        for number in range(1, PAGES + 1):
            if writer.held().take(Purpose.PAGE, link(number).url, link(number).key) is None:
                write_page(writer, number, body(number % 4))
            writer.fate(fetched(number))
        assert len(writer.held()) == 0
        writer.close(START, "finished")
    archive = Archive(root)
    publish(spool, CRAWL, archive)
    return archive


def assert_complete(archive: Archive) -> None:
    """The archive holds what an uninterrupted crawl would have left."""
    entries = list(archive.entries(CRAWL))
    pages = [entry for entry in entries if isinstance(entry, Page)]
    assert [page.body for page in pages] == [body(number % 4) for number in range(1, PAGES + 1)]
    assert [page.fetch.sequence for page in pages] == list(range(1, PAGES + 1))
    assert [entry.link.position for entry in entries if isinstance(entry, LinkFate)] == list(range(1, PAGES + 1))
    assert [len(note.links) for note in archive.listed(CRAWL)] == [PAGES]
    manifest = archive.manifest(CRAWL)
    assert manifest.links == sum(manifest.fates.values()) == PAGES
    assert manifest.fetches == {"ok": PAGES + 1}


def test_a_file_cut_at_any_record_or_random_byte_is_taken_up_again(tmp_path):
    finish(tmp_path / "uninterrupted", tmp_path / "uninterrupted-archive")
    expected = Archive(tmp_path / "uninterrupted-archive").manifest(CRAWL).files
    source = spooled(tmp_path)
    data = source.read_bytes()
    with source.open("rb") as stream:
        edges = [record.end for record in read_records(stream)]
    generator = random.Random(20260105)
    cuts = {0, 1, len(data), *edges, *(edge - 1 for edge in edges), *(edge + 1 for edge in edges)}
    cuts |= {generator.randrange(len(data)) for _ in range(30)}
    for cut in sorted(cuts):
        folder = tmp_path / f"cut-{cut}"
        shutil.copytree(tmp_path / "spool", folder / "spool")
        os.truncate(folder / "spool" / CRAWL / source.name, min(cut, len(data)))
        committed = commits(data[:cut], tmp_path)
        with CrawlWriter.open(folder / "spool", facts()) as writer:
            assert len(writer.held()) == committed, f"cut at byte {cut}"
        archive = finish(folder / "spool", folder / "archive")
        assert_complete(archive)
        assert archive.manifest(CRAWL).resumed == 2
        assert archive.manifest(CRAWL).files == expected  # to the byte
        shutil.rmtree(folder)


@pytest.mark.parametrize("tail", [b"\0" * 5000, b"\x1f\x8b\x08\x00garbage", b"WARC/1.1\r\n"])
def test_a_tail_of_rubbish_is_dropped_and_said_to_be(tmp_path, caplog, tail):
    file = spooled(tmp_path)
    with file.open("ab") as stream:
        stream.write(tail)
    assert_complete(finish(tmp_path / "spool", tmp_path / "archive"))
    assert f"dropping {len(tail)} bytes" in caplog.text


def test_resuming_works_across_rotated_files(tmp_path):
    with CrawlWriter.open(tmp_path / "spool", facts(), rotate_bytes=2500) as writer:
        for number in range(1, 9):
            write_page(writer, number)
    files = sorted((tmp_path / "spool" / CRAWL).glob("*.warc.gz"))
    assert len(files) > 2
    os.truncate(files[-1], 10)
    with CrawlWriter.open(tmp_path / "spool", facts(), rotate_bytes=2500) as writer:
        held = len(writer.held())
        for number in range(held + 1, 9):
            write_page(writer, number)
        manifest = writer.close(START, "finished")
    publish(tmp_path / "spool", CRAWL, Archive(tmp_path / "archive"))
    bodies = [entry.body for entry in Archive(tmp_path / "archive").entries(CRAWL)]
    assert bodies == [body(number) for number in range(1, 9)]
    assert all(file.records > 1 for file in manifest.files)


def test_damage_before_the_last_file_is_an_error_since_no_death_explains_it(tmp_path):
    with CrawlWriter.open(tmp_path / "spool", facts(), rotate_bytes=2500) as writer:
        for number in range(1, 9):
            write_page(writer, number)
    first = min((tmp_path / "spool" / CRAWL).glob("*.warc.gz"))
    os.truncate(first, first.stat().st_size - 5)
    with pytest.raises(ArchiveError, match=str(first)):
        CrawlWriter.open(tmp_path / "spool", facts())


def test_a_list_of_links_cut_between_its_parts_is_committed_again_whole(tmp_path):
    links = [link(number) for number in range(1200)]
    with CrawlWriter.open(tmp_path / "spool", facts()) as writer:
        writer.links(FEED, links)
    [file] = (tmp_path / "spool" / CRAWL).glob("*.warc.gz")
    with file.open("rb") as stream:
        edges = [record.end for record in read_records(stream)]
    assert len(edges) == 1 + 3
    os.truncate(file, edges[2])
    with CrawlWriter.open(tmp_path / "spool", facts()) as writer:
        writer.links(FEED, links)
        manifest = writer.close(START, "finished")
    publish(tmp_path / "spool", CRAWL, Archive(tmp_path / "archive"))
    assert manifest.links == 1200
    assert [one for note in Archive(tmp_path / "archive").listed(CRAWL) for one in note.links] == links


def test_fates_of_the_process_that_died_do_not_count(tmp_path):
    with CrawlWriter.open(tmp_path / "spool", facts()) as writer:
        write_feed(writer, PAGES)
        for number in range(1, PAGES + 1):
            writer.fate(LinkFate(link=link(number), fate=Fate.DEFERRED, reason=DeferReason.INTERRUPTED))
    archive = finish(tmp_path / "spool", tmp_path / "archive")
    assert archive.manifest(CRAWL).fates == {"fetched": PAGES}


@pytest.mark.parametrize("rotate_bytes", [100, 10**9])
def test_a_crawl_that_dies_while_it_closes_is_closed_again(tmp_path, monkeypatch, rotate_bytes):
    writer = CrawlWriter.open(tmp_path / "spool", facts(), rotate_bytes=rotate_bytes)
    write_feed(writer, PAGES)
    for number in range(1, PAGES + 1):
        write_page(writer, number, body(number % 4))
    for number in range(1, 1300):
        writer.fate(fetched(number))
    with monkeypatch.context() as patch:
        patch.setattr("crawlers.archive.writer.write_manifest", lambda *_: Path("/dev/full").write_bytes(b"x"))
        with pytest.raises(OSError, match="No space"):
            writer.close(START, "finished")
    assert not is_closed(tmp_path / "spool", CRAWL)
    assert_complete(finish(tmp_path / "spool", tmp_path / "archive"))


def test_a_closed_crawl_is_published_not_crawled_again(tmp_path):
    manifest = write_crawl(tmp_path / "spool")
    assert is_closed(tmp_path / "spool", CRAWL)
    with pytest.raises(ArchiveError, match="publish it"):
        CrawlWriter.open(tmp_path / "spool", facts())
    assert publish(tmp_path / "spool", CRAWL, Archive(tmp_path / "archive")) == manifest


def test_a_second_writer_is_refused_while_the_first_one_lives(tmp_path):
    with CrawlWriter.open(tmp_path / "spool", facts()), pytest.raises(ArchiveError, match="another process"):
        CrawlWriter.open(tmp_path / "spool", facts())
    CrawlWriter.open(tmp_path / "spool", facts()).suspend()


def test_the_crawl_keeps_the_time_it_began(tmp_path):
    CrawlWriter.open(tmp_path / "spool", facts()).suspend()
    later = replace(facts(), started_at=START.replace(hour=9), code_version="0.0.2")
    with CrawlWriter.open(tmp_path / "spool", later) as writer:
        assert writer.facts.started_at == START
        assert writer.facts.code_version == "0.0.2"
        assert writer.resumed == 1


def test_history_is_relived_in_order_then_the_network_is_asked(tmp_path):
    url, key = link(1).url, link(1).key
    with CrawlWriter.open(tmp_path / "spool", facts()) as writer:
        busy = attempt(1, outcome=FetchOutcome.SERVER_ERROR, status=503)
        lost = attempt(1, outcome=FetchOutcome.TIMEOUT, status=None)
        first = writer.fetch(busy, request(1), head("503 Busy"), b"later", link=link(1))
        second = writer.fetch(lost, request(1), b"", b"", link=link(1))
        third = write_page(writer, 1)
    with CrawlWriter.open(tmp_path / "spool", facts()) as writer:
        held = writer.held()
        assert held.take(Purpose.FEED, url, key) is None
        assert held.take(Purpose.PAGE, url, "another key") is None
        taken = [held.take(Purpose.PAGE, url, key) for _ in range(3)]
        assert [exchange.fetch for exchange in taken] == [first, second, third]
        assert [exchange.body for exchange in taken[:2]] == [b"later", b""]
        assert taken[0].response_head == head("503 Busy")
        assert taken[1].request_head == request(1)
        assert taken[2].link == link(1)
        assert held.take(Purpose.PAGE, url, key) is None
        assert write_page(writer, 2).sequence == 3


def test_a_held_revisit_comes_with_the_payload_of_the_earlier_crawl(tmp_path):
    archive = published(tmp_path)
    page = next(entry for entry in archive.entries(CRAWL) if isinstance(entry, Page))
    previous = KnownPage(
        key=page.link.key,
        url=page.link.url,
        first_seen_at=START,
        last_fetched_at=START,
        body_sha256=page.fetch.body_sha256,
        warc_file=page.fetch.warc_file,
        warc_offset=page.fetch.warc_offset,
    )
    sent = archive.exchange(str(page.fetch.warc_file), page.fetch.warc_offset or 0)
    next_crawl = facts("sample_outlet-20260106T030000Z-0a1b2c3d")
    with CrawlWriter.open(tmp_path, next_crawl, archive=archive) as writer:
        again = writer.fetch(attempt(1), request(1), sent.response_head, sent.body, link=link(1), previous=previous)
        assert again.payload_file == page.fetch.warc_file
    with CrawlWriter.open(tmp_path, next_crawl, archive=archive) as writer:
        exchange = writer.held().take(Purpose.PAGE, link(1).url, link(1).key)
        assert exchange is not None
        assert exchange.body == sent.body
        assert exchange.fetch == again


def test_payloads_stored_before_the_death_are_not_stored_again_after_it(tmp_path):
    with CrawlWriter.open(tmp_path / "spool", facts()) as writer:
        first = write_page(writer, 1, body(9))
    with CrawlWriter.open(tmp_path / "spool", facts()) as writer:
        assert write_page(writer, 2, body(9)).payload_offset == first.warc_offset


CHILD = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.sample_crawl import *
writer = CrawlWriter.open(Path(sys.argv[1]), facts(), rotate_bytes=300_000)
number = 0
while True:
    number += 1
    write_page(writer, number, (b"%d " % number) * 3000)
    print(number, flush=True)
"""


def test_a_process_killed_by_signal_9_loses_nothing_it_committed(tmp_path):
    for delay in (0.05, 0.11, 0.17):
        spool = tmp_path / str(delay)
        command = [sys.executable, "-c", CHILD, str(spool), str(Path(__file__).parents[1])]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            said = [child.stdout.readline()]
            time.sleep(delay)
            child.send_signal(signal.SIGKILL)
            said += child.stdout.read().split()
        with CrawlWriter.open(spool, facts()) as writer:
            count = len(said)
            assert count <= len(writer.held()) <= count + 1
            exchange = writer.held().take(Purpose.PAGE, link(count).url, link(count).key)
            assert exchange is not None
            assert exchange.fetch.sequence == count - 1
