"""What the tasks of the DAG `nightly_crawl` do: one stage for one outlet, with the outlet and the counts in the task's log.

A task's log begins with the outlet and ends with a table of counts. Everything logged here is ours: slugs, ids, numbers;
never a word of a page, because a log is read in a browser.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from crawlers.outlets import is_crawled, load_outlets
from crawlers.records import BulletinsError
from crawlers.run import CrawlFailed
from processing import crawl as stages
from processing import database
from processing.check import Severity
from processing.check import check as run_checks
from processing.crawl import Place, name_crawl
from processing.deduplicate import deduplicate as link_copies
from processing.reference import load_outlets as store_outlets
from processing.reference import load_reference
from processing.relate import relate as find_stories

log = logging.getLogger(__name__)

Run = tuple[str, dt.datetime]  # Airflow's run id and the time after which it runs


class PartialRun(BulletinsError):
    """Some outlets did not load, or the books do not balance; the rest is loaded."""


def place(params: Mapping[str, Any]) -> Place:
    """Read where a run works from the DAG's parameters."""
    return Place.from_environment(outlets=params["outlets"], replay=params["replay"], force=params["force"])


def chosen(params: Mapping[str, Any]) -> list[str]:
    """List the slugs to crawl and store their declarations; raises BulletinsError for a name that is not declared."""
    declared = load_outlets(place(params).outlets)
    only = list(params["only"])
    if unknown := sorted(set(only) - set(declared)):
        raise BulletinsError(f"not declared: {', '.join(unknown)}; `bulletins outlets list` shows those that are")
    slugs = only or [slug for slug, outlet in declared.items() if is_crawled(outlet)]
    with closing(database.connect()) as connection:
        load_reference(connection)
        store_outlets(connection, declared.values(), place(params).outlets)
    _table("outlets", {"declared": len(declared), "to crawl": len(slugs)})
    return slugs


def crawl(slug: str, params: Mapping[str, Any], run: Run) -> str:
    """Crawl one outlet; returns the crawl's id. Raises CrawlFailed when there is nothing in the archive to go on with."""
    log.info("outlet %s", slug)
    crawl_id = name_crawl(slug, run[1], run[0])
    try:
        manifest = stages.crawl(slug, crawl_id, place(params), on_progress=_progress)
    except CrawlFailed as failed:
        if failed.manifest is None:
            raise
        # It came to its end and is in the archive: load it, so that its links are accounted for; `check` names the outlet.
        log.warning("the crawl brought nothing: %s", failed)
        manifest = failed.manifest
    _table(crawl_id, {"links": manifest.links, **_named("", manifest.fates), **_named("attempts ", manifest.fetches)})
    return crawl_id


def clean(slug: str, crawl_id: str, params: Mapping[str, Any]) -> str:
    """Clean one crawl; returns its id."""
    log.info("outlet %s", slug)
    _table(crawl_id, stages.clean(crawl_id, place(params)))
    return crawl_id


def tag(slug: str, crawl_id: str, params: Mapping[str, Any]) -> str:
    """Tag one crawl; returns its id."""
    log.info("outlet %s", slug)
    _table(crawl_id, stages.tag_crawl(crawl_id, place(params)))
    return crawl_id


def load(slug: str, crawl_id: str, params: Mapping[str, Any], run: Run) -> dict[str, int]:
    """Load one crawl; returns its accounting."""
    log.info("outlet %s", slug)
    counts = stages.load(crawl_id, place(params), run[0]).as_dict()
    _table(crawl_id, {name: count for name, count in counts.items() if count or name in ("links", "silent_losses")})
    return counts


def deduplicate() -> dict[str, int]:
    """Link copies among all loaded articles; returns the counts."""
    with closing(database.connect()) as connection:
        counts = link_copies(connection).as_dict()
    _table("copies", counts)
    return counts


def relate() -> dict[str, int]:
    """Bring together the articles that report one event; returns the counts."""
    with closing(database.connect()) as connection:
        counts = find_stories(connection).as_dict()
    _table("stories", counts)
    return counts


def check(slugs: list[str], run: Run) -> dict[str, int]:
    """Prove that the run is whole; raises PartialRun that names what is missing, otherwise returns rows per check."""
    expected = {name_crawl(slug, run[1], run[0]): slug for slug in slugs}
    with closing(database.connect()) as connection:
        with connection.cursor() as cursor:
            cursor.execute(database.statement("list_loaded_crawls"), {"crawl_ids": list(expected)})
            loaded = {row[0] for row in cursor.fetchall()}
            cursor.execute(database.statement("list_crawls_without_feeds"), {"crawl_ids": list(expected)})
            silent = sorted(expected[row[0]] for row in cursor.fetchall())
        results = run_checks(connection)
    _table("checks (rows that offend)", {result.name: result.count for result in results})
    missing = sorted(slug for crawl_id, slug in expected.items() if crawl_id not in loaded)
    broken = [result.name for result in results if result.count and result.severity is Severity.FAIL]
    if missing or broken or silent:
        raise PartialRun(
            f"{len(loaded)} of {len(slugs)} outlets loaded"
            + (f"; not loaded: {', '.join(missing)} (see their red tasks)" if missing else "")
            + (f"; no feed answered: {', '.join(silent)} (see their crawl tasks)" if silent else "")
            + (f"; checks that fail: {', '.join(broken)} (see sql/checks)" if broken else "")
        )
    return {result.name: result.count for result in results}


def _named(prefix: str, counts: Mapping[str, int]) -> dict[str, int]:
    return {prefix + name.replace("_", " "): count for name, count in counts.items() if count}


def _progress(counts: Mapping[str, int]) -> None:
    log.info(", ".join(f"{name} {count}" for name, count in counts.items()))


def _table(title: str, counts: Mapping[str, int]) -> None:
    width = max([len(title), *map(len, counts)], default=0)
    for line in (title, "-" * (width + 9), *(f"{name:<{width}} {count:>8}" for name, count in counts.items())):
        log.info(line)  # line by line: a log viewer shows them under one another
