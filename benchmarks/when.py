"""When events happened: own sentences with known days, and articles tied to an incident of a known day.

    python -m benchmarks.when [--corpus FOLDER] [--misses N] [--json]

Sentences (tests/golden/when.jsonl): batch 1 was at hand while the rules were written; batches 2 and 3 (3: several times in
a sentence) were written after them and measured once before anything was changed, at 60 of 61 and 31 of 33. An answer is
right if days and precision are right; peers give a day only, so beside them stands the share of sentences about one day
whose day is right.

Articles: `web`, whose publication is the assigned day, the incident's itself: there the publication is right by
construction, and what counts is how seldom the words lead away from it (a text of the next day says "yesterday", and is
counted wrong). `web, dated later` are the same texts as if published two days after the incident: only weekdays and
dates in the text lead back to it. `syrian-outlets` gives no publication: it is taken to be the first full date that the
text prints, which is often another page's, and articles without one are counted and left out. An article's day is the
one that most of its first sentences state; `stated` is the share of articles that state one. The misses of half of the
articles (by a hash of their id) were looked at, those of the other half (`unseen`) were not; phrases with words of
time, without days or incidents, were sampled from half of all texts by another hash, so some of `unseen` lent words.
Baselines: the day of publication, and what `dateparser.search` finds first.
"""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import re
import statistics
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Any, NamedTuple

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from processing.statements.records import DayPrecision, EventDay
from processing.statements.when import event_day, load_times

GOLD = Path(__file__).parents[1] / "tests" / "golden" / "when.jsonl"
NOON = dt.time(9, tzinfo=dt.UTC)  # noon in Damascus
LEAD = 6  # sentences of an article that its day is taken from: news says it first
# Ends at a mark before a space, unless a figure follows: "Jan. 18" is no end. The article's own sentences are not at stake.
END = re.compile(r"\n+|(?<=[.!?؟])\s+(?!\d)")
SHORTEST = 20  # characters; what is shorter is a heading or a name
LATER = dt.timedelta(days=2)
FAR = dt.timedelta(days=45)  # before the publication: told again
PRECISIONS = dict(zip("DNSRMYU", DayPrecision, strict=True))  # day, night, since, range, month, year, unknown
Days = tuple[dt.date | None, dt.date | None, DayPrecision]


class Line(NamedTuple):
    """A made sentence with what it says."""

    batch: int
    language: str
    published: dt.date
    text: str
    days: Days


class Article(NamedTuple):
    """A text with the day of what it reports."""

    id: str
    language: str
    text: str
    published: dt.date
    happened: frozenset[dt.date]


def gold() -> list[Line]:
    """Read the made sentences."""
    rows = (json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines())
    return [
        Line(
            row["batch"],
            row["language"],
            published := dt.date.fromisoformat(row["published"]),
            row["text"],
            expected(row["expected"], published),
        )
        for row in rows
    ]


def expected(code: str, published: dt.date) -> Days:
    """Read what is expected: "D 2019-09-06", "N" with the day a night ends on, "S" since, "R a..b", "M", "Y", "U", "P"."""
    if code == "P":
        return published, published, DayPrecision.DAY
    kind, _, value = code.partition(" ")
    precision = PRECISIONS[kind]
    if kind == "U":
        return None, None, precision
    if kind == "R":
        first, last = map(dt.date.fromisoformat, value.split(".."))
        return first, last, precision
    if kind in "MY":
        first = dt.date.fromisoformat(f"{value}-01" if kind == "M" else f"{value}-01-01")
        after = (first + dt.timedelta(days=32)).replace(day=1) if kind == "M" else first.replace(year=first.year + 1)
        return first, min(after - dt.timedelta(days=1), published), precision
    day = dt.date.fromisoformat(value)
    return (day - dt.timedelta(days=kind == "N"), None if kind == "S" else day, precision)


def told(text: str, published: dt.date, span: tuple[int, int] | None = None) -> EventDay:
    """Ask for the day of a sentence that was published at noon."""
    start, end = span or (0, len(text))
    return event_day(text, start, end, dt.datetime.combine(published, NOON), "Asia/Damascus", load_times())


def score_gold(misses: int) -> list[dict[str, Any]]:
    """Score the made sentences by batch and language, beside dateparser; print some misses."""
    rows = defaultdict(list)
    for line in gold():
        answer = told(line.text, line.published)
        days = (answer.first, answer.last, answer.precision)
        is_day = line.days[2] is DayPrecision.DAY
        rows[line.batch, line.language].append(
            (
                days == line.days,
                is_day and days == line.days,
                is_day and _searched(line.text, line.published) == line.days[0],
                is_day,
            )
        )
        if days != line.days and misses > 0:
            misses -= 1
            print(line.batch, line.published, line.text, "| expected", *line.days, "| got", *days, answer.rule)
    return [
        {
            "set": f"sentences, batch {batch}",
            "language": language,
            "sentences": len(found),
            "right": f"{sum(one[0] for one in found) / len(found):.3f}",
            "about one day": sum(one[3] for one in found),
            "day right": f"{sum(one[1] for one in found) / sum(one[3] for one in found):.3f}",
            "dateparser": f"{sum(one[2] for one in found) / sum(one[3] for one in found):.3f}",
        }
        for (batch, language), found in sorted(rows.items())
    ]


def _searched(text: str, published: dt.date) -> dt.date:
    """Return the first day that dateparser finds, the day of publication if none."""
    from dateparser.search import search_dates

    settings = {"RELATIVE_BASE": dt.datetime.combine(published, dt.time(12)), "PREFER_DATES_FROM": "past"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = search_dates(text[:2000], languages=["en", "ar", "ru"], settings=settings)
    return found[0][1].date() if found else published


def articles(folder: Path) -> Iterator[tuple[str, Article | None]]:
    """Yield set and article; None for one whose day of publication is not known."""
    with gzip.open(folder / "web" / "expected.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row.get("incidents"):
                published = dt.date.fromisoformat(row["published"][:10])
                text = f"{row['title']}\n{row['body']}"
                yield "web", _article(row, row["url"], text, published)
                yield "web, dated later", _article(row, row["url"], text, published + LATER)
    with gzip.open(folder / "syrian-outlets" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            stated = _first_full_date(row["text"])
            yield "syrian-outlets", _article(row, row["id"], row["text"], stated) if stated else None


def _article(row: dict[str, Any], key: str, text: str, published: dt.date) -> Article:
    happened = frozenset(dt.date.fromisoformat(one["date"][:10]) for one in row["incidents"] if one.get("date"))
    return Article(key, row["language"], text, published, happened)


def _first_full_date(text: str) -> dt.date | None:
    """Return the first day that a text prints with its year, without looking at anything else."""
    for sentence in re.finditer(r"[^\n]+", text):
        answer = event_day(text, *sentence.span(), None, None, load_times())
        if answer.precision is DayPrecision.DAY and answer.first and answer.first.year >= 2011:
            return answer.first
    return None


def article_day(article: Article) -> dt.date:
    """Return the day that most of an article's first sentences state; the publication if none does."""
    return stated_day(article) or article.published


def stated_day(article: Article) -> dt.date | None:
    """Return the day that most of an article's first sentences state."""
    votes = Counter(
        answer.last
        for sentence in sentences(article.text)[:LEAD]
        if (answer := told(article.text, article.published, sentence)).start is not None
        and answer.precision in (DayPrecision.DAY, DayPrecision.NIGHT)
        and answer.last is not None
        and abs(article.published - answer.last) < FAR
    )
    return votes.most_common(1)[0][0] if votes else None


def sentences(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text stand."""
    marks = [0, *(edge for found in END.finditer(text) for edge in found.span()), len(text)]
    return [(start, end) for start, end in zip(marks[::2], marks[1::2], strict=True) if end - start >= SHORTEST]


def score_articles(folder: Path, misses: int, *, with_peer: bool) -> list[dict[str, Any]]:
    """Score articles by set, half and language."""
    ways: dict[str, Callable[[Article], dt.date]] = {"ours": article_day, "publication": lambda one: one.published}
    if with_peer:
        ways["dateparser"] = lambda one: _searched(one.text, one.published)
    right: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for name, one in articles(folder):
        if one is None:
            right[name, "no publication", ""]["articles"] += 1
            continue
        half = "unseen" if hashlib.sha256(one.id.encode()).digest()[0] % 2 else "looked at"
        count = right[name, half, one.language]
        count["articles"] += 1
        count["stated"] += stated_day(one) is not None
        for way, find in ways.items():
            day = find(one)
            gap = min(abs((day - happened).days) for happened in one.happened)
            count[f"{way} 0"] += gap == 0
            count[f"{way} 1"] += gap <= 1
            if way == "ours" and gap and half == "looked at" and misses > 0:
                misses -= 1
                print(one.id, one.published, day, *sorted(one.happened))
    return [_shares(key, count, list(ways)) for key, count in sorted(right.items())]


def _shares(key: tuple[str, str, str], count: Counter[str], ways: list[str]) -> dict[str, Any]:
    name, half, language = key
    shares = {f"{way} {gap}": f"{count[f'{way} {gap}'] / count['articles']:.3f}" for way in ways for gap in "01"}
    return {
        "set": name,
        "half": half,
        "language": language,
        "articles": count["articles"],
        **({"stated": f"{count['stated'] / count['articles']:.3f}", **shares} if language else {}),
    }


def speed(folder: Path) -> dict[str, Any]:
    """Measure CPU per 3,000 characters with every sentence asked for its day."""
    times = load_times()
    chunks = [
        one.text[:3000]
        for name, one in articles(folder)
        if one and name != "web, dated later" and len(one.text) >= 3000
    ]
    spans = [sentences(chunk) for chunk in chunks]
    published = dt.datetime(2022, 8, 6, 9, tzinfo=dt.UTC)
    taken = []
    for _ in range(3):
        begin = time.process_time()
        for chunk, places in zip(chunks, spans, strict=True):
            for start, end in places:
                event_day(chunk, start, end, published, None, times)
        taken.append(1000 * (time.process_time() - begin) / max(1, len(chunks)))
    return {
        "articles of 3,000 characters": len(chunks),
        "sentences each": round(statistics.mean(map(len, spans)), 1) if spans else 0,
        "ms": f"{min(taken):.3f}",
    }


def main(
    corpus: Annotated[Path | None, typer.Option(help="A folder laid out like the corpus.")] = None,
    misses: Annotated[int, typer.Option(help="Print so many wrong answers of each kind.")] = 0,
    peer: Annotated[bool, typer.Option(help="Ask dateparser about the articles as well: minutes.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Score sentences and articles, and measure the time."""
    folder = data.corpus(corpus)
    tables = [score_gold(misses)]
    if (folder / "web").exists():
        tables += [score_articles(folder, misses, with_peer=peer), [speed(folder)]]
    else:
        print(f"{folder} is not there: only the made sentences are scored")
    if as_json:
        print(json.dumps(tables, indent=1))
        return
    for rows in tables:
        columns = list(dict.fromkeys(name for row in rows for name in row))
        table = Table(*columns)
        for row in rows:
            table.add_row(*(str(row.get(name, "")) for name in columns))
        Console(width=150).print(table)


if __name__ == "__main__":
    typer.run(main)
