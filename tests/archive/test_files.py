"""Files, manifests and publishing; what is damaged says so; size."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from dataclasses import replace
from pathlib import Path

import pytest

from crawlers.archive import Archive, Budget, CrawlWriter, publish
from crawlers.archive.message import parse_head
from crawlers.records import ArchiveError, BulletinsError, Fate, FetchOutcome, LinkFate, Page, Purpose
from tests.archive.opened import finish, records, warcs
from tests.sample_crawl import (
    CRAWL,
    FEED,
    attempt,
    body,
    facts,
    fetched,
    head,
    link,
    published,
    request,
    write_crawl,
    write_page,
)


def test_files_rotate_between_attempts_and_read_as_one(tmp_path):
    manifest = write_crawl(tmp_path / "spool", 40, rotate_bytes=6000)
    archive = Archive(tmp_path / "archive")
    publish(tmp_path / "spool", CRAWL, archive)
    assert len(manifest.files) > 3
    assert all(file.size < 6000 + 5000 for file in manifest.files)
    pages = [entry for entry in archive.entries(CRAWL) if isinstance(entry, Page)]
    assert [page.body for page in pages] == [body(number) for number in range(1, 41)]
    assert len({page.fetch.warc_file for page in pages}) > 3
    for page in pages:
        assert archive.page(str(page.fetch.warc_file), page.fetch.warc_offset or 0) == page
    for file in warcs(archive):
        assert records(file)[0][0]["WARC-Type"] == "warcinfo"


def test_the_manifest_counts_what_the_crawl_did(tmp_path):
    archive = published(tmp_path)
    manifest = archive.manifest(CRAWL)
    assert manifest.links == 3
    assert manifest.fates == {"fetched": 3}
    assert manifest.fetches == {"ok": 4}
    assert manifest.stats == {"downloader/request_count": 4.0}
    [file] = manifest.files
    stored = Path(archive.root, file.path).read_bytes()
    assert (file.size, file.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    assert file.records == len(records(Path(archive.root, file.path)))


def test_fates_come_in_the_order_of_the_feeds_whenever_they_were_known(writer, tmp_path):
    fates = [LinkFate(link=link(number), fate=Fate.ALREADY_KNOWN) for number in range(1200)]
    for fate in reversed(fates):
        writer.fate(fate)
    assert list(finish(writer, tmp_path).entries(CRAWL)) == fates


def test_what_a_feed_listed_and_what_was_wrong_with_it_is_kept(writer, tmp_path):
    links = [link(number) for number in range(1100)]
    writer.links(FEED, links, ["item 3: no link", "item 4: \ud800"])
    writer.links(FEED + "?page=2", [], ["no entries"])
    archive = finish(writer, tmp_path)
    notes = list(archive.listed(CRAWL))
    assert [one for note in notes for one in note.links] == links
    assert [note.problems for note in notes if note.last] == [("item 3: no link", "item 4: \ufffd"), ("no entries",)]
    assert archive.manifest(CRAWL).links == 1100


@pytest.mark.parametrize("kind", ["path", "memory"])
def test_a_published_crawl_is_the_same_in_a_folder_and_in_an_object_store(tmp_path, kind):
    root = f"memory://{tmp_path.name}" if kind == "memory" else None
    archive = published(tmp_path, root=root)
    assert archive.crawl_ids() == archive.crawl_ids("sample_outlet") == (CRAWL,)
    assert archive.crawl_ids("other") == ()
    pages = [entry for entry in archive.entries(CRAWL) if isinstance(entry, Page)]
    assert [page.body for page in pages] == [body(1), body(2), body(3)]
    assert archive.page(str(pages[1].fetch.warc_file), pages[1].fetch.warc_offset or 0) == pages[1]
    assert archive.size() > sum(file.size for file in archive.manifest(CRAWL).files)
    assert not (tmp_path / "spool" / CRAWL).exists()


@pytest.mark.parametrize("kind", ["path", "memory"])
def test_publishing_twice_is_harmless(tmp_path, kind):
    archive = published(tmp_path, root=f"memory://twice-{tmp_path.name}" if kind == "memory" else None)
    before = archive.manifest(CRAWL)
    assert publish(tmp_path / "spool", CRAWL, archive) == before
    write_crawl(tmp_path / "spool")
    assert publish(tmp_path / "spool", CRAWL, archive) == before


@pytest.mark.parametrize("kind", ["path", "memory"])
@pytest.mark.parametrize("step", range(12))
def test_a_publication_that_dies_at_any_step_shows_nothing_half_done_and_is_finished_later(
    tmp_path, monkeypatch, kind, step
):
    root = f"memory://step{step}-{tmp_path.name}" if kind == "memory" else str(tmp_path / "archive")
    archive = Archive(root)
    manifest = write_crawl(tmp_path / "spool", 20, rotate_bytes=4000)
    assert len(manifest.files) >= 3
    with monkeypatch.context() as patch:
        die_at(patch, step, archive)
        with pytest.raises(KeyboardInterrupt):
            publish(tmp_path / "spool", CRAWL, archive)
    sizes = {file.path: file.size for file in manifest.files}
    for path, info in archive.fs.find(archive.base, detail=True).items():
        if path.endswith(".warc.gz"):
            assert info["size"] == sizes[path.removeprefix(archive.base + "/")]
    if CRAWL in archive.crawl_ids():
        assert len(list(archive.entries(CRAWL))) == 41
    assert publish(tmp_path / "spool", CRAWL, archive) == manifest
    assert len(list(archive.entries(CRAWL))) == 41
    assert not (tmp_path / "spool" / CRAWL).exists()
    assert [path for path in archive.fs.find(archive.base) if path.endswith(".part")] == []


def die_at(patch: pytest.MonkeyPatch, step: int, archive: Archive) -> None:
    """Let the `step`-th change of a folder be the last thing that this process does."""
    left = iter(range(step))

    def dying(name: str, change):
        def changed(*given, **named):
            if next(left, None) is None:
                raise KeyboardInterrupt(name)
            return change(*given, **named)

        return changed

    for name in ("replace", "unlink", "rmdir"):
        patch.setattr(Path, name, dying(name, getattr(Path, name)))
    patch.setattr("os.link", dying("link", __import__("os").link))
    if archive.base != archive.root:
        for name in ("put_file", "mv"):
            patch.setattr(type(archive.fs), name, dying(name, getattr(type(archive.fs), name)))


def test_files_are_copied_where_they_cannot_be_linked(tmp_path, monkeypatch):
    def refuse(*_):
        raise OSError(18, "another disk")

    monkeypatch.setattr("os.link", refuse)
    assert len(list(published(tmp_path).entries(CRAWL))) == 7


def test_a_crawl_that_is_not_closed_is_not_published(writer, tmp_path):
    write_page(writer, 1)
    with pytest.raises(ArchiveError, match="not closed"):
        publish(tmp_path / "spool", CRAWL, Archive(tmp_path / "archive"))
    assert not (tmp_path / "archive").exists()


def test_a_crawl_that_is_nowhere_is_an_error_that_names_it(tmp_path):
    with pytest.raises(ArchiveError, match=CRAWL):
        publish(tmp_path / "spool", CRAWL, Archive(tmp_path / "archive"))


def test_a_full_disk_loses_the_attempt_at_hand_only(writer, tmp_path, monkeypatch):
    write_page(writer, 1)

    class Full(io.FileIO):
        room = 100

        def write(self, data):
            if self.room <= 0:
                raise OSError(28, "No space left on device")
            self.room -= 100
            return super().write(data[:100])

    file = writer._output._file
    with monkeypatch.context() as patch:
        full = Full(file.name, "ab")
        full.seek(0, io.SEEK_END)
        patch.setattr(writer._output, "_file", full)
        with pytest.raises(OSError, match="No space"):
            write_page(writer, 2)
        full.close()
    file.seek(0, io.SEEK_END)
    write_page(writer, 2, body(7))
    write_page(writer, 3, body(7))
    assert [page.body for page in finish(writer, tmp_path).entries(CRAWL)] == [body(1), body(7), body(7)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"crawl_id"', b'"krawl_id"'),
        (b"{", b"["),
        (b'"links": 3', b'"links": "many"'),
        (b"sample_outlet-20260105T030000Z-0a1b2c3d/sample", b"../sample"),
        (b'"outlet": "sample_outlet"', b'"outlet": "other"'),
    ],
)
def test_a_damaged_manifest_is_an_error_that_names_the_file(tmp_path, old, new):
    archive = published(tmp_path)
    [manifest] = Path(archive.root).rglob("manifest.json")
    assert old in manifest.read_bytes()
    manifest.write_bytes(manifest.read_bytes().replace(old, new))
    with pytest.raises(ArchiveError, match=str(manifest)):
        list(archive.entries(CRAWL))


@pytest.mark.parametrize("damage", ["flip", "flip what gzip ignores", "cut", "cut at a record", "append", "remove"])
def test_a_damaged_file_is_an_error_that_names_it(tmp_path, damage):
    archive = published(tmp_path)
    [file] = warcs(archive)
    data = bytearray(file.read_bytes())
    page = next(entry for entry in archive.entries(CRAWL) if isinstance(entry, Page))
    if damage == "flip":
        data[len(data) // 2] ^= 1
    elif damage == "flip what gzip ignores":
        data[4] ^= 1
    elif damage.startswith("cut"):
        data = data[: page.fetch.warc_offset if damage == "cut at a record" else -3]
    elif damage == "append":
        data += data[:300]
    file.write_bytes(data)
    if damage == "remove":
        file.unlink()
    with pytest.raises(ArchiveError, match=str(file)):
        list(archive.entries(CRAWL))


def test_a_page_whose_bytes_are_not_those_that_came_is_an_error(tmp_path):
    archive = published(tmp_path)
    first, second = [entry.fetch for entry in archive.entries(CRAWL) if isinstance(entry, Page)][:2]
    forged = replace(archive.exchange(str(first.warc_file), first.warc_offset or 0), fetch=second)
    with pytest.raises(ArchiveError, match="when it came"):
        archive._page(forged)


@pytest.mark.parametrize("place", [("{file}", 5), ("{file}", 10**9), ("../../etc/passwd", 0), ("nowhere.warc.gz", 0)])
def test_a_place_without_an_attempt_is_an_error(tmp_path, place):
    archive = published(tmp_path)
    file = archive.manifest(CRAWL).files[0].path
    with pytest.raises(ArchiveError):
        archive.page(place[0].format(file=file), place[1])


def test_a_place_of_an_attempt_that_brought_no_page_is_an_error_that_says_what_it_brought(writer, tmp_path):
    fetch = attempt(1, outcome=FetchOutcome.NOT_FOUND, status=404)
    fetch = writer.fetch(fetch, request(1), head("404 Not Found"), b"gone", link=link(1))
    archive = finish(writer, tmp_path)
    with pytest.raises(ArchiveError, match="not_found"):
        archive.page(str(fetch.warc_file), fetch.warc_offset or 0)
    assert archive.exchange(str(fetch.warc_file), fetch.warc_offset or 0).body == b"gone"


@pytest.mark.parametrize(
    ("gigabytes", "state"),
    [("", Budget.OK), ("0.01", Budget.OK), ("0.000001", Budget.USED_UP)],
)
def test_the_budget_says_how_the_archive_stands(tmp_path, monkeypatch, gigabytes, state):
    monkeypatch.setenv("BULLETINS_ARCHIVE_BUDGET_GB", gigabytes)
    budget = published(tmp_path).budget()
    assert budget.state is state
    assert budget.used_bytes > 1000


def test_the_budget_warns_from_four_fifths_on(tmp_path, monkeypatch):
    archive = published(tmp_path)
    monkeypatch.setenv("BULLETINS_ARCHIVE_BUDGET_GB", str(archive.size() / 0.85 / 1e9))
    assert archive.budget().state is Budget.WARNING


@pytest.mark.parametrize("given", ["much", "0", "-1", "nan", "inf"])
def test_a_budget_that_is_no_number_is_an_error_that_names_the_variable(tmp_path, monkeypatch, given):
    monkeypatch.setenv("BULLETINS_ARCHIVE_BUDGET_GB", given)
    with pytest.raises(BulletinsError, match="BULLETINS_ARCHIVE_BUDGET_GB"):
        Archive(tmp_path).budget()


def test_an_archive_that_is_not_there_yet_is_empty(tmp_path):
    archive = Archive(tmp_path / "nowhere")
    assert archive.crawl_ids() == ()
    assert archive.size() == 0


def test_memory_does_not_grow_with_the_crawl(tmp_path):
    def read(archive: Archive) -> int:
        return sum(len(entry.body) for entry in archive.entries(CRAWL) if isinstance(entry, Page))

    filler = hashlib.sha512(b"filler").hexdigest().encode() * 390
    writer = CrawlWriter.open(tmp_path / "spool", facts())
    tracemalloc.start()
    try:
        for number in range(2000):
            write_page(writer, number, b"%d " % number + filler)
            writer.fate(fetched(number))
        archive = finish(writer, tmp_path)
        written = tracemalloc.get_traced_memory()[1]
        tracemalloc.reset_peak()
        assert read(archive) > 2000 * 49_000
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert written < 30_000_000
    assert peak < 30_000_000


def test_heads_are_taken_apart_as_servers_send_them():
    assert parse_head(b"") == ("", ())
    assert parse_head(b"HTTP/1.1 200\nA:1\n b\nbroken\n\n") == ("HTTP/1.1 200", (("A", "1 b"),))


def test_purposes_without_a_link_come_back_as_attempts(writer, tmp_path):
    robots = attempt(0, purpose=Purpose.ROBOTS, key=None, url="https://news.example/robots.txt")
    done = writer.fetch(robots, request(0), head(), b"User-agent: *\n")
    assert list(finish(writer, tmp_path).entries(CRAWL)) == [done]
