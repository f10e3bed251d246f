"""The replayable web through `nightly_crawl`: what is loaded, and how well.

    python -m benchmarks.web                      plain, without feed dates and with faults, each on a stack of its own
    python -m benchmarks.web --direct             the stages called one after the other, without Airflow: ten times as fast
    python -m benchmarks.web --corpus FOLDER      on other data of the same layout

A fresh database is used for each variant. Every row is traced back to its bytes. Exit 1 when a link was lost or a row
does not trace.
"""

from __future__ import annotations

import datetime as dt
import json
import statistics
import time
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from benchmarks.metric import bag_f1
from benchmarks.runner import Run, run_direct, run_in_airflow
from bulletins.tracing import trace
from crawlers.outlets import load_outlets
from processing.text import fold_plain

# What a trace makes again and compares, on the way from the bytes to the row.
PROVED = {"identity", "fetched", "bytes", "text"}
VARIANTS = ("plain", "no feed dates", "30 % faults")


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one variant came to; shares are 0-1."""

    variant: str
    pages: int  # expected pages whose response was not turned into a fault
    loaded: float
    titles: float
    text_f1: float  # mean over loaded pages of the F1 of the bags of folded words
    days: float  # right publication day, of all pages
    days_wrong: int
    silent_losses: int
    outcomes: dict[str, int]
    faults_misplaced: int
    seconds: float
    wrong_days: list[str] = field(default_factory=list)
    not_loaded: list[str] = field(default_factory=list)
    untraced: list[str] = field(default_factory=list)
    wrong_titles: list[str] = field(default_factory=list)


def score(variant: str, run: Run, pages: list[data.Expected], planted: dict[str, str]) -> Score:
    """Compare the tables of a run with what the corpus expects."""
    sound = [page for page in pages if page.key not in planted]
    with closing(run.connect()) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, title, text, published_at, published_precision, published_timezone, published_from "
            "FROM news.articles"
        )
        articles = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute("SELECT key, outcome, reason FROM news.links")
        links = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute("SELECT outcome, reason, count(*) FROM news.links GROUP BY 1, 2 ORDER BY 3 DESC")
        outcomes = {f"{outcome} {reason or ''}".strip(): count for outcome, reason, count in cursor.fetchall()}
        cursor.execute("SELECT coalesce(sum(abs(silent_losses)), 0) FROM news.crawl_accounting")
        losses = int(cursor.fetchone()[0])
    return _scored(variant, sound, articles, links, outcomes, losses, planted, run.seconds)


def _scored(
    variant: str, sound: list[data.Expected], articles: dict[str, Any], links: dict[str, Any],
    outcomes: dict[str, int], losses: int, planted: dict[str, str], seconds: float,
) -> Score:  # fmt: skip
    here = [page for page in sound if page.key in articles]
    days = {page.key: _day(articles[page.key]) for page in here}
    wrong = [page for page in here if days[page.key] not in (None, page.published_on)]
    right_titles = [page for page in here if _same(articles[page.key][0], page.title)]
    misplaced = [key for key, fault in planted.items() if tuple(links.get(key, ())) != data.FAULTS[fault]]
    return Score(
        variant=variant,
        pages=len(sound),
        loaded=len(here) / len(sound),
        titles=len(right_titles) / len(sound),
        text_f1=statistics.fmean(bag_f1(articles[page.key][1], page.body) for page in here) if here else 0.0,
        days=sum(days[page.key] == page.published_on for page in here) / len(sound),
        days_wrong=len(wrong),
        silent_losses=losses,
        outcomes=outcomes,
        faults_misplaced=len(misplaced),
        seconds=seconds,
        wrong_days=[f"{p.url}  expected {p.published_on}, got {days[p.key]} from {articles[p.key][5]}" for p in wrong],
        not_loaded=[f"{p.url}  {links.get(p.key, 'no link')}" for p in sound if p.key not in articles],
        wrong_titles=[p.url for p in here if p not in right_titles],
    )


def untraced(run: Run, outlets: Path) -> list[str]:
    """Follow every article of a run back to its bytes, hash and clean them again; returns those that differ, with the step."""
    declared = load_outlets(outlets)
    lines = []
    with closing(run.connect()) as connection:
        with connection.cursor() as cursor:
            cursor.execute("SELECT article_id::text FROM news.articles ORDER BY key")
            articles = [row[0] for row in cursor.fetchall()]
        for article in articles:
            steps = trace(connection, article, declared)
            wrong = [step.step for step in steps if step.sound is False]
            if wrong or {step.step for step in steps if step.sound} != PROVED:
                lines.append(f"{article}  {', '.join(wrong) or 'not every step could be made again'}")
    return lines


def _same(found: str, wanted: str) -> bool:
    return " ".join(fold_plain(found).split()) == " ".join(fold_plain(wanted).split())


def _day(article: tuple[Any, ...]) -> dt.date | None:
    """Return the day an article says: in its own zone when it states no time, else in UTC as the gold does."""
    at, precision, zone = article[2], article[3], article[4]
    if at is None:
        return None
    if precision == "day" and zone:
        return at.astimezone(_zone(zone)).date()  # type: ignore[no-any-return]
    return at.astimezone(dt.UTC).date()  # type: ignore[no-any-return]


def _zone(name: str) -> dt.tzinfo:
    if name[:1] in "+-":
        return dt.datetime.strptime(name, "%z").tzinfo or dt.UTC
    return ZoneInfo(name)


def prepare(variant: str, web: Path, folder: Path) -> tuple[Path, dict[str, str]]:
    """Return the WARC of a variant and the faults planted in it."""
    source = web / "syria-web.warc.gz"
    target = folder / "web.warc.gz"
    if variant == "no feed dates":
        data.rewrite(source, target, data.without_dates)
        return target, {}
    if variant == "30 % faults":
        faults = data.Faults(0.3, seed=7)
        data.rewrite(source, target, faults)
        return target, faults.planted
    return source, {}


def show(scores: list[Score], console: Console, *, details: bool) -> None:
    """Print the scores as a table, and what was wrong under it."""
    table = Table(
        "variant", "pages", "loaded", "titles", "text F1", "days right", "days wrong", "losses", "faults astray",
        "untraced",
    )  # fmt: skip
    for row in scores:
        shares = (f"{row.loaded:.4f}", f"{row.titles:.4f}", f"{row.text_f1:.4f}", f"{row.days:.4f}")
        rest = (str(row.days_wrong), str(row.silent_losses), str(row.faults_misplaced), str(len(row.untraced)))
        table.add_row(row.variant, str(row.pages), *shares, *rest)
    console.print(table)
    for row in scores if details else ():
        for title, lines in (
            ("day wrong", row.wrong_days),
            ("not loaded", row.not_loaded),
            ("title", row.wrong_titles),
            ("not traced", row.untraced),
        ):
            for line in lines:
                console.print(f"{row.variant} | {title} | {line}", markup=False, highlight=False, soft_wrap=True)


def main(
    corpus: Annotated[Path | None, typer.Option(help="Folder with web/ as in the corpus.")] = None,
    direct: Annotated[bool, typer.Option("--direct", help="Call the stages without Airflow.")] = False,
    variant: Annotated[list[str] | None, typer.Option(help=f"Of {', '.join(VARIANTS)}.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    details: Annotated[bool, typer.Option(help="List what was wrong.")] = False,
) -> None:
    """Run the replayable web and score it."""
    web = data.corpus(corpus) / "web"
    if not web.is_dir():
        raise SystemExit(f"{web} is not there; give --corpus or set BULLETINS_CORPUS")
    pages = data.expected(web)
    scores = []
    for name in variant or VARIANTS:
        with TemporaryDirectory(prefix="bulletins-web-") as folder:
            warc, planted = prepare(name, web, Path(folder))
            data.write_outlets(pages, Path(folder) / "outlets")
            started = time.monotonic()
            with (run_direct if direct else run_in_airflow)(Path(folder), warc) as run:
                found = score(name, run.timed(time.monotonic() - started), pages, planted)
                scores.append(replace(found, untraced=untraced(run, Path(folder) / "outlets")))
    # The figures go to standard output alone; what the stages log goes to standard error.
    if as_json:
        print(json.dumps([asdict(row) for row in scores], ensure_ascii=False, indent=1))
    else:
        show(scores, Console(width=150), details=details)
    raise SystemExit(any(row.silent_losses or row.untraced for row in scores))


if __name__ == "__main__":
    typer.run(main)
