"""Loading and deduplicating: rows per second beside COPY and merge of the same columns into the same tables.

    python -m benchmarks.load [--articles 4000] [--rounds 3] [--json]

The floor for each load is made from its own result: the rows that it wrote, as bytes that COPY takes as they are, go into
empty tables with the same columns, indexes, constraints and generated columns, by one COPY and one anti-join merge per
table in one transaction. What a load costs beyond that is ours: turning records into rows, versions, outcomes of links,
tags, counts. The texts are made up, in Arabic, English and Russian, 3 kB each, with words as frequent as in real ones.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import json
import random
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from typing import Annotated

import typer
from psycopg2.extensions import connection as Connection
from psycopg2.sql import SQL, Identifier
from rich.console import Console
from rich.table import Table

from benchmarks.runner import fresh_database
from crawlers.records import Fate, Fetch, FetchOutcome, Link, LinkFate, Manifest, Outlet, OutletStatus, Purpose
from processing.deduplicate import deduplicate
from processing.load import load_crawl
from processing.records import Article, ArticleKind, DateCandidate, DateOrigin, Precision, Tag, TagKind
from processing.reference import load_outlets

NIGHT = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
TABLES = (
    "crawls",
    "fetches",
    "links",
    "articles",
    "article_versions",
    "tags",
)
ALPHABETS = {"ar": "ابتثجحخدرزسشصطعغفقكلمنهوي", "en": "abcdefghijklmnoprstuvwy", "ru": "абвгдежзиклмнопрстуфхцчшыя"}
OUTLETS = tuple(f"outlet_{number}" for number in range(20))
TAGS_PER_ARTICLE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one step costs, the median of the rounds."""

    step: str
    articles: int
    per_second: float  # articles
    floor_per_second: float | None  # COPY and merge of the same rows; None where nothing compares
    ratio: float | None  # wall time / wall time of the floor
    client_ms: float  # CPU of this process per article


class Texts:
    """Made-up texts whose words follow Zipf's law."""

    def __init__(self) -> None:
        """Make the words of each language, always the same."""
        self.chance = random.Random(1)
        self.words = {
            language: ["".join(self.chance.choices(letters, k=self.chance.randint(2, 9))) for _ in range(20_000)]
            for language, letters in ALPHABETS.items()
        }
        self.weights = [1 / rank for rank in range(1, 20_001)]

    def make(self, language: str) -> str:
        """Return one text of about 480 words."""
        words = self.chance.choices(self.words[language], self.weights, k=480)
        return "\n".join(" ".join(words[start : start + 40]) + "." for start in range(0, len(words), 40))


@dataclass(frozen=True, slots=True)
class Crawl:
    """Records of one crawl, ready to load."""

    manifest: Manifest
    entries: list[Fetch | LinkFate]
    articles: list[Article]
    tags: list[Tag]

    def load(self, connection: Connection) -> None:
        """Load it."""
        load_crawl(
            connection,
            self.manifest,
            entries=lambda: self.entries,
            results=lambda: self.articles,
            tags=lambda: self.tags,
        )


def make_crawl(texts: Texts, number: int, pages: int) -> Crawl:
    """Make a crawl of `pages` new articles, all of which become rows."""
    outlet = OUTLETS[number % len(OUTLETS)]
    crawl_id = f"{outlet}-{number:08}"
    entries: list[Fetch | LinkFate] = []
    articles, tags = [], []
    for sequence in range(pages):
        url = f"https://{outlet}.example/{number}/{sequence}"
        key = hashlib.sha256(url.encode()).hexdigest()
        link = Link(
            key=key, url=url, canonical=url, feed_url=f"https://{outlet}.example/feed", position=sequence, title="t"
        )
        at = NIGHT + dt.timedelta(days=number, seconds=sequence)
        entries.append(
            Fetch(
                crawl_id=crawl_id, sequence=sequence, purpose=Purpose.PAGE, key=key, url=url, first_url=url,
                outcome=FetchOutcome.OK, status=200, fetched_at=at, body_sha256=key, warc_file="x", warc_offset=sequence,
            )
        )  # fmt: skip
        entries.append(LinkFate(link=link, fate=Fate.FETCHED))
        article = _article(texts, link, outlet, crawl_id, sequence, at)
        articles.append(article)
        tags += [_tag(article, place) for place in range(TAGS_PER_ARTICLE)]
    return Crawl(_manifest(crawl_id, outlet, number, pages), entries, articles, tags)


def _manifest(crawl_id: str, outlet: str, number: int, pages: int) -> Manifest:
    return Manifest(
        crawl_id=crawl_id, outlet=outlet, started_at=NIGHT + dt.timedelta(days=number), finished_at=NIGHT,
        finish_reason="finished", resumed=0, forced=False, replay=None, code_version="0", outlet_sha256="0" * 64,
        links=pages, fates={"fetched": pages}, fetches={"ok": pages}, files=(), stats={},
    )  # fmt: skip


def _article(texts: Texts, link: Link, outlet: str, crawl_id: str, sequence: int, at: dt.datetime) -> Article:
    language = ("ar", "en", "ru")[sequence % 3]
    text = texts.make(language)
    title = text[:60].replace("\n", " ")
    date = DateCandidate(origin=DateOrigin.JSONLD, raw=at.isoformat(), at=at, precision=Precision.SECOND)
    return Article(
        key=link.key, page_key=link.key, outlet=outlet, crawl_id=crawl_id, fetch_sequence=sequence, url=link.url,
        canonical=link.canonical,
        fetched_at=at, title=title, text=text, authors=("A. Writer",), language=language, language_confidence=0.9,
        passages=(), kind=ArticleKind.ARTICLE, rules=(),
        published=date, date_candidates=(date, date), modified_at=None,
        content_sha256=hashlib.sha256(f"{title}\n{text}".encode()).hexdigest(), body_sha256=link.key,
        extractor="benchmark", cleaner="1", flags=(),
    )  # fmt: skip


def _tag(article: Article, place: int) -> Tag:
    start = place * 20
    return Tag(
        key=article.key, content_sha256=article.content_sha256, kind=TagKind.PLACE, target=f"SY{place:02}", field="text",
        start=start, end=start + 8, matched=article.text[start : start + 8], rule="alias", tagger="1",
        governorate=f"SY{place:02}",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Payload:
    """The rows of one table as COPY takes them."""

    table: str
    columns: list[str]  # without generated ones
    key: list[str]
    data: bytes


def payloads(connection: Connection) -> list[Payload]:
    """Read back what a load wrote."""
    found = []
    with connection, connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND attgenerated = '' "
                "AND NOT attisdropped ORDER BY attnum",
                [f"news.{table}"],
            )
            columns = [name for (name,) in cursor.fetchall()]
            cursor.execute(
                "SELECT attname FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) "
                "WHERE indrelid = %s::regclass AND indisprimary",
                [f"news.{table}"],
            )
            key = [name for (name,) in cursor.fetchall()]
            data = io.BytesIO()
            names = SQL(", ").join(map(Identifier, columns))
            cursor.copy_expert(SQL("COPY news.{} ({}) TO STDOUT").format(Identifier(table), names), data)
            found.append(Payload(table, columns, key, data.getvalue()))
    return found


def copy_and_merge(connection: Connection, rows: list[Payload]) -> None:
    """Put the rows into the tables of schema `bare`: the least that a loader can do."""
    with connection, connection.cursor() as cursor:
        for part in rows:
            names = SQL(", ").join(map(Identifier, part.columns))
            table, staged = Identifier("bare", part.table), Identifier(f"staged_{part.table}")
            cursor.execute(
                SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} LIMIT 0").format(staged, names, table)
            )
            cursor.copy_expert(SQL("COPY {} ({}) FROM STDIN").format(staged, names), io.BytesIO(part.data))
            same = SQL(" AND ").join(SQL("o.{0} = s.{0}").format(Identifier(name)) for name in part.key)
            cursor.execute(
                SQL(
                    "INSERT INTO {} ({}) SELECT {} FROM {} s WHERE NOT EXISTS (SELECT FROM {} o WHERE {}) ORDER BY {}"
                ).format(table, names, names, staged, table, same, SQL(", ").join(map(Identifier, part.key)))
            )


def _empty(connection: Connection, schema: str) -> None:
    tables = SQL(", ").join(Identifier(schema, table) for table in TABLES)
    with connection, connection.cursor() as cursor:
        cursor.execute(SQL("TRUNCATE {} CASCADE").format(tables))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    connection.autocommit = False


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return wall seconds and our own CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _compare(connection: Connection, step: str, crawls: list[Crawl], rounds: int) -> Iterator[Cost]:
    """Measure a first load of `crawls`, its floor, and the same load again; ours and the floor in turns."""
    articles = sum(len(crawl.articles) for crawl in crawls)
    ours, again, floor, floor_again = [], [], [], []
    for _ in range(rounds):
        _empty(connection, "news")
        ours.append(_timed(lambda: [crawl.load(connection) for crawl in crawls]))
        again.append(_timed(lambda: [crawl.load(connection) for crawl in crawls]))
        rows = payloads(connection)
        _empty(connection, "bare")
        floor.append(_timed(lambda rows=rows: copy_and_merge(connection, rows)))
        floor_again.append(_timed(lambda rows=rows: copy_and_merge(connection, rows)))
    yield _cost(step, articles, ours, floor)
    yield _cost(f"{step}, again", articles, again, floor_again)


def _cost(
    step: str, articles: int, ours: list[tuple[float, float]], floors: list[tuple[float, float]] | None = None
) -> Cost:
    wall, cpu = (statistics.median(column) for column in zip(*ours, strict=True))
    floor = statistics.median(seconds for seconds, _ in floors) if floors else None
    return Cost(
        step=step,
        articles=articles,
        per_second=articles / wall,
        floor_per_second=articles / floor if floor else None,
        ratio=wall / floor if floor else None,
        client_ms=cpu / articles * 1000,
    )


def _copies(connection: Connection, texts: Texts, loaded: list[Crawl]) -> Iterator[Cost]:
    """Measure deduplication: of everything, of nothing, and of 200 further articles, half of them copies."""
    articles = sum(len(crawl.articles) for crawl in loaded)
    yield _cost("deduplicate all", articles, [_timed(lambda: deduplicate(connection))])
    yield _cost("deduplicate, nothing new", articles, [_timed(lambda: deduplicate(connection))])
    more = make_crawl(texts, 99_999, 200)
    known = [article for crawl in loaded for article in crawl.articles][:100]
    for index, original in enumerate(known):
        content = hashlib.sha256(f"copy {index}".encode()).hexdigest()
        changed = {"text": original.text + " and more", "content_sha256": content, "language": original.language}
        more.articles[index] = Article(**{**_fields(more.articles[index]), **changed})
    Crawl(more.manifest, more.entries, more.articles, []).load(connection)
    yield _cost("deduplicate 200 more, half copies", 200, [_timed(lambda: deduplicate(connection))])


def _fields(article: Article) -> dict[str, object]:
    return {name: getattr(article, name) for name in article.__slots__}


def measure(articles: int, rounds: int) -> list[Cost]:
    """Run everything on a database of its own."""
    texts = Texts()
    with fresh_database() as connect, closing(connect()) as connection:
        load_outlets(connection, [outlet_of(slug) for slug in OUTLETS])
        with connection, connection.cursor() as cursor:
            cursor.execute("CREATE SCHEMA bare")
            for table in TABLES:
                name = Identifier(table)
                cursor.execute(SQL("CREATE TABLE bare.{} (LIKE news.{} INCLUDING ALL)").format(name, name))
        small = [make_crawl(texts, number, 20) for number in range(articles // 80)]
        large = [make_crawl(texts, 10_000 + number, articles // 8) for number in range(8)]
        costs = list(_compare(connection, "crawls of 20 pages", small, rounds))
        costs += _compare(connection, f"crawls of {articles // 8} pages", large, rounds)
        return costs + list(_copies(connection, texts, large))


def outlet_of(slug: str) -> Outlet:
    """Return a made-up outlet of that slug."""
    home = f"https://{slug}.example/"
    return Outlet(
        slug=slug, name=slug, home=home, domains=(f"{slug}.example",), languages=("ar",), status=OutletStatus.ACTIVE
    )


def main(
    articles: Annotated[
        int, typer.Option(help="Articles loaded in large crawls; a quarter as many in small ones.")
    ] = 4000,
    rounds: Annotated[int, typer.Option(help="Times everything is done; the median counts.")] = 3,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure loading and deduplicating."""
    costs = measure(articles, rounds)
    if as_json:
        print(json.dumps([asdict(cost) for cost in costs]))
        return
    table = Table("step", *("articles", "articles/s", "floor: COPY + merge", "wall / floor", "client CPU ms/article"))
    for cost in costs:
        floor, ratio = (f"{cost.floor_per_second:.0f}", f"{cost.ratio:.2f}") if cost.ratio else ("", "")
        table.add_row(cost.step, str(cost.articles), f"{cost.per_second:.0f}", floor, ratio, f"{cost.client_ms:.3f}")
    Console().print(table)


if __name__ == "__main__":
    typer.run(main)
