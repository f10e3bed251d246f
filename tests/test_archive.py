"""The archive: what was received comes back as it was, in files that other tools can prove."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import io
import tracemalloc
import zlib
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastwarc.warc import ArchiveIterator as FastIterator
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator
from warcio.checker import Checker

from crawlers.archive import Archive, Budget, CrawlWriter, decode, publish
from crawlers.archive.message import MAX_BODY, parse_head
from crawlers.records import ArchiveError, BulletinsError, Fate, Fetch, FetchOutcome, LinkFate, Page, Purpose
from crawlers.state import KnownPage
from tests.sample_crawl import (
    CRAWL,
    FEED,
    LATER_CRAWL,
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


@pytest.fixture
def writer(tmp_path: Path):
    opened = CrawlWriter.open(tmp_path / "spool", facts(), archive=Archive(tmp_path / "archive"))
    yield opened
    opened.suspend()


def finish(writer: CrawlWriter, tmp_path: Path, root: Path | None = None) -> Archive:
    """Close and publish the crawl of `writer`."""
    writer.close(START, "finished")
    archive = Archive(root or tmp_path / "archive")
    publish(tmp_path / "spool", writer.facts.crawl_id, archive)
    return archive


def warcs(archive: Archive) -> list[Path]:
    return sorted(Path(archive.root).rglob("*.warc.gz"))


def records(file: Path) -> list[tuple[dict[str, str], bytes]]:
    """Read a file with warcio: WARC headers and raw block of each record."""
    with file.open("rb") as stream:
        return [(dict(record.rec_headers.headers), record.raw_stream.read()) for record in WarcioIterator(stream, True)]


def known(fetch: Fetch, **changes: object) -> KnownPage:
    page = KnownPage(
        key=str(fetch.key),
        url=fetch.url,
        first_seen_at=START,
        last_fetched_at=START,
        body_sha256=fetch.body_sha256,
        warc_file=fetch.warc_file,
        warc_offset=fetch.warc_offset,
    )
    return replace(page, **changes)


# --- what other tools find in the files ---


def write_every_kind(writer: CrawlWriter) -> list[Fetch]:
    """Commit one attempt of each kind that the files know."""
    done = [write_feed(writer, 3), write_page(writer, 1), write_page(writer, 2, body(1))]
    for number, (outcome, status) in enumerate(
        [
            (FetchOutcome.NOT_FOUND, "404 Not Found"),
            (FetchOutcome.REDIRECTED, "301 Moved Permanently"),
            (FetchOutcome.NOT_MODIFIED, "304 Not Modified"),
            (FetchOutcome.EMPTY, "200 OK"),
        ],
        start=3,
    ):
        content = body(number) if outcome is FetchOutcome.NOT_FOUND else b""
        fetch = attempt(number, outcome=outcome, status=int(status[:3]))
        done.append(writer.fetch(fetch, request(number), head(status), content, link=link(number)))
    for number, outcome in enumerate([FetchOutcome.TIMEOUT, FetchOutcome.ROBOTS_DENIED], start=7):
        fetch = attempt(number, outcome=outcome, status=None, detail="nothing came")
        done.append(writer.fetch(fetch, request(number), b"", b"", link=link(number)))
    return done


def test_warcio_finds_every_record_and_every_digest_right(writer, tmp_path, capsys):
    write_every_kind(writer)
    [file] = warcs(finish(writer, tmp_path))
    checker = Checker(SimpleNamespace(inputs=[str(file)], verbose=True))
    assert checker.process_all() == 0
    told = capsys.readouterr().out
    kinds = [headers["WARC-Type"] for headers, _ in records(file)]
    assert told.count("digest pass") == len(kinds) - kinds.count("revisit")
    assert "no digest to check" not in told
    assert kinds[:5] == ["warcinfo", "response", "request", "metadata", "metadata"]
    assert kinds.count("revisit") == 2


def test_warcio_notices_when_a_stored_byte_changes(writer, tmp_path):
    write_page(writer, 1)
    [file] = warcs(finish(writer, tmp_path))
    plain = gzip.decompress(file.read_bytes()).replace(b"news.example\r\n\r\n", b"news.exbmple\r\n\r\n")
    file.with_name("changed.warc").write_bytes(plain)
    checker = Checker(SimpleNamespace(inputs=[str(file.with_name("changed.warc"))], verbose=False))
    assert checker.process_all() == 1


def test_fastwarc_verifies_the_digests_too(writer, tmp_path):
    write_every_kind(writer)
    [file] = warcs(finish(writer, tmp_path))
    with file.open("rb") as stream:
        checked = [record.verify_block_digest() for record in FastIterator(stream, parse_http=False)]
    assert len(checked) > 20
    assert all(checked)


def test_every_record_has_the_headers_that_readers_need(writer, tmp_path):
    write_page(writer, 1)
    [file] = warcs(finish(writer, tmp_path))
    (info, about), (response, _), (asked, sent), (note, _) = records(file)
    assert b"http-header-user-agent: sample" in about
    assert b"robots: obey" in about
    assert info["WARC-Filename"] == file.name
    assert response["WARC-IP-Address"] == "192.0.2.1"
    assert response["WARC-Target-URI"] == link(1).url
    assert response["WARC-Date"] == "2026-01-05T03:00:01Z"
    assert response["WARC-Payload-Digest"].startswith("sha1:")
    assert asked["WARC-Concurrent-To"] == note["WARC-Concurrent-To"] == response["WARC-Record-ID"]
    assert {response["WARC-Warcinfo-ID"], asked["WARC-Warcinfo-ID"]} == {info["WARC-Record-ID"]}
    assert sent == request(1)
    assert note["Content-Type"] == "application/json"


def test_the_same_crawl_written_twice_gives_the_same_bytes(tmp_path):
    first = write_crawl(tmp_path / "one")
    second = write_crawl(tmp_path / "two")
    assert first.files == second.files
    assert first.files[0].records == 1 + 3 + 1 + 3 * 3 + 1  # warcinfo, feed, links, pages, fates


def test_no_request_record_claims_what_was_never_sent(writer, tmp_path):
    for number, outcome in enumerate([FetchOutcome.ROBOTS_DENIED, FetchOutcome.ADDRESS_BLOCKED, FetchOutcome.TIMEOUT]):
        writer.fetch(attempt(number, outcome=outcome, status=None), request(number), b"", b"", link=link(number))
    [file] = warcs(finish(writer, tmp_path))
    assert [headers["WARC-Type"] for headers, _ in records(file)].count("request") == 1


# --- bytes in, bytes out ---


def test_what_fetch_returns_is_what_comes_back(writer, tmp_path):
    done = write_every_kind(writer)
    archive = finish(writer, tmp_path)
    back = [entry.fetch if isinstance(entry, Page) else entry for entry in archive.entries(CRAWL)]
    assert back == done
    assert [fetch.sequence for fetch in back] == list(range(len(done)))


PACKINGS = {
    "": lambda data: data,
    "gzip": lambda data: gzip.compress(data),
    "x-gzip": lambda data: gzip.compress(data[:5]) + gzip.compress(data[5:]),
    "deflate": zlib.compress,
    "Deflate": lambda data: zlib.compress(data)[2:-4],
    "gzip, deflate": lambda data: zlib.compress(gzip.compress(data)),
    "utf-8": lambda data: data,
}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.tuples(st.binary(min_size=1, max_size=3000), st.sampled_from(sorted(PACKINGS))), max_size=5))
def test_any_body_in_any_packing_comes_back_byte_for_byte(tmp_path_factory, bodies):
    folder = tmp_path_factory.mktemp("round")
    writer = CrawlWriter.open(folder / "spool", facts())
    for number, (content, coding) in enumerate(bodies):
        answer = head(Content_Encoding=coding)
        writer.fetch(attempt(number), request(number), answer, PACKINGS[coding](content), link=link(number))
    pages = list(finish(writer, folder).entries(CRAWL))
    assert [page.body for page in pages] == [content for content, _ in bodies]
    assert [page.fetch.body_bytes for page in pages] == [len(content) for content, _ in bodies]
    assert [page.link for page in pages] == [link(number) for number in range(len(bodies))]


def test_the_stored_body_is_the_one_that_was_received(writer, tmp_path):
    packed = gzip.compress(body(1), compresslevel=1)
    writer.fetch(attempt(1), request(1), head(Content_Encoding="gzip"), packed, link=link(1))
    [file] = warcs(finish(writer, tmp_path))
    assert records(file)[1][1] == head(Content_Encoding="gzip") + packed


def test_headers_keep_their_order_case_and_repetition(writer, tmp_path):
    answer = b"HTTP/1.1 200 OK\r\nX-b: 1\r\nsEt-Cookie: a\r\nx-A: \xe9\r\nsEt-Cookie: b\r\n\r\n"
    writer.fetch(attempt(1), request(1), answer, b"text", link=link(1))
    [page] = finish(writer, tmp_path).entries(CRAWL)
    assert page.headers == (("X-b", "1"), ("sEt-Cookie", "a"), ("x-A", "é"), ("sEt-Cookie", "b"))


def test_a_bomb_is_too_large_and_no_page(writer, tmp_path):
    bomb = gzip.compress(bytes(40_000_000), compresslevel=9)
    fetch = writer.fetch(attempt(1), request(1), head(Content_Encoding="gzip"), bomb, link=link(1))
    assert fetch.outcome is FetchOutcome.TOO_LARGE
    assert list(finish(writer, tmp_path).entries(CRAWL)) == [fetch]


@pytest.mark.parametrize(
    ("coding", "content", "outcome"),
    [
        ("gzip", b"not packed", FetchOutcome.DECODE_FAILED),
        ("gzip", gzip.compress(b"text" * 99)[:-12], FetchOutcome.DECODE_FAILED),
        ("br", b"anything", FetchOutcome.DECODE_FAILED),
        ("gzip, gzip, gzip, gzip", b"anything", FetchOutcome.DECODE_FAILED),
        ("gzip", gzip.compress(b""), FetchOutcome.EMPTY),
        ("gzip", gzip.compress(b"text") + bytes(40), FetchOutcome.OK),  # padding after the last member
    ],
)
def test_a_body_that_cannot_be_read_back_is_not_called_ok(writer, coding, content, outcome):
    assert writer.fetch(attempt(1), b"", head(Content_Encoding=coding), content, link=link(1)).outcome is outcome


def test_decoding_never_makes_more_than_the_bound():
    at_bound = gzip.compress(bytes(MAX_BODY))
    assert len(decode(at_bound, (("content-encoding", "gzip"),)).body) == MAX_BODY
    over = gzip.compress(bytes(MAX_BODY + 1))
    assert decode(over, (("content-encoding", "gzip"),)).outcome is FetchOutcome.TOO_LARGE


@pytest.mark.parametrize(
    ("outcome", "announced", "truncated"),
    [
        (FetchOutcome.TRUNCATED, "900", "disconnect"),
        (FetchOutcome.TIMEOUT, "900", "time"),
        (FetchOutcome.TOO_LARGE, "900", "length"),
        (FetchOutcome.TOO_LARGE, "4", None),  # all of it came; only unpacked it is too large
    ],
)
def test_a_body_that_was_cut_off_is_marked(writer, tmp_path, outcome, announced, truncated):
    writer.fetch(attempt(1, outcome=outcome), request(1), head(Content_Length=announced), b"text", link=link(1))
    [file] = warcs(finish(writer, tmp_path))
    assert records(file)[1][0].get("WARC-Truncated") == truncated


# --- hostile input ---


def test_nothing_in_a_url_or_head_can_forge_a_record(writer, tmp_path):
    evil = "https://news.example/\r\nWARC-Type: warcinfo\r\n\r\nWARC/1.1\r\n\x00\ud800 é"
    answer = b"HTTP/1.1 200 OK\r\nX: a\r\n\r\nSet-Cookie: b\nTransfer-Encoding : chunked\x00\r\n\r\n"
    fetch = attempt(1, url=evil, server_ip="::1\r\nX: y", detail="lone \udfff")
    writer.fetch(fetch, b"GET /\r\n\r\nGET / HTTP/1.1\r\n\r\n", answer, b"5\r\ntext", link=link(1, title="\ud83d"))
    archive = finish(writer, tmp_path)
    [page] = archive.entries(CRAWL)
    assert page.body == b"5\r\ntext"
    assert page.fetch.url == evil.replace("\ud800", "\ufffd")
    assert page.link.title == "\ufffd"
    _, (response, _), (_, sent), _ = records(warcs(archive)[0])
    assert response["WARC-Target-URI"].startswith("https://news.example/%0D%0AWARC-Type:")
    assert response["WARC-Target-URI"].isascii()
    assert response["WARC-Type"] == "response"
    assert b"\r\n\r\n" not in sent[:-4]
    with warcs(archive)[0].open("rb") as stream:
        contents = [
            record.content_stream().read() for record in WarcioIterator(stream) if record.rec_type == "response"
        ]
    assert contents == [b"5\r\ntext"]


def test_a_time_without_a_zone_is_refused(writer):
    with pytest.raises(ValueError, match="without a zone"):
        writer.fetch(attempt(1, fetched_at=dt.datetime(2026, 1, 5)), b"", b"", b"", link=link(1))


def test_a_page_cannot_be_committed_without_its_link(writer):
    with pytest.raises(ValueError, match="needs its link"):
        writer.fetch(attempt(1), b"", head(), b"text")


@pytest.mark.parametrize("crawl_id", ["../../etc", "sample_outlet", "other-20260105T030000Z-0a1b2c3d", ""])
def test_a_crawl_id_that_is_none_is_refused(tmp_path, crawl_id):
    with pytest.raises(ArchiveError, match="crawl"):
        CrawlWriter.open(tmp_path, facts(crawl_id))
    assert list(tmp_path.iterdir()) == []


# --- bytes that are kept already ---


def test_an_identical_payload_is_stored_once_and_both_pages_come_back(writer, tmp_path):
    first, second = write_page(writer, 1, body(9)), write_page(writer, 2, body(9))
    assert (second.payload_file, second.payload_offset) == (first.warc_file, first.warc_offset)
    archive = finish(writer, tmp_path)
    assert [page.body for page in archive.entries(CRAWL)] == [body(9), body(9)]
    [_, (response, _), _, _, (revisit, kept), *_] = records(warcs(archive)[0])
    assert revisit["WARC-Profile"].endswith("/1.1/revisit/identical-payload-digest")
    assert revisit["WARC-Refers-To"] == response["WARC-Record-ID"]
    assert revisit["WARC-Refers-To-Target-URI"] == link(1).url
    assert revisit["WARC-Refers-To-Date"] == response["WARC-Date"]
    assert revisit["WARC-Payload-Digest"] == response["WARC-Payload-Digest"]
    assert kept.endswith(b"\r\n\r\n")


def test_a_body_packed_differently_is_no_revisit(writer):
    first = write_page(writer, 1, body(9))
    second = writer.fetch(attempt(2), request(2), head(), body(9), link=link(2))
    assert second.body_sha256 == first.body_sha256
    assert second.payload_file is None


def later(tmp_path: Path) -> CrawlWriter:
    return CrawlWriter.open(tmp_path / "spool", facts(LATER_CRAWL), archive=Archive(tmp_path / "archive"))


def write_again(writer: CrawlWriter, previous: KnownPage) -> Fetch:
    packed = gzip.compress(body(1), mtime=0)
    answer = head(Content_Encoding="gzip")
    return writer.fetch(attempt(1), request(1), answer, packed, link=link(1), previous=previous)


def test_a_page_unchanged_since_an_earlier_crawl_refers_to_it(tmp_path):
    page = next(entry for entry in published(tmp_path).entries(CRAWL) if isinstance(entry, Page))
    writer = later(tmp_path)
    fetch = write_again(writer, known(page.fetch))
    assert (fetch.payload_file, fetch.payload_offset) == (page.fetch.warc_file, page.fetch.warc_offset)
    archive = finish(writer, tmp_path)
    [again] = archive.entries(LATER_CRAWL)
    assert again.body == body(1)
    assert archive.page(str(fetch.warc_file), fetch.warc_offset or 0).body == body(1)
    assert archive.exchange(str(fetch.warc_file), fetch.warc_offset or 0).body == gzip.compress(body(1), mtime=0)


def test_a_revisit_of_a_revisit_refers_to_the_response(tmp_path):
    page = next(entry for entry in published(tmp_path).entries(CRAWL) if isinstance(entry, Page))
    writer = later(tmp_path)
    revisit = write_again(writer, known(page.fetch))
    finish(writer, tmp_path)
    third = facts("sample_outlet-20260107T030000Z-0a1b2c3d")
    with CrawlWriter.open(tmp_path, third, archive=Archive(tmp_path / "archive")) as writer:
        again = write_again(writer, known(revisit))
    assert (again.payload_file, again.payload_offset) == (page.fetch.warc_file, page.fetch.warc_offset)


@pytest.mark.parametrize("loss", ["file", "offset", "other bytes"])
def test_bytes_are_never_left_out_on_the_word_of_a_hash_alone(tmp_path, caplog, loss):
    archive = published(tmp_path)
    page, other = [entry for entry in archive.entries(CRAWL) if isinstance(entry, Page)][:2]
    previous = known(page.fetch)
    if loss == "file":
        warcs(archive)[0].unlink()
    elif loss == "offset":
        previous = replace(previous, warc_offset=3)
    else:
        previous = replace(previous, warc_offset=other.fetch.warc_offset)
    writer = later(tmp_path)
    fetch = write_again(writer, previous)
    assert fetch.payload_file is None
    assert [entry.body for entry in finish(writer, tmp_path).entries(LATER_CRAWL)] == [body(1)]
    assert ("cannot be referred to" in caplog.text) == (loss != "other bytes")


def test_a_304_refers_to_the_record_it_says_is_still_right(tmp_path):
    page = next(entry for entry in published(tmp_path).entries(CRAWL) if isinstance(entry, Page))
    writer = later(tmp_path)
    answer = attempt(1, outcome=FetchOutcome.NOT_MODIFIED, status=304, conditional=True)
    unchanged = head("304 Not Modified", ETag='"a"')
    fetch = writer.fetch(answer, request(1), unchanged, b"", link=link(1), previous=known(page.fetch))
    assert (fetch.payload_file, fetch.payload_offset) == (page.fetch.warc_file, page.fetch.warc_offset)
    archive = finish(writer, tmp_path)
    assert list(archive.entries(LATER_CRAWL)) == [fetch]
    revisit, kept = records(warcs(archive)[-1])[1]
    assert revisit["WARC-Profile"].endswith("/server-not-modified")
    assert revisit["WARC-Refers-To-Target-URI"] == link(1).url
    assert "WARC-Payload-Digest" not in revisit
    assert kept == unchanged


# --- files, manifests, publishing ---


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


# --- damage ---


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


# --- size ---


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
