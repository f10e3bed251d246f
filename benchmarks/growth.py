"""What one new article costs as the tables grow: `python -m benchmarks.growth [--most N] [--batch N] [--rounds N]`.

The tables hold 10 thousand, 100 thousand, 1 million and up to N articles: rows made up inside the server, 5,000 a day, each
with a short text and some marks of its own, every second one with a report of one of 3,000 places, so that a place has as
many reports a day however long the years are. Then nights of new articles are loaded, with texts of 480 words: every
second one is a copy of one of the night before with a lead, the others have reports. `deduplicate` and `relate` are timed
by the wall, round trips included. Rows are made up without triggers and with indexes built afterwards, which takes nothing
off what is measured.
"""

from __future__ import annotations

import argparse
import dataclasses
import datetime as dt
import random
import statistics
import time
from contextlib import closing

from psycopg2.extensions import connection as Connection
from pydantic import TypeAdapter
from rich.console import Console
from rich.table import Table

from benchmarks.load import NIGHT, OUTLETS, Crawl, Texts, make_crawl, outlet_of
from benchmarks.runner import fresh_database
from processing.deduplicate import deduplicate
from processing.load import load_crawl, load_outlets
from processing.overlap import PERIOD
from processing.records import Article
from processing.relate import relate
from processing.same_event import Report, Told

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
A_DAY = 5000  # articles
PLACES = 3000
STEP = 250_000  # rows made up in one statement
LEAD = 30  # words before a copy

FILL = """
set local session_replication_role = replica;
set local synchronous_commit = off;
create temp table made on commit drop as
select n, md5('made ' || n) || md5('more ' || n) as key, gen_random_uuid() as version_id,
       date '2026-03-01' - (n / %(a_day)s)::integer as about
from generate_series(%(first)s::bigint, %(last)s) as n;
insert into news.articles (
  article_id, key, outlet, outlet_name, url, canonical_url, title, text, authors, published_at, published_precision,
  published_from, language, language_confidence, version_count, current_version_id, first_seen_at, last_seen_at, kind, languages)
select left(key, 32)::uuid, key, 'outlet_0', 'o', 'https://outlet_0.example/m/' || n, 'https://outlet_0.example/m/' || n,
       'made up ' || n, 'made up number ' || n, '{}', about, 'day', 'meta', 'en', 1, 1, version_id, about, about,
       'article', '{en}'
from made;
insert into news.article_versions (
  version_id, article_id, version_number, title, text, authors, url, canonical_url, language, language_confidence,
  date_candidates, flags, word_count, content_sha256, body_sha256, crawl_id, fetch_sequence, fetched_at, extractor, cleaner,
  first_seen_at,
  last_seen_at, kind, languages, passages, relevance_evidence, rules)
select version_id, left(key, 32)::uuid, 1, 'made up ' || n, 'made up number ' || n, '{}', 'u', 'u', 'en', 1, '[]', '{}', 4, key,
       key, 'made', 0, about, '', '', about, about, 'article', '{en}', '[]', '{}', '{}'
from made;
insert into news.fingerprints (version_id, method_version, shingle_count, word_count, folded_sha256, marks, has_marks, period)
select version_id, 'made up', 400, 480, key, '', true, news.period_of(about::timestamptz, %(period)s) from made;
insert into news.fingerprint_marks (hash, version_id)
select
  news.period_of(about::timestamptz, %(period)s)::bigint << 48 | hashtextextended(key, m) & ((1::bigint << 48) - 1), version_id
from made cross join generate_series(1, %(marks)s) as m;
insert into news.reports (version_id, about, record, tagger, fingerprint)
select version_id, about,
       jsonb_set(jsonb_set(
         %(record)s::jsonb, '{places}', jsonb_build_object((%(places)s::text[])[1 + n / 2 %% %(count)s], 1.0)),
         '{days}', jsonb_build_array(about)), '', ''
from made where n %% 2 = 0;
insert into news.report_places (place, about, first_day, last_day, article_id)
select (%(places)s::text[])[1 + n / 2 %% %(count)s], about, about, about, left(key, 32)::uuid from made
where n %% 2 = 0 order by 1, 2;
insert into news.story_components (article_id, component) select left(key, 32)::uuid, left(key, 32)::uuid from made
"""


# Large tables are filled without the indexes whose entries come in no order; they are built again afterwards.
BARE = """
alter table news.fingerprint_marks drop constraint fingerprint_marks_pkey;
drop index news.articles_by_words, news.articles_by_folded_title, news.articles_by_governorate
"""
INDEXED = """
set local maintenance_work_mem = '2GB';
alter table news.fingerprint_marks add primary key (hash, version_id);
create index articles_by_governorate on news.articles using gin (governorates);
create index articles_by_words on news.articles using gin (search);
create index articles_by_folded_title on news.articles using gin (news.fold(title) gin_trgm_ops)
"""


def fill(connection: Connection, first: int, last: int, places: list[str], marks: int) -> None:
    """Make up the articles with numbers `first` to `last`."""
    record = load_record(places[0])
    with connection, connection.cursor() as cursor:
        cursor.execute(BARE)
    for start in range(first, last + 1, STEP):
        values = {
            "first": start, "last": min(last, start + STEP - 1), "a_day": A_DAY, "marks": marks, "record": record,
            "places": places, "count": len(places), "period": PERIOD,
        }  # fmt: skip
        with connection, connection.cursor() as cursor:
            cursor.execute(FILL, values)
    with connection, connection.cursor() as cursor:
        cursor.execute(INDEXED)


def load_record(place: str) -> str:
    """Return the report of a made-up article."""
    return TypeAdapter(Report).dump_json(report_of("0" * 64, "0" * 64, NIGHT.date(), place, random.Random(1))).decode()


def report_of(key: str, content: str, day: dt.date, place: str, chance: random.Random) -> Report:
    """Make a report with as many parts as real ones have."""
    killed = chance.randint(1, 9)
    return Report(
        key=key, content_sha256=content, language="ar", about=day, is_firm=True, days=(day,), dates=(), years=(),
        weekdays=(), places={place: 1.0}, sites={place: 1.0}, title_places=(), governorates={"SY07": 1.0},
        event_types=("remote.shelling",), blocs=(chance.choice(("assad_state", "turkey", "russia")),), actors=("saa",),
        killed=Told(low=killed, best=killed, high=killed), wounded=Told(), tolls=(("killed", killed),),
        words=tuple(sorted(chance.sample(range(1 << 31), 30))), title_words=tuple(sorted(chance.sample(range(1 << 31), 4))),
        names=tuple(sorted(chance.sample(range(1 << 31), 20))),
        origin="", is_digest=False, tagger="",
    )  # fmt: skip


def night(
    texts: Texts, number: int, pages: int, places: list[str], before: list[Article]
) -> tuple[Crawl, list[Report]]:
    """Make a night's articles and their reports; every second one is a copy of one of `before` with a lead."""
    made = make_crawl(texts, number, pages)
    chance = random.Random(number)
    day = NIGHT.date() + dt.timedelta(days=number)
    articles = []
    for place, article in enumerate(made.articles):
        if before and place % 2:
            text = " ".join(texts.make(article.language).split()[:LEAD]) + "\n" + before[place % len(before)].text
            article = dataclasses.replace(article, text=text, content_sha256=f"{number:032x}{place:032x}")
        at = dt.datetime(day.year, day.month, day.day, 12, tzinfo=dt.UTC)
        published = dataclasses.replace(article.published, at=at) if article.published else None
        articles.append(dataclasses.replace(article, published=published))
    reports = [report_of(one.key, one.content_sha256, day, chance.choice(places), chance) for one in articles[::2]]
    return Crawl(made.manifest, made.entries, articles, []), reports


def timed(work: object) -> float:
    """Return the seconds that a call takes."""
    started = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000, help="articles in the tables at the end")
    parser.add_argument("--batch", type=int, default=500, help="articles of a night")
    parser.add_argument("--rounds", type=int, default=5, help="nights at each size; the median counts")
    parser.add_argument(
        "--marks", type=int, default=45, help="marks of a made-up article; real ones of 480 words have 45"
    )
    options = parser.parse_args()
    places = [f"PL-made-{number}" for number in range(PLACES)]
    texts = Texts()
    table = Table(
        "articles", "deduplicate ms", "relate ms", "together ms an article", "fill s", "GB", title="one more article"
    )
    first = None
    with fresh_database() as connect, closing(connect()) as connection:
        load_outlets(connection, [outlet_of(slug) for slug in OUTLETS])
        base, before = make_crawl(texts, 0, 1), []
        base.load(connection)
        with connection, connection.cursor() as cursor:
            cursor.execute(
                'insert into news.crawls select (jsonb_populate_record(c, \'{"crawl_id": "made"}\')).* from news.crawls as c'
            )
            cursor.execute(
                'insert into news.fetches select (jsonb_populate_record(f, \'{"crawl_id": "made"}\')).* from news.fetches as f'
            )
        deduplicate(connection), relate(connection)
        have = number = 0
        for size in (size for size in SIZES if size <= options.most):
            filling = timed(lambda size=size, have=have: fill(connection, have + 1, size, places, options.marks))
            have = size
            with connection, connection.cursor() as cursor:
                cursor.execute("delete from news.unsettled")
            connection.autocommit = True
            with connection.cursor() as cursor:
                cursor.execute("vacuum analyze")
                cursor.execute("select pg_database_size(current_database())")
                [(size_bytes,)] = cursor.fetchall()
            connection.autocommit = False
            costs = []
            for _ in range(options.rounds + 1):
                number += 1
                crawl, reports = night(texts, number, options.batch, places, before)
                load_crawl(
                    connection, crawl.manifest, entries=lambda crawl=crawl: crawl.entries,
                    results=lambda crawl=crawl: crawl.articles, tags=lambda reports=reports: reports,
                )  # fmt: skip
                costs.append((timed(lambda: deduplicate(connection)), timed(lambda: relate(connection))))
                before = crawl.articles[::2]
            copies, stories = (
                statistics.median(column) / options.batch * 1e3 for column in zip(*costs[1:], strict=True)
            )
            first = first or copies + stories
            table.add_row(
                f"{size:,}", f"{copies:.2f}", f"{stories:.2f}", f"{copies + stories:.2f} ({(copies + stories) / first:.2f}x)",
                f"{filling:.0f}", f"{size_bytes / 1e9:.2f}",
            )  # fmt: skip
            Console(width=120).print(table)


if __name__ == "__main__":
    main()
