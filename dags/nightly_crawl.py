"""### Nightly crawl

Every active outlet is crawled, its pages are cleaned, tagged and loaded, each outlet on its own; then copies are linked,
reports of one event brought together, and the books checked.

* **In:** the declarations in `crawlers/outlets`, the live web, or a WARC file when *replay* is set.
* **Out:** rows in schema `news`; the asset `articles`.
* **One outlet fails:** the others are loaded all the same; `check` ends red and names the outlet, so that the run is
  visibly partial. Clear the red `crawl` task: it resumes where it stopped.
* **Run again:** changes nothing that is loaded already.
* **What to do about an alarm:** `dags/README.md`.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from airflow.sdk import Asset, CronDataIntervalTimetable, Param, dag, get_current_context, task, task_group

ARTICLES = Asset(name="articles", uri="postgres://news/news/news/articles")


@task
def outlets() -> list[str]:
    """Lists the outlets to crawl: those declared `active` or `unverified`, or the ones named in *only*."""
    from processing.nightly import chosen

    _use_connection()
    return chosen(_params())


@task(pool="crawl", map_index_template="{{ outlet }}", execution_timeout=timedelta(hours=1))
def crawl(slug: str) -> str:
    """Crawls one outlet into the archive. A retry goes on with what the archive holds already."""
    from processing.nightly import crawl

    _begin(slug)
    return crawl(slug, _params(), _run())


@task(map_index_template="{{ outlet }}")
def clean(slug: str, crawl_id: str) -> str:
    """Turns the crawl's pages into articles and rejections, each page within its time and memory."""
    from processing.nightly import clean

    _begin(slug)
    return clean(slug, crawl_id, _params())


@task(map_index_template="{{ outlet }}")
def tag(slug: str, crawl_id: str) -> str:
    """Finds places, actors and cited sources in the articles, scores what they have to do with Syria, splits digests."""
    from processing.nightly import tag

    _begin(slug)
    return tag(slug, crawl_id, _params())


@task(map_index_template="{{ outlet }}")
def load(slug: str, crawl_id: str) -> dict[str, int]:
    """Loads the crawl in one transaction; a second load changes nothing."""
    from processing.nightly import load

    _begin(slug)
    return load(slug, crawl_id, _params(), _run())


@task_group(group_id="outlet")
def outlet(slug: str) -> None:
    """Crawl, clean, tag and load one outlet."""
    load(slug, tag(slug, clean(slug, crawl(slug))))


# all_done: one failed outlet keeps nobody else's articles from being compared.
@task(trigger_rule="all_done")
def deduplicate() -> dict[str, int]:
    """Links exact and near copies with the first of each. Nothing is dropped."""
    from processing.nightly import deduplicate

    _use_connection()
    return deduplicate()


@task(outlets=[ARTICLES])
def relate(*, outlet_events: Any = None) -> dict[str, int]:
    """Brings together the articles that report one event, copies included. Emits the asset `articles`."""
    from processing.nightly import relate

    _use_connection()
    counts = relate()
    outlet_events[ARTICLES].extra = counts
    return counts


@task(trigger_rule="all_done", retries=0)
def check(slugs: list[str]) -> dict[str, int]:
    """Proves that every link is accounted for and names the outlets that did not load. Red: the run is partial."""
    from processing.nightly import check

    _use_connection()
    return check(slugs, _run())


@dag(
    # Damascus midnight: the outlets' day ends there. The interval form gives a run the day that has just ended.
    schedule=CronDataIntervalTimetable("0 0 * * *", timezone="Asia/Damascus"),
    start_date=datetime(2026, 1, 1),
    catchup=False,  # the past cannot be fetched; the backfill reads archives
    max_active_runs=1,
    doc_md=__doc__,
    tags=["crawl"],
    default_args={
        "retries": 3,
        "retry_delay": timedelta(seconds=30),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(minutes=30),
    },
    params={
        "outlets": Param("", type="string", title="Folder of declarations", description="Empty: the project's own."),
        "only": Param([], type="array", items={"type": "string"}, title="Only these outlets", description="Slugs."),
        "replay": Param("", type="string", title="WARC file", description="Answer from it instead of the live web."),
        "force": Param(False, type="boolean", title="Fetch everything again", description="Without validators."),
    },
)
def nightly_crawl() -> None:
    """Wire the stages; what they do is in processing.nightly."""
    slugs = outlets()
    crawled = outlet.expand(slug=slugs)
    related = relate()
    crawled >> deduplicate() >> related >> check(slugs)


def _params() -> dict[str, Any]:
    return dict(get_current_context()["params"])


def _run() -> tuple[str, datetime]:
    run = get_current_context()["dag_run"]
    return run.run_id, run.run_after


def _begin(slug: str) -> None:
    """Show the mapped task under its outlet's name (map_index_template reads it from the context)."""
    get_current_context()["outlet"] = slug  # type: ignore[typeddict-unknown-key]
    _use_connection()


def _use_connection() -> None:
    """Let this task's process reach the news through Airflow's connection `news_db`.

    Not through the provider's hook: it gives psycopg 3, and the project's driver is psycopg2.
    """
    import os
    from urllib.parse import quote, urlencode

    from airflow.sdk import Connection

    news = Connection.get("news_db")
    login = f"{quote(news.login or '', safe='')}:{quote(news.password or '', safe='')}"
    more = f"?{urlencode(news.extra_dejson)}" if news.extra_dejson else ""  # such as sslmode
    os.environ["BULLETINS_DATABASE_URL"] = f"postgresql://{login}@{news.host}:{news.port or 5432}/{news.schema}{more}"


nightly_crawl()
