"""Forty days of an outlet that edits, takes down and puts back: made-up pages, the real crawler, cleaner, tagger and tables.

HISTORY is what the site shows and what must become of each visit; VERSIONS, CHANGES and DELETIONS are what the tables must
say at the end. The crawler runs by the real clock, so times are moved on their way to it and back.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from crawlers.archive import Archive
from crawlers.outlets import load_outlets
from crawlers.records import Fetch, LinkFate, Page
from processing import database
from processing.changes import ChangeKind, compare
from processing.check import Severity, check
from processing.clean import CleanHints, clean
from processing.describe import describe
from processing.due import export_state
from processing.explain import explain_versions
from processing.load import load_crawl
from processing.load import load_outlets as store_outlets
from processing.records import Article
from processing.reference import load_reference
from processing.statements import find_statements
from processing.tag import load_vocabulary, search_article, tag
from tests.crawling import Crawling
from tests.seed import rows
from tests.web import Answer, Asked, Web, http, rss

pytestmark = pytest.mark.db
START = dt.datetime(2026, 3, 2, 1, 0, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
NIGHTS = (0, 1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 30, 31, 40)


@dataclass(frozen=True)
class Shown:
    """A page as it stands on one day: its own words, and what its frame says."""

    title: str
    paragraphs: tuple[str, ...]
    views: str = ""
    today: str = ""
    related: str = ""

    def but(self, **changes: object) -> Shown:
        return dataclasses.replace(self, **changes)  # type: ignore[arg-type]

    def saying(self, before: str, after: str) -> Shown:
        changed = [paragraph.replace(before, after) for paragraph in self.paragraphs]
        assert changed != list(self.paragraphs)
        return self.but(paragraphs=tuple(filter(None, changed)))

    def html(self) -> bytes:
        frame = [f"<p>{self.today}</p>"] if self.today else []
        lines = [*frame, *(f"<p>{paragraph}</p>" for paragraph in self.paragraphs)]
        lines += [f"<p>{self.views}</p>"] if self.views else []
        box = f"<div><h3>Related articles</h3><ul><li><a href='/other'>{self.related}</a></li></ul></div>"
        return (
            f"<!doctype html><html><head><meta charset='utf-8'><title>{self.title}</title>"
            "<meta property='article:published_time' content='2026-03-01T20:00:00Z'></head><body>"
            f"<nav><a href='/'>Home</a></nav><article><h1>{self.title}</h1>{''.join(lines)}"
            f"{box if self.related else ''}</article></body></html>"
        ).encode()


TOLL = Shown(
    "Shelling hits market in Saraqib",
    (
        "Shelling killed 3 civilians in the market of Saraqib in the Idlib countryside on Sunday, residents said.",
        "The Syrian Observatory for Human Rights said the shells came from the south of the town.",
        "The road to Ariha was closed until the evening, and shops near the market did not open again on that day.",
    ),
    views="Views: 1,234",
    today="Monday, 2 March 2026",
    related="Bakeries in Ariha open again after a week without flour",
)
SEVEN = TOLL.saying("killed 3", "killed 7")
TITLED = SEVEN.but(title="Seven killed as shelling hits market in Saraqib")
UNSOURCED = TITLED.saying(TOLL.paragraphs[1], "")
ARABIC = Shown(
    "قصف على أطراف معرة النعمان",
    (
        "سقطت قذائف مدفعية على أطراف مدينة معرة النعمان في ريف إدلب الجنوبي مساء الأحد، وفق ما قال سكان لمراسلنا.",
        "وأدى القصف إلى إصابة ثلاثة مدنيين بجروح نقلوا إلى مشفى قريب، ولم تعلن أي جهة مسؤوليتها عنه.",
        "وأغلقت السوق أبوابها حتى صباح اليوم التالي خشية تجدد القصف على المدينة.",
    ),
    views="١٢٣ مشاهدة",
    today="الاثنين 2 آذار 2026",
)
RUSSIAN = Shown(
    "Обстрел в пригороде Алеппо",
    (
        "В пригороде Алеппо в результате обстрела погибли 3 мирных жителя, сообщил в воскресенье источник в местной больнице.",
        "Стрельба началась в понедельник утром и продолжалась около часа, после чего дорога на север была закрыта.",
        "Ни одна из сторон не взяла на себя ответственность за случившееся, говорится в сообщении.",
    ),
    views="Просмотров: 88",
)
PLAIN = Shown(
    "Water station near Hama works again",
    (
        "The water station north of Hama works again after repairs that took a week, the town's council said on Sunday.",
        "Engineers replaced two pumps and a stretch of pipe that had been damaged in the winter, the council added.",
        "Families in four villages had carried water from wells in the meantime.",
    ),
)
HOME = http(
    200, b"<title>Sample</title><h1>Sample</h1>" + b"<h2><a href='/1'>A headline of the day</a></h2>" * 9
)  # fmt: skip
SOFT_404 = http(
    200, b"<title>Page not found</title><h1>Page not found</h1><p>The page you are looking for does not exist.</p>", etag='"404"'
)  # fmt: skip
NEVER = [3.0, b""]  # seconds without an answer
TO_HOME = http(302, location="/")
MISSING, GONE, BUSY, DENIED = http(404), http(410), http(503), http(403)

# By page: from which day on it shows what, and what becomes of the visit on that day. Pages are listed in the feed, so they
# are visited on every night up to day 30; those that are gone only after 1, 3, 7 and 30 days. None: not visited.
Told = tuple[int, Shown | Answer, str | None]
HISTORY: dict[str, list[Told]] = {
    "/toll": [
        (0, TOLL, "loaded_new"), (1, TOLL, "not_modified"), (2, TOLL.but(views="Views: 1,300"), "unchanged"),
        (3, TOLL.but(today="Thursday, 5 March 2026"), "unchanged"), (4, SEVEN, "new_version"),
        (5, SEVEN.but(views="Views: 9", today="Saturday, 7 March 2026"), "unchanged"), (6, BUSY, "fetch_failed server_error"),
        (7, TITLED, "new_version"), (8, UNSOURCED, "new_version"),
        (14, UNSOURCED.but(related="Olive harvest begins early this year in Afrin"), "unchanged"),
        (20, NEVER, "fetch_failed timeout"),
        (30, UNSOURCED.but(related=""), "unchanged"), (31, TOLL, None), (40, TOLL, None),
    ],
    "/arabic": [
        (0, ARABIC, "loaded_new"), (1, ARABIC.but(views="٤٥٦ مشاهدة"), "unchanged"),
        (2, ARABIC.but(today="الأربعاء 4 آذار 2026"), "unchanged"), (3, ARABIC.but(views="آخر تحديث: منذ 3 أيام"), "unchanged"),
        (4, ARABIC.saying("مساء الأحد", "مساء السبت"), "new_version"), (5, DENIED, "fetch_failed forbidden"),
        (6, GONE, "fetch_failed gone"), (7, GONE, "fetch_failed gone"), (8, GONE, None), (14, GONE, None), (20, GONE, None),
        (30, GONE, "fetch_failed gone"), (31, ARABIC, None), (40, ARABIC, None),
    ],
    "/russian": [
        (0, RUSSIAN, "loaded_new"), (1, RUSSIAN.but(views="Просмотров: 1 204"), "unchanged"),
        (2, RUSSIAN.saying("погибли 3", "погибли 7"), "new_version"), (3, MISSING, "fetch_failed not_found"), (4, RUSSIAN, None),
        (5, RUSSIAN, None), (6, RUSSIAN, None), (7, RUSSIAN.saying("погибли 3", "погибли 7"), "not_modified"),
        (8, RUSSIAN.saying("в понедельник", "во вторник").saying("погибли 3", "погибли 7"), "new_version"),
        (14, RUSSIAN, "unchanged"),
        (20, RUSSIAN, "not_modified"), (30, RUSSIAN, "unchanged"), (31, RUSSIAN, None), (40, RUSSIAN, None),
    ],
    "/works": [
        (0, PLAIN, "loaded_new"), (1, TO_HOME, "rejected homepage"), (2, PLAIN, None), (3, PLAIN, "unchanged"),
        (4, TO_HOME, "rejected homepage"), (5, TO_HOME, None), (6, TO_HOME, None), (7, TO_HOME, "rejected homepage"),
        (8, PLAIN, None), (14, PLAIN, None), (20, PLAIN, None), (30, PLAIN, "unchanged"), (31, PLAIN, None), (40, PLAIN, None),
    ],
    "/soft": [
        (0, PLAIN, "loaded_new"), (1, SOFT_404, "rejected soft_404"), (2, SOFT_404, None), (3, SOFT_404, "not_modified"),
        (4, PLAIN, None), (5, PLAIN, None), (6, PLAIN, None), (7, SOFT_404, "not_modified"), (8, PLAIN, None), (14, PLAIN, None),
        (20, PLAIN, None), (30, MISSING, "fetch_failed not_found"), (31, PLAIN, None), (40, PLAIN, None),
    ],
}  # fmt: skip
# By page and number: first and last day seen, and the title's beginning.
VERSIONS = {
    "/toll": [(0, 3, "Shelling"), (4, 5, "Shelling"), (7, 7, "Seven"), (8, 30, "Seven")],
    "/arabic": [(0, 3, "قصف"), (4, 4, "قصف")],
    "/russian": [(0, 30, "Обстрел"), (2, 7, "Обстрел"), (8, 8, "Обстрел")],  # it went back to the first text
    "/works": [(0, 30, "Water")],
    "/soft": [(0, 0, "Water")],
}
# By page and step: what changed beside sentences.
CHANGES = {
    "/toll": [
        {(ChangeKind.TOLL, "killed 3", "killed 7")}, {(ChangeKind.TITLE, SEVEN.title, TITLED.title)},
        {(ChangeKind.STATEMENT_REMOVED, "remote.shelling", ""), (ChangeKind.SOURCE_REMOVED, "sohr", "")},
    ],
    "/arabic": [{(ChangeKind.DAY, "2026-03-01", "2026-02-28")}],
    "/russian": [{(ChangeKind.TOLL, "killed 3", "killed 7")}, set()],
}  # fmt: skip
# How, and the days: last seen before, first gone, last gone, back; visits that found it gone.
DELETIONS = {
    "/arabic": [("gone", 4, 6, 30, None, 3)],
    "/russian": [("not_found", 2, 3, 3, 7, 1)],
    "/works": [("redirected_home", 0, 1, 1, 3, 1), ("redirected_home", 3, 4, 7, 30, 2)],
    "/soft": [("soft_404", 0, 1, 30, None, 4)],
}


def site(day: int, path: str) -> Callable[[Asked], Answer]:
    """A route that shows what a page is on a day, and answers 304 to who has it already."""
    [shown] = [shown for since, shown, _ in HISTORY[path] if since == day]
    if not isinstance(shown, Shown):
        return lambda asked: http(304) if shown == SOFT_404 and asked.headers.get("if-none-match") == '"404"' else shown
    body = shown.html()
    etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
    return lambda asked: http(304) if asked.headers.get("if-none-match") == etag else http(200, body, etag=etag)


def moved(path: Path, by: dt.timedelta) -> None:
    """Move all times of a state file."""
    step = by // dt.timedelta(microseconds=1)
    with closing(sqlite3.connect(path)) as state, state:
        for table in ("pages", "feeds"):
            times = [name for _, name, *_ in state.execute(f"PRAGMA table_info({table})") if name.endswith("_at")]
            state.execute(f"UPDATE {table} SET " + ", ".join(f"{name} = {name} + {step}" for name in times))


def night(day: int, crawling: Crawling, connection: object) -> None:
    """One crawl on a day, and its load."""
    now = START + day * DAY
    late = dt.datetime.now(dt.UTC) - now  # the real clock is so much later than the day's
    state = crawling.home / "state.sqlite"
    export_state(connection, "sample", state, now=now)
    moved(state, late)
    crawl_id = f"sample-{now:%Y%m%dT%H%M%SZ}-00000001"
    ended = crawling.run(crawl_id=crawl_id)
    assert ended.manifest is not None, ended.log[-2000:]
    manifest = dataclasses.replace(
        ended.manifest, started_at=ended.manifest.started_at - late, finished_at=ended.manifest.finished_at - late
    )
    outlet = load_outlets(crawling.home / "outlets")["sample"]
    entries: list[Fetch | LinkFate] = []
    results = []
    for entry in Archive(str(crawling.home / "archive")).entries(crawl_id):
        if isinstance(entry, LinkFate):
            entries.append(entry)
            continue
        fetch = entry.fetch if isinstance(entry, Page) else entry
        fetch = dataclasses.replace(fetch, fetched_at=fetch.fetched_at - late)
        entries.append(fetch)
        if isinstance(entry, Page):
            results.append(clean(dataclasses.replace(entry, fetch=fetch), outlet, CleanHints()))
    found = [one for article in results if isinstance(article, Article) for one in tagged(article)]
    load_crawl(connection, manifest, entries=lambda: entries, results=lambda: results, tags=lambda: found)


def tagged(article: Article) -> Iterator[object]:
    vocabulary = load_vocabulary()
    fields = search_article(article, vocabulary)
    tags = tag(article, vocabulary, fields)
    profile = describe(article, fields, tags, vocabulary)
    yield from (*tags, profile, *find_statements(article, fields, tags, profile, vocabulary))


@pytest.fixture(scope="module")
def loaded(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A connection to the tables after all nights."""
    with Web({"/": HOME}) as web, closing(database.connect(database_url)) as connection:
        web.routes["/feed"] = rss(*map(web.url, HISTORY))
        crawling = Crawling(tmp_path_factory.mktemp("forty_days"), feeds=[web.url("/feed")])
        load_reference(connection)
        store_outlets(connection, load_outlets(crawling.declare()).values())
        for day in NIGHTS:
            web.routes |= {path: site(day, path) for path in HISTORY}
            night(day, crawling, connection)
        yield connection


def days(*times: dt.datetime | None) -> tuple[int | None, ...]:
    """Whole days since START; a visit a few seconds into a night is of its day."""
    return tuple(None if time is None else (time - START) // DAY for time in times)


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def test_the_sequence_is_of_thirty_fetches_or_more(loaded):
    [(fetches,)] = rows(loaded, "select count(distinct (crawl_id, key)) from news.fetches where purpose = 'page'")
    assert fetches == sum(told is not None for history in HISTORY.values() for _, _, told in history)
    assert fetches >= 30
    assert {day for history in HISTORY.values() for day, *_ in history} == set(NIGHTS)


@pytest.mark.parametrize("path", HISTORY)
def test_each_visit_ends_as_the_table_says_and_none_is_made_that_is_not_due(loaded, path):
    found = rows(
        loaded,
        "select c.started_at, concat_ws(' ', l.outcome, case when l.outcome in ('rejected', 'fetch_failed') then l.reason end) "
        "from news.links as l join news.crawls as c using (crawl_id) where l.url like '%%' || %(path)s order by 1",
        path=path,
    )
    assert [(day, told) for at, told in found for day in days(at)] == [
        (day, told or "already_known") for day, _, told in HISTORY[path]
    ]


@pytest.mark.parametrize("path", HISTORY)
def test_versions_are_the_texts_that_differ_each_with_its_first_and_last_day(loaded, path):
    found = rows(
        loaded,
        "select v.first_seen_at, v.last_seen_at, split_part(v.title, ' ', 1), v.version_number from news.article_versions as v "
        "join news.articles as a using (article_id) where a.url like '%%' || %(path)s order by v.version_number",
        path=path,
    )
    assert [(*days(first, last), word) for first, last, word, _ in found] == VERSIONS[path]
    assert [number for *_, number in found] == list(range(1, len(found) + 1))


def test_the_current_text_is_the_one_seen_last_and_stays_when_its_page_is_gone(loaded):
    found = rows(
        loaded,
        "select a.url, v.version_number, a.version_count, a.last_seen_at = v.last_seen_at and a.text = v.text "
        "from news.articles as a join news.article_versions as v on v.version_id = a.current_version_id",
    )
    current = {"/toll": 4, "/arabic": 2, "/russian": 1, "/works": 1, "/soft": 1}
    assert {path_of(url): rest for url, *rest in found} == {
        path: [number, len(VERSIONS[path]), True] for path, number in current.items()
    }


@pytest.mark.parametrize("path", CHANGES)
def test_what_changed_is_told_from_each_version_to_the_next(loaded, path):
    [(article,)] = rows(loaded, "select article_id::text from news.articles where url like '%%' || %(path)s", path=path)
    versions = explain_versions(loaded, article)
    steps = [compare(one.read, two.read) for one, two in pairwise(versions)]
    of_sentences = {ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.EDITED}
    assert [
        {(one.kind, one.before, one.after) for one in step if one.kind not in of_sentences} for step in steps
    ] == CHANGES[path]
    assert all(steps)


def test_the_view_of_changes_has_a_row_for_each_version_but_the_first(loaded):
    found = rows(
        loaded,
        "select url, version_number, last_seen_before, first_seen_at, is_title_changed from news.article_changes order by 1, 2",
    )
    assert {(path_of(url), number, *days(before, now), titled) for url, number, before, now, titled in found} == {
        # Of a text that was there again later, the last sight says nothing of when it was changed before.
        (path, number, seen if seen <= first else None, first, (path, number) == ("/toll", 3))
        for path, versions in VERSIONS.items()
        for number, (first, _, _) in enumerate(versions, 1)
        if number > 1
        for seen in [versions[number - 2][1]]
    }


def test_the_view_of_deletions_has_every_spell_of_absence_and_no_passing_error(loaded):
    found: dict[str, list[tuple]] = {}
    for url, how, *times, count in rows(
        loaded,
        "select url, how, last_seen_at, gone_at, last_gone_at, returned_at, times_gone "
        "from news.article_deletions order by gone_at",
    ):
        found.setdefault(path_of(url), []).append((how, *days(*times), count))
    assert found == DELETIONS


def test_every_visit_keeps_its_bytes_also_where_it_makes_no_version(loaded):
    [(without,)] = rows(
        loaded, "select count(*) from news.fetches where outcome = 'ok' and (warc_file is null or body_sha256 is null)"
    )
    assert without == 0
    made = rows(
        loaded,
        "select count(*) from news.article_versions as v join news.fetches as f on (f.crawl_id, f.sequence) = "
        "(v.crawl_id, v.fetch_sequence) where f.body_sha256 = v.body_sha256",
    )
    assert made == [(sum(map(len, VERSIONS.values())),)]


def test_the_books_of_every_night_balance(loaded):
    assert rows(loaded, "select distinct silent_losses from news.crawl_accounting") == [(0,)]
    broken = {
        result.name: result.count for result in check(loaded) if result.severity is Severity.FAIL and result.count
    }
    assert broken == {}
