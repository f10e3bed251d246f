"""Titles, texts, dates and rejections of two sets of pages, and the time they take beside trafilatura alone.

    python -m benchmarks.clean [--corpus FOLDER] [--rounds 3] [--json] [--details]

A title is right when it is the same after folding. Text F1 is of bags of folded words: 2 * common / (found + expected),
mean over the pages loaded that have an expected text. A day is right when it equals the expected one in UTC, or, of a
date that carries its own zone or no time, in that zone; a date good for a month only is none. Milliseconds are of CPU,
the smallest of the rounds for each page, both ways interleaved. Everything runs in this process: no workers, no archive.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import re
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import trafilatura
import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from benchmarks.metric import bag_f1
from crawlers import urls
from crawlers.feeds import read_feed
from crawlers.records import Feed, FeedKind, Fetch, FetchOutcome, Link, Outlet, OutletStatus, Page, Purpose
from processing.clean import CleanHints, clean, numeric_dates
from processing.clean.dates import learn_day_order
from processing.records import Article, DateCandidate, Precision, Rejection
from processing.text import fold_plain
from tests.golden.pages.build import Golden, golden

NOW = dt.datetime(2026, 11, 22, tzinfo=dt.UTC)
GOLD = Path(__file__).parent / "gold" / "web.jsonl"  # ids and offsets only
SETS = {"web": "syria-web.warc.gz", "pages": "pages.warc.gz"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One page with what is known of it."""

    page: Page
    host: str
    title: str | None
    body: str | None
    published_on: dt.date | None
    language: str = "any"
    charset: str = "utf-8"


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
    ours_ms: float | None = None
    trafilatura_ms: float | None = None  # bare_extraction(with_metadata=True), as are the three that follow
    trafilatura_titles: float | None = None
    trafilatura_f1: float | None = None
    trafilatura_days: float | None = None
    ratio_quartiles: tuple[float, float, float] | None = None  # of the pages' own ratios
    wrong_days: list[str] = field(default_factory=list)
    rejections: list[str] = field(default_factory=list)
    wrong_titles: list[str] = field(default_factory=list)


def all_cases(folder: Path) -> Iterator[tuple[str, list[Case]]]:
    """Yield the sets that the folder holds, then the pages made for this project, each with its name."""
    for name in SETS:
        if (folder / name).is_dir():
            given = cases(folder, name)
            yield name, given
            if found := hand_cleaned(given):
                yield f"{name}, cleaned by hand", found
    yield "made", made_cases()


def hand_cleaned(given: list[Case]) -> list[Case]:
    """Return those of the pages whose expected text was cleaned by hand (benchmarks/gold), with the cleaned text."""
    rows = map(json.loads, GOLD.read_text("utf-8").splitlines())
    kept = {row["key"]: row["keep"] for row in rows}
    return [
        replace(case, body="\n".join((case.body or "")[start:end] for start, end in kept[case.page.link.key]))
        for case in given
        if case.page.link.key in kept
    ]


def made_cases() -> list[Case]:
    """Return the pages made for this project in Arabic, Russian and Turkish (tests/golden/pages)."""
    return [_made_case(page, number) for number, page in enumerate(golden())]


def _made_case(page: Golden, number: int) -> Case:
    row = {"title": page.title, "body": page.text, "published": str(page.published_on), "language": page.language}
    answer = data.Recorded(url=page.url, status="200", headers=[("Content-Type", "text/html")], body=page.html)
    return replace(_case(answer, number, row, None), charset=page.encoding)


def cases(folder: Path, name: str) -> list[Case]:
    """Read one set: its pages, with the links of its own feeds where it has some."""
    with gzip.open(folder / name / "expected.jsonl.gz", "rt", encoding="utf-8") as lines:
        expected = {urls.key(row["url"]): row for row in map(json.loads, lines)}
    answers = list(data.responses(folder / name / SETS[name]))
    links = {link.key: link for answer in answers if answer.url.endswith("/feed/") for link in _links(answer)}
    return [
        _case(answer, number, expected[key], links.get(key))
        for number, answer in enumerate(answers)
        if (key := urls.key(answer.url)) in expected
    ]


def _links(answer: data.Recorded) -> tuple[Link, ...]:
    feed = Feed(kind=FeedKind.RSS, url=answer.url)
    return read_feed(feed, answer.body, url=answer.url, headers=dict(answer.headers)).links


def _case(answer: data.Recorded, number: int, row: dict[str, Any], link: Link | None) -> Case:
    key, headers = urls.key(answer.url), {name.lower(): value for name, value in answer.headers}
    fetch = Fetch(
        crawl_id="benchmark", sequence=number, purpose=Purpose.PAGE, key=key, url=answer.url, first_url=answer.url,
        outcome=FetchOutcome.OK, status=200, fetched_at=NOW, content_type=headers.get("content-type"),
        body_bytes=len(answer.body), body_sha256=hashlib.sha256(answer.body).hexdigest(),
    )  # fmt: skip
    none = Link(key=key, url=answer.url, canonical=urls.canonical(answer.url), feed_url="", position=0)
    published = row.get("published")
    day = dt.datetime.fromisoformat(published) if published else None
    return Case(
        page=Page(fetch=fetch, link=link or none, headers=tuple(answer.headers), body=answer.body),
        host=urlsplit(answer.url).netloc,
        title=row.get("title"),
        body=row.get("body"),
        published_on=(day.astimezone(dt.UTC) if day and day.tzinfo else day).date() if day else None,
        language=row.get("language") or "any",
    )


def without_feed_dates(case: Case) -> Case:
    """Withhold what the feed says of the date."""
    link = replace(case.page.link, published_raw=None, published_at=None)
    return replace(case, page=replace(case.page, link=link))


def clean_all(given: list[Case]) -> list[Article | Rejection]:
    """Clean the pages of every host as a crawl does: the order of day and month is learned first."""
    by_host: defaultdict[str, list[Page]] = defaultdict(list)
    for case in given:
        by_host[case.host].append(case.page)
    hints = {
        host: CleanHints(day_order=learn_day_order(raw for page in pages for raw in numeric_dates(page)))
        for host, pages in by_host.items()
    }
    return [clean(case.page, outlet(case.host), hints[case.host]) for case in given]


def score(name: str, given: list[Case], results: list[Article | Rejection]) -> Score:
    """Compare results with what is expected."""
    both = list(zip(given, results, strict=True))
    made = [(case, result) for case, result in both if isinstance(result, Article)]
    lost = [(case, result) for case, result in both if isinstance(result, Rejection)]
    titles = [(case, _same(article.title, case.title)) for case, article in made if case.title]
    texts = [bag_f1(article.text, case.body) for case, article in made if case.body]
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
        wrong_titles=[case.page.fetch.url for case, right in titles if not right],
    )


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


def measure(scored: Score, given: list[Case], rounds: int) -> None:
    """Time our cleaning beside trafilatura on the same pages, in alternating order, and score trafilatura too."""
    ours, theirs = [float("inf")] * len(given), [float("inf")] * len(given)
    documents: list[Any] = [None] * len(given)
    for number in range(rounds):
        for index, case in enumerate(given):
            for mine in (True, False) if (index + number) % 2 else (False, True):
                started = time.process_time()
                result = _ours(case) if mine else trafilatura.bare_extraction(case.page.body, with_metadata=True)
                best = ours if mine else theirs
                best[index] = min(best[index], time.process_time() - started)
                documents[index] = documents[index] if mine else result
    scored.ours_ms = statistics.fmean(ours) * 1e3
    scored.trafilatura_ms = statistics.fmean(theirs) * 1e3
    first, middle, third = statistics.quantiles([mine / other for mine, other in zip(ours, theirs, strict=True)], n=4)
    scored.ratio_quartiles = (first, middle, third)
    _score_trafilatura(scored, given, documents)


def _ours(case: Case) -> Article | Rejection:
    return clean(case.page, outlet(case.host), CleanHints())


def _score_trafilatura(scored: Score, given: list[Case], documents: list[Any]) -> None:
    both = [(case, document) for case, document in zip(given, documents, strict=True) if document]
    titles = [_same(document.title or "", case.title) for case, document in both if case.title]
    texts = [bag_f1(document.text or "", case.body) for case, document in both if case.body]
    days = [document.date == str(case.published_on) for case, document in both if case.published_on]
    scored.trafilatura_titles = statistics.fmean(titles) if titles else None
    scored.trafilatura_f1 = statistics.fmean(texts) if texts else None
    scored.trafilatura_days = sum(days) / scored.dated if scored.dated else None


def outlet(host: str) -> Outlet:
    """Declare a host without any rule of its own."""
    return Outlet(
        slug="benchmark", name=host, home=f"https://{host}/", domains=(host,), languages=("en",),
        status=OutletStatus.ACTIVE,
    )  # fmt: skip


def scores(folder: Path, rounds: int) -> Iterator[Score]:
    """Score every set that the folder holds; the web also with its feeds' dates withheld."""
    for name, given in all_cases(folder):
        scored = score(name, given, clean_all(given))
        if rounds:
            measure(scored, given, rounds)
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
        "ours, ms CPU": lambda s: _plain(s.ours_ms, 2),
        "trafilatura, ms CPU": lambda s: _plain(s.trafilatura_ms, 2),
        "ours / trafilatura": lambda s: _plain(s.ours_ms and s.trafilatura_ms and s.ours_ms / s.trafilatura_ms, 3),
        "quartiles of pages": lambda s: " ".join(f"{part:.2f}" for part in s.ratio_quartiles or ()) or "-",
        "trafilatura, titles": lambda s: _plain(s.trafilatura_titles, 4),
        "trafilatura, text F1": lambda s: _plain(s.trafilatura_f1, 4),
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
    rounds: Annotated[int, typer.Option(help="Each page is timed so often; its minimum counts; 0: not at all.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    details: Annotated[bool, typer.Option(help="List the pages with another title than expected as well.")] = False,
) -> None:
    """Clean the pages of the corpus and score what comes out."""
    folder = data.corpus(corpus)
    if not folder.is_dir():
        raise SystemExit(f"{folder} is not there; give --corpus or set BULLETINS_CORPUS")
    found = list(scores(folder, rounds))
    if as_json:
        print(json.dumps([asdict(scored) for scored in found], ensure_ascii=False, indent=1))
    else:
        show(found, Console(), details=details)


if __name__ == "__main__":
    typer.run(main)
