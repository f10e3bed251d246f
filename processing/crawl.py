"""One crawl of one outlet through the stages: crawl, clean, tag, load. Any stage may be run again; nothing changes twice.

Each stage reads what the one before it left on disk and leaves a file of its own, written whole or not at all:

    archive/<outlet>/<crawl_id>/manifest.json          crawl
    work/<crawl_id>/cleaned.jsonl.gz                   clean: every fetch, fate, article and rejection
    work/<crawl_id>/tags.jsonl.gz                      tag
    rows                                               load

The work files are derived: delete them at any time, the archive makes them again.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import TypeAdapter

import crawlers.run
from crawlers.archive import Archive, erased_keys
from crawlers.numbers import open_days
from crawlers.outlets import load_outlets
from crawlers.records import BulletinsError, DayOrder, Fetch, LinkFate, Manifest, Outlet, Page
from processing import database
from processing.clean import CleanHints, numeric_dates
from processing.clean.dates import learn_day_order
from processing.describe import describe
from processing.due import export_state
from processing.load import LoadCounts, load_crawl
from processing.records import Article, Profile, Rejection, Tag
from processing.same_event import Report, read_report
from processing.statements import Statement, find_statements
from processing.statements.model import ask_model, load_model
from processing.tag import load_vocabulary, search_article, tag
from processing.workers import CleanPool

# The server takes a moment to notice that a killed crawl's session is gone, and keeps its lock till then.
PATIENCE = 10.0

Entry = Fetch | LinkFate | Article | Rejection

# The name of each record type in the work file, and how it is written and read. Pydantic does both in C.
_ADAPTERS: dict[str, TypeAdapter[Entry]] = {
    "fetch": TypeAdapter(Fetch),
    "fate": TypeAdapter(LinkFate),
    "article": TypeAdapter(Article),
    "rejection": TypeAdapter(Rejection),
}
_NAMES: dict[type, str] = {Fetch: "fetch", LinkFate: "fate", Article: "article", Rejection: "rejection"}
_TAGS: TypeAdapter[Tag | Profile | Statement | Report] = TypeAdapter(Tag | Profile | Statement | Report)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a crawl's files live and which declarations hold; the same for all stages of one run."""

    home: Path  # BULLETINS_HOME
    archive: str  # path or fsspec URL
    outlets: Path | None = None  # another folder of declarations
    replay: Path | None = None  # answer from this WARC instead of the network
    force: bool = False  # fetch everything again, without validators
    model: str = ""  # package.module:object of a model that reads statements beside the rules

    @classmethod
    def from_environment(cls, *, outlets: str = "", replay: str = "", force: bool = False) -> Place:
        """Read BULLETINS_HOME, BULLETINS_ARCHIVE and BULLETINS_MODEL; the only place in `processing` that does."""
        home = Path(os.environ.get("BULLETINS_HOME") or "var").absolute()
        return cls(
            home=home,
            archive=os.environ.get("BULLETINS_ARCHIVE") or str(home / "archive"),
            outlets=Path(outlets).absolute() if outlets else None,
            replay=Path(replay).absolute() if replay else None,
            force=force,
            model=os.environ.get("BULLETINS_MODEL", ""),
        )

    def outlet(self, slug: str) -> Outlet:
        """Return the declaration of `slug`; raises BulletinsError when there is none."""
        outlets = load_outlets(self.outlets)
        if slug not in outlets:
            raise BulletinsError(f"no outlet {slug!r} is declared; `bulletins outlets list` shows those that are")
        return outlets[slug]

    def work(self, crawl_id: str) -> Path:
        """Return the folder of a crawl's derived files, made if need be."""
        folder = self.home / "work" / crawl_id
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def name_crawl(slug: str, when: dt.datetime, run: str) -> str:
    """Name the crawl of `slug` in the run `run`: the same on every retry, so that a retry resumes it."""
    digest = hashlib.sha256(f"{slug}\n{run}".encode()).hexdigest()[:8]
    return f"{slug}-{when.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}-{digest}"


def crawl(
    slug: str, crawl_id: str, place: Place, on_progress: Callable[[dict[str, int]], None] | None = None
) -> Manifest:
    """Crawl one outlet into the archive, alone: a second crawl of the same outlet is refused while this one runs.

    Returns the manifest; raises CrawlFailed (crawlers.run) or BulletinsError. A crawl that is complete already is
    returned as it is.
    """
    archive = Archive(place.archive)
    if crawl_id in archive.crawl_ids(slug):
        return archive.manifest(crawl_id)
    state = place.work(crawl_id) / "state.sqlite"
    with closing(database.connect()) as connection, database.outlet_lock(connection, slug, PATIENCE):
        if not state.exists():  # a resumed crawl goes on with what it knew when it began
            export_state(connection, slug, state, place.force, erased=erased_keys(archive))
        return crawlers.run.crawl(
            slug,
            crawl_id=crawl_id,
            state=state,
            spool=place.home / "spool",
            archive=place.archive,
            outlets=place.outlets,
            replay=place.replay,
            force=place.force,
            limit=None,
            on_progress=on_progress,
        )


def clean(crawl_id: str, place: Place, workers: int = 1) -> dict[str, int]:
    """Turn the pages of a crawl into articles and rejections; returns how many of each, rejections by reason."""
    archive = Archive(place.archive)
    outlet = place.outlet(archive.manifest(crawl_id).outlet)
    hints = CleanHints(day_order=outlet.clean.day_order or learned_order(archive, crawl_id))
    counts: Counter[str] = Counter()
    with _written_whole(place.work(crawl_id) / "cleaned.jsonl.gz") as out, CleanPool(workers=workers) as pool:
        pages = _pages(archive, crawl_id, out)
        for result in pool.clean(pages, outlet, hints):
            _write(out, result)
            counts["articles" if isinstance(result, Article) else f"rejected {result.reason}"] += 1
    return dict(counts)


def tag_crawl(crawl_id: str, place: Place) -> dict[str, int]:
    """Tag the cleaned articles of a crawl, score and split them, and read what they state.

    Returns the number of tags by kind, of digests and of statements.
    """
    vocabulary, model = load_vocabulary(), load_model(place.model)
    outlet = place.outlet(Archive(place.archive).manifest(crawl_id).outlet)
    counts: Counter[str] = Counter()
    cleaned = place.work(crawl_id) / "cleaned.jsonl.gz"
    chosen = _chosen(entry for entry in _read(cleaned) if isinstance(entry, Article))
    with _written_whole(place.work(crawl_id) / "tags.jsonl.gz") as out:
        for entry in _read(cleaned):
            if isinstance(entry, Article) and chosen[entry.key, entry.content_sha256] == _preference(entry):
                fields = search_article(entry, vocabulary)
                tags = tag(entry, vocabulary, fields)
                profile = describe(entry, fields, tags, vocabulary)
                stated = find_statements(entry, fields, tags, profile, vocabulary)
                if model:
                    more, refused = ask_model(model, entry, tags, profile, vocabulary)
                    stated += more
                    counts.update(refused)
                ruled = [one for one in stated if one.method == "rules"]
                report = read_report(entry, tags, profile, ruled, vocabulary, open_days(entry.url, outlet))
                made: tuple[Tag | Profile | Statement | Report, ...] = (*tags, profile, *stated, report)
                for found in made:
                    out.write(_TAGS.dump_json(found) + b"\n")
                counts.update(one.kind for one in tags)
                counts["digests"] += bool(profile.parts)
                counts["statements"] += len(stated)
    return dict(counts)


def load(crawl_id: str, place: Place, airflow_run_id: str | None = None) -> LoadCounts:
    """Load a cleaned and tagged crawl in one transaction; loading it again changes nothing."""
    archive = Archive(place.archive)
    manifest = archive.manifest(crawl_id)
    cleaned = place.work(crawl_id) / "cleaned.jsonl.gz"

    def entries() -> Iterator[Fetch | LinkFate]:
        return (entry for entry in _read(cleaned) if isinstance(entry, Fetch | LinkFate))

    def results() -> Iterator[Article | Rejection]:
        return (entry for entry in _read(cleaned) if isinstance(entry, Article | Rejection))

    def tags() -> Iterator[Tag | Profile | Statement | Report]:
        with gzip.open(place.work(crawl_id) / "tags.jsonl.gz", "rb") as lines:
            yield from map(_TAGS.validate_json, lines)

    with closing(database.connect()) as connection:
        return load_crawl(
            connection, manifest, entries=entries, results=results, tags=tags, airflow_run_id=airflow_run_id,
            erased=erased_keys(archive),
        )  # fmt: skip


def _chosen(articles: Iterable[Article]) -> dict[tuple[str, str], tuple[bool, str, int]]:
    """Choose one of the fetches that brought the same text of the same article, as its date may differ between them."""
    chosen: dict[tuple[str, str], tuple[bool, str, int]] = {}
    for article in articles:
        text, mine = (article.key, article.content_sha256), _preference(article)
        chosen[text] = min(chosen.get(text, mine), mine)
    return chosen


def _preference(article: Article) -> tuple[bool, str, int]:
    """Order the pages of one article as sql/queries/settle_staged.sql does: its own address first, the last fetch of it."""
    return article.page_key != article.key, article.page_key, -article.fetch_sequence


def learned_order(archive: Archive, crawl_id: str) -> DayOrder | None:
    """Learn day and month order from the outlet's own pages, so that 03/04/2024 is not guessed."""
    return learn_day_order(
        raw for entry in archive.entries(crawl_id) if isinstance(entry, Page) for raw in numeric_dates(entry)
    )


def _pages(archive: Archive, crawl_id: str, out: gzip.GzipFile) -> Iterator[Page]:
    """Yield the pages of a crawl; what is no page goes to the work file as it passes by."""
    for entry in archive.entries(crawl_id):
        if isinstance(entry, Page):
            _write(out, entry.fetch)
            yield entry
        else:
            _write(out, entry)


@contextmanager
def _written_whole(path: Path) -> Iterator[gzip.GzipFile]:
    """Open a file for writing that appears under its name only when the block ends well."""
    part = path.with_name(path.name + f".{os.getpid()}.part")
    try:
        # Level 1: the file is read once and thrown away; mtime 0: the same input gives the same bytes.
        with part.open("wb") as raw, gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1, mtime=0) as out:
            yield out
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _write(out: gzip.GzipFile, entry: Entry) -> None:
    name = _NAMES[type(entry)]
    out.write(name.encode() + b"\t" + _ADAPTERS[name].dump_json(entry) + b"\n")


def _read(path: Path) -> Iterator[Entry]:
    with gzip.open(path, "rb") as lines:
        for line in lines:
            name, _, body = line.partition(b"\t")
            yield _ADAPTERS[name.decode()].validate_json(body)
