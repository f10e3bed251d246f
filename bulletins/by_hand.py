"""The nightly run without Airflow: the same stages, one outlet after the other, with a progress bar."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from bulletins import access, console
from crawlers.archive import Archive
from crawlers.outlets import is_crawled, load_outlets
from crawlers.records import BulletinsError
from processing import crawl as stages
from processing.check import Severity, check
from processing.crawl import Place, name_crawl
from processing.deduplicate import deduplicate
from processing.due import stale_crawls
from processing.reference import load_outlets as store_outlets
from processing.reference import load_reference
from processing.relate import relate

Row = dict[str, Any]


def run_all(slugs: list[str], replay: Path | None, *, force: bool, as_json: bool) -> int:
    """Crawl and process outlets, then compare and check; returns the exit code."""
    place = _place(replay, force)
    crawled = _named(place, slugs)
    rows, failed = _each(crawled, lambda slug, say: _process(_crawl(slug, place, say), place, say))
    with closing(access.connect()) as connection:
        copies = deduplicate(connection).as_dict()
        stories = relate(connection).as_dict()
        broken = [result.name for result in check(connection) if result.count and result.severity is Severity.FAIL]
    _report(rows, failed, as_json=as_json, more={"copies": copies, "stories": stories, "failed checks": broken})
    return 1 if failed or broken else 0


def crawl_all(slugs: list[str], replay: Path | None, *, force: bool, as_json: bool) -> int:
    """Crawl outlets into the archive; returns the exit code."""
    place = _place(replay, force)
    archive = Archive(place.archive)

    def one(slug: str, say: Callable[[str], None]) -> Row:
        manifest = archive.manifest(_crawl(slug, place, say))
        return {"crawl_id": manifest.crawl_id, "links": manifest.links, **manifest.fates}

    rows, failed = _each(_named(place, slugs), one)
    _report(rows, failed, as_json=as_json)
    if failed:
        return max(getattr(error, "exit_code", 3) for error in failed.values())
    return 10 if any(row.get("fetch_failed") or row.get("deferred") for row in rows.values()) else 0


def stale_ids() -> list[str]:
    """Return the crawls whose articles another version of rules and vocabulary has tagged."""
    from processing.tag import load_vocabulary

    with closing(access.connect()) as connection:
        return stale_crawls(connection, load_vocabulary().tagger)


def process_all(crawl_ids: list[str], *, as_json: bool) -> int:
    """Clean, tag and load crawls of the archive; returns the exit code."""
    place = _place(None, force=False)
    _named(place, [])
    rows, failed = _each(crawl_ids, lambda crawl_id, say: _process(crawl_id, place, say))
    _report(rows, failed, as_json=as_json)
    return 1 if failed else 0


def _place(replay: Path | None, force: bool) -> Place:
    outlets = os.environ.get("BULLETINS_OUTLETS", "")
    return Place.from_environment(outlets=outlets, replay=str(replay or ""), force=force)


def _named(place: Place, slugs: list[str]) -> list[str]:
    """Return the outlets to crawl; the declarations are stored on the way."""
    declared = load_outlets(place.outlets)
    if unknown := [slug for slug in slugs if slug not in declared]:
        raise BulletinsError(f"no such outlet: {', '.join(unknown)}; `bulletins outlets list` shows those that are")
    with closing(access.connect()) as connection:
        load_reference(connection)
        store_outlets(connection, declared.values(), place.outlets)
    return slugs or [slug for slug, outlet in declared.items() if is_crawled(outlet)]


def _crawl(slug: str, place: Place, say: Callable[[str], None]) -> str:
    from bulletins.crawl_commands import now

    started = now()
    crawl_id = name_crawl(slug, started, f"by hand {started.isoformat()} {os.getpid()}")
    say(f"{slug}: crawling")

    def progress(counts: Mapping[str, int]) -> None:
        say(f"{slug}: " + ", ".join(f"{name} {count}" for name, count in counts.items()))

    stages.crawl(slug, crawl_id, place, progress)
    return crawl_id


def _process(crawl_id: str, place: Place, say: Callable[[str], None]) -> Row:
    say(f"{crawl_id}: cleaning")
    stages.clean(crawl_id, place)
    say(f"{crawl_id}: tagging")
    stages.tag_crawl(crawl_id, place)
    say(f"{crawl_id}: loading")
    return {"crawl_id": crawl_id, **stages.load(crawl_id, place).as_dict()}


def _each(
    names: list[str], work: Callable[[str, Callable[[str], None]], Row]
) -> tuple[dict[str, Row], dict[str, BulletinsError]]:
    """Do `work` for each name; one that fails is named and the rest goes on."""
    rows: dict[str, Row] = {}
    failed: dict[str, BulletinsError] = {}
    columns = (
        SpinnerColumn(),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.description}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console.err, transient=True) as progress:
        bar = progress.add_task("", total=len(names))
        for name in names:
            try:
                rows[name] = work(name, lambda text: progress.update(bar, description=text))
            except BulletinsError as error:
                failed[name] = error
                console.err.print(f"{name}: {error}", style="red", markup=False, highlight=False, soft_wrap=True)
            progress.advance(bar)
    return rows, failed


def _report(
    rows: Mapping[str, Row],
    failed: Mapping[str, BulletinsError],
    *,
    as_json: bool,
    more: Mapping[str, Any] | None = None,
) -> None:
    if as_json:
        console.as_json({"done": rows, "failed": {name: str(error) for name, error in failed.items()}, **(more or {})})
        return
    columns = list(dict.fromkeys(column for row in rows.values() for column in row))
    shown = [column for column in columns if any(row.get(column) for row in rows.values())]
    cells = [(name, *(row.get(column, 0) for column in shown)) for name, row in rows.items()]
    console.table("", ["", *(column.replace("_", " ") for column in shown)], cells, numbers=shown)
    for name, value in (more or {}).items():
        console.out.print(f"{name}: {value}", markup=False, highlight=False)
