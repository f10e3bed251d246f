"""Titles, dates, short bulletins and rejections on all sets of pages; texts and times are in `extraction`.

    python -m benchmarks.clean [--corpus FOLDER] [--json] [--details]

A title is right when it is the same after folding. Text F1 is of bags of folded words: 2 * common / (found + expected),
mean over the pages loaded that have an expected text. A day is right when it equals the expected one in UTC, or, of a
date that carries its own zone or no time, in that zone; a date good for a month only is none. Milliseconds are of CPU,
the smallest of the rounds for each page, both ways interleaved. Everything runs in this process: no workers, no archive.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import trafilatura
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from benchmarks.metric import bag_f1
from benchmarks.pages import Case, all_cases, outlet, without_feed_dates
from crawlers.records import Page
from processing.clean import CleanHints, clean, numeric_dates
from processing.clean.dates import learn_day_order
from processing.records import Article, DateCandidate, Precision, Rejection
from processing.text import fold_plain

SHORT = 400  # characters of a bulletin


@dataclass(slots=True, kw_only=True)
class Score:
    """What one set came to; shares are 0-1."""

    set: str
    pages: int
    loaded: int = 0
    titles: float = 0.0
    titled: int = 0  # pages with an expected title
    text_f1: float = 0.0
    texts: int = 0  # pages with an expected text
    days_right: float = 0.0
    days_none: int = 0
    days_wrong: int = 0
    dated: int = 0  # pages with an expected day
    rejected: dict[str, int] = field(default_factory=dict)
    short: int = 0  # bulletins: pages whose expected text is under 400 characters
    short_whole: int = 0  # of which every paragraph came
    trafilatura_titles: float | None = None  # bare_extraction(with_metadata=True), as are its days
    trafilatura_days: float | None = None
    wrong_days: list[str] = field(default_factory=list)
    rejections: list[str] = field(default_factory=list)
    wrong_titles: list[str] = field(default_factory=list)


def clean_all(given: list[Case]) -> list[Article | Rejection]:
    """Clean the pages of every host as a crawl does: the order of day and month is learned first."""
    by_host: defaultdict[str, list[Page]] = defaultdict(list)
    for case in given:
        by_host[case.host].append(case.page)
    hints = {
        host: CleanHints(day_order=learn_day_order(raw for page in pages for raw in numeric_dates(page)))
        for host, pages in by_host.items()
    }
    return [clean(case.page, outlet(case.host, case.selector), hints[case.host]) for case in given]


def score(name: str, given: list[Case], results: list[Article | Rejection]) -> Score:
    """Compare results with what is expected."""
    both = list(zip(given, results, strict=True))
    made = [(case, result) for case, result in both if isinstance(result, Article)]
    lost = [(case, result) for case, result in both if isinstance(result, Rejection)]
    titles = [(case, _same(article.title, case.title)) for case, article in made if case.title]
    texts = [bag_f1(article.text, case.body) for case, article in made if case.body]
    short = [_whole(article.text, case.body) for case, article in made if case.body and len(case.body) < SHORT]
    dated = [case for case in given if case.published_on]
    days = [(case, article, _days(article.published)) for case, article in made if case.published_on]
    wrong = [(case, article) for case, article, found in days if found and case.published_on not in found]
    return Score(
        set=name,
        pages=len(given),
        loaded=len(made),
        titles=sum(right for _, right in titles) / len(titles) if titles else 0.0,
        titled=len(titles),
        text_f1=statistics.fmean(texts) if texts else 0.0,
        texts=len(texts),
        days_right=sum(case.published_on in found for case, _, found in days) / len(dated) if dated else 0.0,
        days_none=sum(not found for _, _, found in days),
        days_wrong=len(wrong),
        dated=len(dated),
        rejected=dict(Counter(str(result.reason) for _, result in lost)),
        wrong_days=[_wrong_day(case, article) for case, article in wrong],
        rejections=[f"{result.reason}: {result.detail}  {result.url}" for _, result in lost],
        short=len(short),
        short_whole=sum(short),
        wrong_titles=[case.page.fetch.url for case, right in titles if not right],
    )


def _whole(found: str, wanted: str) -> bool:
    return all(fold_plain(paragraph) in fold_plain(found) for paragraph in wanted.split("\n") if paragraph.strip())


def _same(found: str, wanted: str) -> bool:
    return " ".join(fold_plain(found).split()) == " ".join(fold_plain(wanted).split())


def _days(found: DateCandidate | None) -> set[dt.date]:
    """Return the days that a date may be called by; none where it is good for a month only."""
    if found is None or found.precision in (Precision.MONTH, Precision.YEAR):
        return set()
    if found.precision is Precision.DAY and found.timezone:
        return {found.at.astimezone(_zone(found.timezone)).date()}
    offset = re.search(r"[+-]\d\d:?\d\d$", found.raw)
    return {found.at.date(), found.at.astimezone(_zone(offset[0])).date()} if offset else {found.at.date()}


def _zone(name: str) -> dt.tzinfo:
    if name[0] in "+-":
        return dt.datetime.strptime(name, "%z").tzinfo or dt.UTC
    return ZoneInfo(name)


def _wrong_day(case: Case, article: Article) -> str:
    found = ", ".join(f"{date.origin} {date.at:%Y-%m-%d}" for date in article.date_candidates)
    return f"{case.page.fetch.url}  expected {case.published_on}, found {found}"


def score_trafilatura(scored: Score, given: list[Case]) -> None:
    """Score the titles and days of trafilatura alone on the same pages."""
    both = [(case, trafilatura.bare_extraction(case.page.body, with_metadata=True)) for case in given]
    titles = [_same(getattr(found, "title", None) or "", case.title) for case, found in both if case.title]
    days = [getattr(found, "date", None) == str(case.published_on) for case, found in both if case.published_on]
    scored.trafilatura_titles = statistics.fmean(titles) if titles else None
    scored.trafilatura_days = statistics.fmean(days) if days else None


def scores(folder: Path) -> Iterator[Score]:
    """Score every set that the folder holds; the web also with its feeds' dates withheld."""
    for name, given in all_cases(folder):
        scored = score(name, given, clean_all(given))
        score_trafilatura(scored, given)
        yield scored
        if any(case.page.link.published_raw for case in given):
            bare = [without_feed_dates(case) for case in given]
            yield score(f"{name}, no feed dates", bare, clean_all(bare))


def show(found: list[Score], console: Console, *, details: bool) -> None:
    """Print the scores as a table, every wrong day and every rejection under it."""
    table = Table("", *(scored.set for scored in found))
    rows: dict[str, Callable[[Score], str]] = {
        "loaded of pages": lambda s: f"{s.loaded} of {s.pages}",
        "titles right": lambda s: f"{s.titles:.4f} of {s.titled}",
        "text F1": lambda s: f"{s.text_f1:.4f} of {s.texts}",
        "days right": lambda s: f"{s.days_right:.4f} of {s.dated}",
        "days none, wrong": lambda s: f"{s.days_none}, {s.days_wrong}",
        "rejected": lambda s: ", ".join(f"{reason} {count}" for reason, count in s.rejected.items()) or "-",
        "short bulletins whole": lambda s: f"{s.short_whole} of {s.short}",
        "trafilatura, titles": lambda s: _plain(s.trafilatura_titles, 4),
        "trafilatura, days": lambda s: _plain(s.trafilatura_days, 4),
    }
    for name, cell in rows.items():
        table.add_row(name, *map(cell, found))
    console.print(table)
    for scored in found:
        lists = {
            "day": scored.wrong_days,
            "rejected": scored.rejections,
            "title": scored.wrong_titles if details else [],
        }
        for name, lines in lists.items():
            for line in lines:
                console.print(f"{scored.set} | {name} | {line}", markup=False, highlight=False, soft_wrap=True)


def _plain(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def main(
    corpus: Annotated[Path | None, typer.Option(help="Folder with web/ and pages/ as in the corpus.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    details: Annotated[bool, typer.Option(help="List the pages with another title than expected as well.")] = False,
) -> None:
    """Clean the pages of the corpus and score what comes out."""
    folder = data.corpus(corpus)
    if not folder.is_dir():
        raise SystemExit(f"{folder} is not there; give --corpus or set BULLETINS_CORPUS")
    found = list(scores(folder))
    if as_json:
        print(json.dumps([asdict(scored) for scored in found], ensure_ascii=False, indent=1))
    else:
        show(found, Console(), details=details)


if __name__ == "__main__":
    typer.run(main)
