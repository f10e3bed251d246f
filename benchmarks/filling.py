"""Rows made up inside the server, for benchmarks of large tables: `fill` makes articles with all that hangs on them.

A number of articles a day back from March 2026, each with a short text, every second one with a report of one of a number of
places, so that a place has as many reports a day however long the years are, or, every eighth, of a governorate alone.
Every tenth is a copy of the one before, and every tenth in a story with the one before. The latest have marks: those of
other periods are neither read nor written by new articles, and would take 4 GB a million.

Triggers are off and indexes are built afterwards, which takes nothing off what is measured; for as long, the server may lose
what it wrote in a power cut.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

from psycopg2.extensions import connection as Connection

A_DAY = 5000  # articles
KINDS = ("remote.shelling", "remote.air_drone_strike", "vac.attack", "battle.armed_clash")
STEP = 250_000  # rows made up in one statement
TABLES = (
    "articles", "article_versions", "article_updates", "fingerprints", "fingerprint_marks", "reports", "report_places",
    "story_components", "copy_pairs", "stories", "story_articles",
)  # fmt: skip
_BARE_FROM = 500_000  # rows; fewer are put into tables with their indexes

_MADE = """
set local session_replication_role = replica;
create temp table made on commit drop as
select n, md5('made ' || n) || md5('more ' || n) as key, md5('text ' || n)::uuid as version_id,
       date '2026-03-01' - (n / %(a_day)s)::integer as about,
       md5('made ' || n)::uuid as article_id, md5('made ' || n - 1)::uuid as one_before,
       case when n %% 10 in (4, 5, 6, 7) then md5('story ' || n / 2)::uuid end as story_id
from generate_series(%(first)s::bigint, %(last)s) as n;
"""
_ARTICLES = """
insert into news.articles (
  article_id, key, outlet, outlet_name, url, canonical_url, title, text, authors, published_at, published_precision,
  published_from, language, language_confidence, version_count, current_version_id, first_seen_at, last_seen_at, kind, languages,
  created_at, updated_at, copy_of, story_id, page_key)
select article_id, key, 'outlet_0', 'o', 'https://outlet_0.example/m/' || n, 'https://outlet_0.example/m/' || n,
       'made up ' || n, 'made up number ' || n, '{}', about + n %% 10 * interval '1 hour', 'second', 'meta', 'en', 1, 1,
       version_id, about, about, 'article', '{en}', about, about, case when n %% 10 = 5 then one_before end, story_id, key
from made;
insert into news.article_updates (updated_at, article_id) select about, article_id from made order by 1, 2
"""
_TEXTS = """
insert into news.article_versions (
  version_id, article_id, version_number, title, text, authors, url, canonical_url, language, language_confidence,
  date_candidates, flags, word_count, content_sha256, body_sha256, crawl_id, fetch_sequence, fetched_at, extractor, cleaner,
  first_seen_at,
  last_seen_at, kind, languages, passages, relevance_evidence, rules)
select version_id, article_id, 1, 'made up ' || n, 'made up number ' || n, '{}', 'u', 'u', 'en', 1, '[]', '{}', 4, key,
       key, 'made', 0, about, '', '', about, about, 'article', '{en}', '[]', '{}', '{}'
from made;
insert into news.fingerprints (version_id, method_version, shingle_count, word_count, folded_sha256, marks, has_marks, period)
select version_id, 'made up', 400, 480, key, '', true, news.period_of(about::timestamptz, %(period)s) from made;
insert into news.story_components (article_id, component)
select article_id, case when n %% 10 in (5, 7) then one_before else article_id end from made;
insert into news.copy_pairs (article_id, first_article_id, relation, similarity, method, method_version)
select article_id, one_before, 'near', 0.8, '', '' from made where n %% 10 = 5;
insert into news.stories (story_id, first_article_id, article_count, outlet_count, method, method_version)
select story_id, article_id, 2, 2, '', '' from made where n %% 10 in (4, 6);
insert into news.story_articles (
  article_id, story_id, other_article_id, relation, similarity, weight, evidence, method, method_version)
select article_id, story_id, case when n %% 2 = 1 then one_before end,
       case n %% 10 when 5 then 'near' when 7 then 'same_event' else 'lead' end, 1, case when n %% 10 = 7 then 3 end, '[]', '', ''
from made where story_id is not null
"""
_REPORTS = """
insert into news.fingerprint_marks (hash, version_id)
select
  (news.period_of(about::timestamptz, %(period)s)::bigint << 48) | (hashtextextended(key, m) & ((1::bigint << 48) - 1)),
  version_id
from made cross join generate_series(1, %(marks)s) as m
where n <= %(marked)s;
create temp table told on commit drop as
select n, article_id, version_id, about, n %% 16 <> 0 as has_town, (%(places)s::text[])[1 + n / 2 %% %(count)s] as town,
       'SY' || lpad((1 + n / 2 %% 14)::text, 2, '0') as code, (%(kinds)s::text[])[1 + n / 28 %% 4] as kind
from made where n %% 2 = 0;
insert into news.reports (version_id, about, record, tagger, fingerprint)
select version_id, about,
       %(record)s::jsonb || jsonb_build_object(
         'places', case when has_town then jsonb_build_object(town, 1.0) else '{}' end,
         'governorates', jsonb_build_object(code, 1.0), 'event_types', jsonb_build_array(kind), 'days', jsonb_build_array(about)),
       '', ''
from told;
insert into news.report_places (place, about, first_day, last_day, article_id)
select k.key, about, about, about, article_id
from told
cross join unnest(array[case when has_town then town else code || ' ' || kind || ' only' end, code || ' ' || kind]) as k (key)
order by 1, 2
"""
_ROWS = (_ARTICLES, _TEXTS, _REPORTS)
# Another server's settings are left alone: these are ours, on a server that holds nothing else.
_HASTY = {
    "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_wal_size": "8GB",
    "checkpoint_timeout": "1h", "autovacuum": "off", "maintenance_work_mem": "1500MB",
}  # fmt: skip
_CONSTRAINTS = """
select c.conrelid::regclass::text, quote_ident(c.conname), pg_get_constraintdef(c.oid), c.contype = 'f'
from pg_constraint as c
where c.contype in ('p', 'u', 'f')
  and (c.conrelid = any (%(tables)s::regclass[]) or (c.contype = 'f' and c.confrelid = any (%(tables)s::regclass[])))
order by c.contype = 'f' desc, c.contype = 'u' desc
"""
_INDEXES = (
    "select pg_get_indexdef(indexrelid), indexrelid::regclass::text from pg_index where indrelid = any (%s::regclass[])"
)


def fill(connect: Callable[[], Connection], first: int, last: int, values: dict[str, object]) -> None:
    """Make up the articles with numbers `first` to `last`, some tables by one connection and some by another."""
    with closing(connect()) as connection, _hasty(connection), _bare(connection, last - first):
        with ThreadPoolExecutor() as pool:
            parts = [pool.submit(_make, connect, rows, first, last, values) for rows in _ROWS]
        for part in parts:
            part.result()


def _make(connect: Callable[[], Connection], rows: str, first: int, last: int, values: dict[str, object]) -> None:
    with closing(connect()) as connection:
        for start in range(first, last + 1, STEP):
            step = {"first": start, "last": min(last, start + STEP - 1), "a_day": A_DAY}
            with connection, connection.cursor() as cursor:
                cursor.execute(_MADE + rows, {**values, **step})


@contextmanager
def _hasty(connection: Connection) -> Iterator[None]:
    """Let the server write without waiting for the disk, and afterwards as it did."""
    try:
        alone(connection, *(f"alter system set {name} = '{value}'" for name, value in _HASTY.items()))
        alone(connection, "select pg_reload_conf()")
        yield
    finally:
        alone(connection, *(f"alter system reset {name}" for name in _HASTY), "select pg_reload_conf()", "checkpoint")


def alone(connection: Connection, *commands: str) -> None:
    """Run commands that must not stand in a transaction."""
    connection.rollback()
    connection.autocommit = True
    with connection.cursor() as cursor:
        for command in commands:
            cursor.execute(command)
    connection.autocommit = False


@contextmanager
def _bare(connection: Connection, rows: int) -> Iterator[None]:
    """Take keys and indexes off the tables for a while; of few rows leave them."""
    if rows < _BARE_FROM:
        yield
        return
    tables = [f"news.{table}" for table in TABLES]
    with connection, connection.cursor() as cursor:
        cursor.execute(_CONSTRAINTS, {"tables": tables})
        constraints = cursor.fetchall()
        for table, name, _, _ in constraints:
            cursor.execute(f"alter table {table} drop constraint {name}")
        cursor.execute(_INDEXES, [tables])
        indexes = cursor.fetchall()
        for _, name in indexes:
            cursor.execute(f"drop index {name}")
    yield
    for definition, _ in indexes:
        _run(connection, definition)
    for table, name, definition, is_foreign in reversed(constraints):
        _run(connection, f"alter table {table} add constraint {name} {definition} {'not valid' * is_foreign}")
    # What was made up is sound; unchecked, the constraints hold for what comes.


def _run(connection: Connection, command: str) -> None:
    with connection, connection.cursor() as cursor:
        cursor.execute("set local maintenance_work_mem = '1500MB'; set local max_parallel_maintenance_workers = 2")
        cursor.execute(command)
