"""`python -m crawlers SLUG …`: one crawl of one outlet in one process, from its feeds to the archive.

stderr is the log; its first line names the outlet. stdout has a JSON line of counts each second and, at the end, the
manifest. The exit code is an `ExitCode` (crawlers/books.py). Started again with the same --crawl-id it goes on where
the last process died. Meant to be started by `crawlers.run`; by hand it works the same.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import logging
import os
import re
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from crawlers import settings as ours
from crawlers.archive import Archive, Budget, CrawlFacts, CrawlWriter, is_closed, publish
from crawlers.books import ExitCode
from crawlers.network import refuse_proxies
from crawlers.outlets import declaration_sha256, load_outlet, outlets_folder
from crawlers.process import ORPHANED, run_spider
from crawlers.records import ArchiveError, BulletinsError, Manifest, Outlet, OutletError, OutletStatus
from crawlers.replay import open_web
from crawlers.state import CrawlState
from crawlers.task import CrawlTask

_LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

logger = logging.getLogger("crawlers")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """The command line, checked."""

    slug: str
    crawl_id: str
    state: Path
    spool: Path
    archive: str
    outlets: Path | None
    replay: Path | None
    force: bool
    limit: int | None
    tethered: bool


def main(argv: list[str] | None = None, *, overrides: Mapping[str, Any] | None = None) -> int:
    """Crawl as the command line says; returns the exit code. `overrides` are settings that only code can give."""
    arguments = _parse(argv)
    _log_to_stderr()
    logger.info("outlet %s, crawl %s", arguments.slug, arguments.crawl_id)
    try:
        refuse_proxies(os.environ)
        return _crawl(arguments, dict(overrides or {}))
    except ArchiveError as error:  # another process at work, or files that want a person's eye: never lost by waiting
        logger.error("%s", error)  # noqa: TRY400 - one line that says what to do; a traceback would hide it
        return ExitCode.TRY_AGAIN
    except BulletinsError as error:
        logger.error("%s", error)  # noqa: TRY400
        return ExitCode.DO_NOT_RETRY
    except OSError:
        logger.exception("the crawl could not be written; it goes on from here when it is started again")
        return ExitCode.TRY_AGAIN


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format=_LOG_FORMAT, datefmt="%Y-%m-%dT%H:%M:%S%z")
    # Scrapy would tell its versions, settings and middlewares in every crawl's log.
    talk = ("scrapy", "twisted", "asyncio")
    for handler in logging.getLogger().handlers:
        handler.addFilter(lambda record: record.levelno >= logging.WARNING or not record.name.startswith(talk))


def _crawl(arguments: Arguments, overrides: dict[str, Any]) -> int:
    if not re.fullmatch(rf"{re.escape(arguments.slug)}-\d{{8}}T\d{{6}}Z-[0-9a-f]{{8}}", arguments.crawl_id):
        raise BulletinsError(f"--crawl-id: expected {arguments.slug}-<YYYYMMDDTHHMMSSZ>-<8 hex digits>")
    declaration = (arguments.outlets or outlets_folder()) / f"{arguments.slug}.toml"
    outlet = load_outlet(declaration)
    archive = Archive(arguments.archive)
    if manifest := _finished(arguments, archive):
        return _tell(manifest, ExitCode.COMPLETE)
    if refusal := _refusal(outlet, arguments):
        logger.error("%s", refusal)
        return ExitCode.STOPPED_BY_POLICY
    _heed_budget(archive)
    if arguments.replay:
        open_web(arguments.replay)  # so that a file that is no WARC is found out before the crawl begins
    settings = ours.settings_of(outlet, contact=ours.contact(), replay=arguments.replay) | overrides
    facts = CrawlFacts(
        crawl_id=arguments.crawl_id,
        outlet=outlet.slug,
        started_at=dt.datetime.now(dt.UTC),
        code_version=ours.code_version(),
        outlet_sha256=declaration_sha256(declaration),
        forced=arguments.force,
        replay=arguments.replay.name if arguments.replay else None,
        user_agent=settings["USER_AGENT"],
    )
    with closing(CrawlState(arguments.state)) as state:
        writer = CrawlWriter.open(arguments.spool, facts, archive=archive)
        try:
            crawl = run_spider(_task(arguments, outlet, writer, state), settings, tethered=arguments.tethered)
            if crawl.spider.stop_reason == ORPHANED:
                logger.warning("whoever started this crawl is gone; it goes on from here when it is started again")
                return ExitCode.TRY_AGAIN
            writer.close(dt.datetime.now(dt.UTC), crawl.finish_reason, crawl.stats)
        finally:
            writer.suspend()
    return _tell(publish(arguments.spool, arguments.crawl_id, archive), crawl.exit_code)


def _finished(arguments: Arguments, archive: Archive) -> Manifest | None:
    """Return the manifest of a crawl that needs no more crawling: published, or closed just before the process died."""
    if is_closed(arguments.spool, arguments.crawl_id):
        return publish(arguments.spool, arguments.crawl_id, archive)
    if arguments.crawl_id in archive.crawl_ids(arguments.slug):
        return archive.manifest(arguments.crawl_id)
    return None


def _refusal(outlet: Outlet, arguments: Arguments) -> str:
    """Say why this outlet is not to be crawled; a recorded web can always be read."""
    if outlet.status in (OutletStatus.CLOSED, OutletStatus.BLOCKED) and arguments.replay is None:
        return f"{outlet.slug} is declared {outlet.status}: {outlet.status_evidence}"
    if not outlet.feeds:
        raise OutletError(f"{outlet.slug}: feeds: expected at least one [[feeds]] table, got none")
    return ""


def _heed_budget(archive: Archive) -> None:
    budget = archive.budget()
    used = f"{budget.used_bytes / 1e9:.2f} of {budget.limit_bytes / 1e9:.2f} GB of the archive's budget are used"
    if budget.state is Budget.USED_UP:
        raise BulletinsError(f"{used}; raise BULLETINS_ARCHIVE_BUDGET_GB or move old crawls away")
    if budget.state is Budget.WARNING:
        logger.warning("%s", used)


def _task(arguments: Arguments, outlet: Outlet, writer: CrawlWriter, state: CrawlState) -> CrawlTask:
    limit = outlet.politeness.page_limit
    return CrawlTask(
        outlet=outlet,
        writer=writer,
        state=state,
        page_limit=limit if arguments.limit is None else min(limit, arguments.limit),
        replay=arguments.replay,
        forced=arguments.force,
        report=lambda counts: _print(json.dumps(counts)),
    )


def _tell(manifest: Manifest, code: ExitCode) -> int:
    """Print the manifest as the last line."""
    counted = ", ".join(f"{name} {count}" for name, count in manifest.fates.items())
    logger.info("%s: %d links: %s", manifest.finish_reason, manifest.links, counted or "none")
    _print(TypeAdapter(Manifest).dump_json(manifest).decode())
    return code


def _print(line: str) -> None:
    try:
        print(line, flush=True)
    except BrokenPipeError:  # nobody reads any more; the crawl itself is told by its tether
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 - for the rest of the process


def _parse(argv: list[str] | None) -> Arguments:
    parser = argparse.ArgumentParser(prog="python -m crawlers", description="Crawl one outlet into the archive.")
    parser.add_argument("slug", help="the outlet")
    parser.add_argument("--crawl-id", required=True, help="<slug>-<YYYYMMDDTHHMMSSZ>-<8 hex digits>")
    parser.add_argument("--state", type=Path, required=True, help="SQLite file of what is known (crawlers.state)")
    parser.add_argument("--spool", type=Path, required=True, help="folder of crawls in progress")
    parser.add_argument("--archive", required=True, help="path or fsspec URL of the archive")
    parser.add_argument("--outlets", type=Path, help="folder of declarations, instead of the project's own")
    parser.add_argument("--replay", type=Path, help="WARC file that answers instead of the network")
    parser.add_argument("--force", action="store_true", help="fetch everything again, without validators")
    parser.add_argument("--limit", type=_positive, help="pages at most, where lower than the outlet's own limit")
    parser.add_argument("--tethered", action="store_true", help="stop, to be resumed, when standard input ends")
    return Arguments(**vars(parser.parse_args(argv)))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


if __name__ == "__main__":
    sys.exit(main())
