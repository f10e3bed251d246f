"""What one new article costs as the tables grow: `python -m benchmarks.growth [--most N] [--profile] [--home FOLDER]`.

The tables hold 10 thousand, 100 thousand, 1 million and up to N made-up articles (benchmarks/filling.py), which stand in
copies and stories as real ones do. Then nights of new articles are loaded, with texts of 480 words: every second one is a
copy of one of the night before with a lead, the others have reports. `deduplicate` and `relate` are timed by the wall, round
trips included, and by the processor, which says more where the machine has other work; `--profile` shows statement by
statement where the time goes, and what was read.

With `--home` the server and its tables stay in that folder, and a later call measures on what is there before it fills more.
Its nights should have another `--day`, months away: texts of former nights share stretches with new ones by chance.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import random
import statistics
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from psycopg2.extensions import connection as Connection
from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table

from benchmarks.filling import KINDS, alone, fill
from benchmarks.load import NIGHT, OUTLETS, Crawl, Texts, make_crawl, outlet_of
from benchmarks.profiling import Profile, recording, shown, total
from benchmarks.runner import Connect, fresh_database
from bulletins.postgres import Postgres
from processing import database
from processing.deduplicate import deduplicate
from processing.load import load_crawl, load_outlets
from processing.overlap import PERIOD
from processing.records import Article
from processing.relate import relate
from processing.same_event import Report, Told

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
PLACES = 3000
TOWNS = 0.875  # share of reports that name a town, as in the texts of benchmarks/stories.py
MARKED = 1_000_000  # made-up articles with marks, 200 days of them; copies are sought 120 days back at most
LEAD = 30  # words before a copy


def load_record(place: str) -> str:
    """Return the report of a made-up article."""
    return TypeAdapter(Report).dump_json(report_of("0" * 64, "0" * 64, NIGHT.date(), place, random.Random(1))).decode()


def report_of(key: str, content: str, day: dt.date, place: str, chance: random.Random) -> Report:
    """Make a report with as many parts as real ones have; one in eight names no town."""
    killed = chance.randint(1, 9)
    places = {place: 1.0} if chance.random() < TOWNS else {}
    return Report(
        key=key, content_sha256=content, language="ar", about=day, is_firm=True, days=(day,), dates=(), years=(),
        weekdays=(), places=places, sites=places, title_places=(), governorates={f"SY{chance.randint(1, 14):02}": 1.0},
        event_types=(chance.choice(KINDS),), blocs=(chance.choice(("assad_state", "turkey", "russia")),), actors=("saa",),
        killed=Told(low=killed, best=killed, high=killed), wounded=Told(), tolls=(("killed", killed),),
        words=tuple(sorted(chance.sample(range(1 << 31), 30))), title_words=tuple(sorted(chance.sample(range(1 << 31), 4))),
        names=tuple(sorted(chance.sample(range(1 << 31), 20))),
        origin="", is_digest=False, tagger="",
    )  # fmt: skip


def night(
    texts: Texts, number: int, day: dt.date, pages: int, places: list[str], before: list[Article]
) -> tuple[Crawl, list[Report]]:
    """Make a night's articles and their reports; every second one is a copy of one of `before` with a lead."""
    texts.chance = random.Random(number)
    made = make_crawl(texts, number, pages)
    chance = random.Random(number)
    # All in the period of the days before: the next one's marks would go into an empty part of the index.
    at = dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(hours=6 * (number % 20) + 1)
    articles = []
    for place, article in enumerate(made.articles):
        if before and place % 2:
            text = " ".join(texts.make(article.language).split()[:LEAD]) + "\n" + before[place % len(before)].text
            article = dataclasses.replace(article, text=text, content_sha256=f"{number:032x}{place:032x}")
        published = dataclasses.replace(article.published, at=at) if article.published else None
        articles.append(dataclasses.replace(article, published=published))
    reports = [
        report_of(one.key, one.content_sha256, at.date(), chance.choice(places), chance) for one in articles[::2]
    ]
    return Crawl(made.manifest, made.entries, articles, []), reports


@dataclass(frozen=True, slots=True)
class Made:
    """What all articles are made of."""

    texts: Texts
    places: list[str]
    marks: int
    day: dt.date  # of the first night

    def values(self) -> dict[str, object]:
        """Return what made-up rows are filled with."""
        return {
            "marks": self.marks, "marked": MARKED, "record": load_record(self.places[0]), "places": self.places,
            "kinds": list(KINDS), "count": len(self.places), "period": PERIOD,
        }  # fmt: skip


@contextmanager
def database_in(home: Path | None) -> Iterator[Connect]:
    """Give a database of its own that is dropped at the end, or the one of a server in `home`, which stays."""
    if home is None:
        with fresh_database() as connect:
            yield connect
        return
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o755)
    postgres = Postgres(home)
    postgres.start()
    try:
        with closing(database.connect(postgres.url("superuser"))) as connection:
            database.migrate(connection)
        yield lambda: database.connect(postgres.url("superuser"))
    finally:
        postgres.stop()


def prepare(connection: Connection, texts: Texts) -> None:
    """Load one article, whose crawl the made-up ones are said to come from."""
    load_outlets(connection, [outlet_of(slug) for slug in OUTLETS])
    make_crawl(texts, 0, 1).load(connection)
    with connection, connection.cursor() as cursor:
        for table in ("crawls", "fetches"):
            cursor.execute(
                f'insert into news.{table} select (jsonb_populate_record(t, \'{{"crawl_id": "made"}}\')).* from news.{table} as t'
            )
    deduplicate(connection), relate(connection)


def count(connection: Connection, what: str) -> int:
    """Return one number."""
    with connection, connection.cursor() as cursor:
        cursor.execute(f"select {what}")
        [(number,)] = cursor.fetchall()
    return int(number)


def tidy(connection: Connection) -> None:
    """Empty the queue and give the planner its statistics, as the server itself does by and by."""
    alone(connection, "delete from news.unsettled", "vacuum analyze")


def measure(connection: Connection, made: Made, batch: int, rounds: int) -> list[tuple[Profile, Profile]]:
    """Load nights and return what deduplicating and relating each took; a first night, which warms up, is left out."""
    known = count(connection, "count(*) from news.crawls")
    before: list[Article] = []
    costs = []
    for number in range(known, known + rounds + 1):
        crawl, reports = night(made.texts, number, made.day, batch, made.places, before)
        load_crawl(
            connection, crawl.manifest, entries=lambda crawl=crawl: crawl.entries,
            results=lambda crawl=crawl: crawl.articles, tags=lambda reports=reports: reports,
        )  # fmt: skip
        with recording(connection) as copies:
            deduplicate(connection)
        with recording(connection) as stories:
            relate(connection)
        costs.append((copies, stories))
        before = crawl.articles[::2]
    return costs[1:]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000, help="articles in the tables at the end")
    parser.add_argument("--batch", type=int, default=500, help="articles of a night")
    parser.add_argument("--rounds", type=int, default=5, help="nights at each size; the median counts")
    parser.add_argument(
        "--marks", type=int, default=45, help="marks of a made-up article; real ones of 270 words have 45"
    )
    parser.add_argument(
        "--day", type=dt.date.fromisoformat, default=NIGHT.date(), help="of the first night; see --home"
    )
    parser.add_argument("--profile", action="store_true", help="show what each statement takes")
    parser.add_argument(
        "--home", type=Path, help="folder in which the tables stay, with the nights: take another --day then"
    )
    options = parser.parse_args()
    made = Made(Texts(), [f"PL-made-{number}" for number in range(PLACES)], options.marks, options.day)
    columns = (
        "articles",
        "deduplicate ms",
        "relate ms",
        "together ms an article",
        "processor ms",
        "kB of WAL",
        "fill s",
        "GB",
    )
    table, first = Table(*columns, title="one more article"), None
    with database_in(options.home) as connect, closing(connect()) as connection:
        if not count(connection, "count(*) from news.crawls"):
            prepare(connection, made.texts)
        have = count(connection, "count(*) from news.articles where outlet_name = 'o'")
        for size in (size for size in SIZES if have <= size <= options.most):
            started = time.monotonic()
            if size > have:
                fill(connect, have + 1, size, made.values())
                tidy(connection)
            have, filling = size, time.monotonic() - started
            gigabytes = count(connection, "pg_database_size(current_database())") / 1e9
            costs = measure(connection, made, options.batch, options.rounds)
            copies, stories = (
                statistics.median(profile.seconds for profile in profiles) / options.batch * 1e3
                for profiles in zip(*costs, strict=True)
            )
            wal = sum(profile.wal_bytes for night in costs for profile in night) / options.rounds / options.batch / 1e3
            busy = statistics.median(sum(p.busy_seconds for p in night) for night in costs) / options.batch * 1e3
            first = first or copies + stories
            table.add_row(
                f"{size:,}", f"{copies:.2f}", f"{stories:.2f}", f"{copies + stories:.2f} ({(copies + stories) / first:.2f}x)",
                f"{busy:.2f}", f"{wal:.0f}", f"{filling:.0f}", f"{gigabytes:.2f}",
            )  # fmt: skip
            console = Console(width=120)
            for name, profiles in zip(("deduplicate", "relate"), zip(*costs, strict=True), strict=True):
                if options.profile:
                    console.print(shown(f"{name}, {size:,} articles", total(profiles), options.batch * options.rounds))
            console.print(table)


if __name__ == "__main__":
    main()
