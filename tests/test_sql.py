"""The schema itself: comments, closed lists, views, roles, search, examples, and the dictionary made of it."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterable
from contextlib import closing

import psycopg2
import pytest

from crawlers.records import DeferReason, FetchOutcome, LinkReason, OutletStatus, Purpose
from processing import database, dictionary
from processing.database import SQL
from processing.deduplicate import deduplicate
from processing.export import Format
from processing.load import ERASED, LinkOutcome
from processing.records import ArticleKind, DateOrigin, Part, PartKind, Precision, Quarantine, Reason, TagKind
from processing.relate import relate
from processing.statements.records import Counted, DayPrecision, NumberKind, RoleKind, Scope, Standing
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows, run
from tests.test_load_statements import CITED, SITE, number
from tests.texts import prose

pytestmark = pytest.mark.db
VIEWS = sorted(path.stem for path in (SQL / "views").glob("*.sql") if path.stem != "search")
EXAMPLES = sorted((SQL / "queries" / "examples").glob("*.sql"))


def values(*lists: Iterable[str]) -> set[str]:
    return {str(value) for value in itertools.chain(*lists)}


# Each closed list of the records, and every CHECK that repeats it.
LISTS = {
    "outlets_status_listed": values(OutletStatus),
    "fetches_purpose_listed": values(Purpose),
    "fetches_outcome_listed": values(FetchOutcome),
    "links_outcome_listed": values(LinkOutcome),
    "links_rejected_listed": values(LinkReason, Reason, [ERASED]),
    "links_fetch_failed_listed": values(FetchOutcome),
    "links_quarantined_listed": values(Quarantine),
    "links_deferred_listed": values(DeferReason),
    "articles_precision_listed": values(Precision),
    "articles_origin_listed": values(DateOrigin) - {"header"},  # never chosen
    "article_versions_precision_listed": values(Precision),
    "article_versions_origin_listed": values(DateOrigin) - {"header"},
    "articles_kind_listed": values(ArticleKind),
    "article_versions_kind_listed": values(ArticleKind),
    "article_parts_kind_listed": values(PartKind),
    "exports_format_listed": values(Format),
    "rejections_reason_listed": values(Reason, Quarantine),
    "tags_kind_listed": values(TagKind),
    "tags_field_listed": {"title", "text"},
    "copy_pairs_relation_listed": {"exact", "near"},
    "story_articles_relation_listed": {"lead", "exact", "near", "same_event"},
    "unsettled_stage_listed": {"copies", "stories"},
    "settled_by_stage_listed": {"copies", "stories"},
    "sources_kind_listed": {"outlet", "class"},
    "statements_field_listed": {"title", "text"},
    "statements_standing_listed": values(Standing),
    "statements_day_precision_listed": values(DayPrecision),
    "statement_roles_role_listed": values(RoleKind),
    "statement_numbers_kind_listed": values(NumberKind),
    "statement_numbers_counted_listed": values(Counted),
    "statement_numbers_scope_listed": values(Scope),
}


def fill(connection) -> None:
    """Three outlets over three nights: copies, an edit, places, a rejection, a failure."""
    seed.declare(connection, "sample_post", "other_post", "third_post")
    run(
        connection,
        "insert into news.places (place_id, level, name_en, governorate) values ('SY07', 'governorate', 'Idlib', 'SY07')",
    )
    report = (
        "Idlib countryside was shelled on Monday and two people were injured, local sources told our reporter there."
    )
    places = {"SY07": "SY07"}
    stated = ({"numbers": (number(2),), "sites": (SITE,), "chain": (CITED,)},)
    crawl(page("a", report, places=places, statements=stated), page("b", rejected="login"), at=NIGHT).load(connection)
    failed = seed.LinkFate(link=seed.link_to("f", "other_post"), fate=seed.Fate.FETCH_FAILED, reason="timeout")
    cited = page("c", report, published=NIGHT, places=places, report={"origin": "sohr"})
    crawl(cited, slug="other_post", at=NIGHT, fates=[failed]).load(connection)
    edited = page("a", report.replace("two", "three"), places=places, statements=stated, report={})
    crawl(edited, at=NIGHT + DAY).load(connection)
    part = Part(kind=PartKind.SECTION, start=0, end=6, governorates=("SY07",))
    digest = page("d", "نص آخر", language="ar", published=None, relevance=0.1, parts=(part,))
    crawl(digest, slug="third_post", at=NIGHT + 2 * DAY).load(connection)
    run(connection, "insert into news.erasures (key, basis) values (%(key)s, 'request')", key="0" * 64)
    crawl(page("a", rejected="soft_404"), at=NIGHT + 3 * DAY).load(connection)
    deduplicate(connection)
    relate(connection)


@pytest.fixture(scope="module")
def seeded_url(new_database) -> str:
    """A database with a little of everything, for tests that leave it as it is."""
    url = new_database()
    with closing(database.connect(url)) as connection:
        database.migrate(connection)
        fill(connection)
    return url


@pytest.fixture
def seeded(seeded_url):
    with closing(database.connect(seeded_url)) as connection:
        yield connection


def test_every_table_view_function_and_column_has_a_comment(connection):
    without = [
        f"{name}.{column}"
        for name, _, about, _, column, _, _, comment in rows(connection, database.statement("list_dictionary"))
        if not about.strip() or (column and not comment.strip())
    ]
    assert without == []


def test_closed_lists_are_the_same_in_python_and_in_sql(connection):
    found = dict(
        rows(
            connection,
            "select conname, pg_get_constraintdef(oid) from pg_constraint "
            "where connamespace = 'news'::regnamespace and conname like '%_listed'",
        )
    )
    assert {name: set(re.findall(r"'([^']+)'", text)) - own(name) for name, text in found.items()} == LISTS


def own(name: str) -> set[str]:
    """The outcome that a list of reasons belongs to stands in its CHECK as well."""
    outcome = name.removeprefix("links_").removesuffix("_listed")
    return (
        {outcome}
        if name.startswith("links_") and name not in LISTS["links_outcome_listed"] and outcome in values(LinkOutcome)
        else set()
    )


def test_migrations_and_files_are_named_as_agreed():
    numbers = [path.name[:4] for path in sorted((SQL / "migrations").glob("*.sql"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert all(re.fullmatch(r"\d{4}_[a-z]+_[a-z_]+\.sql", path.name) for path in (SQL / "migrations").glob("*.sql"))
    for path in (SQL / "views").glob("*.sql"):
        assert re.search(rf"create or replace (view|function) news\.{path.stem}\b", path.read_text()), path


def test_columns_keep_their_grammar(connection):
    columns = rows(
        connection,
        "select table_name || '.' || column_name, data_type from information_schema.columns where table_schema = 'news'",
    )
    assert [name for name, type_ in columns if name.endswith("_at") and type_ != "timestamp with time zone"] == []
    assert [name for name, type_ in columns if name.endswith("_on") and type_ != "date"] == []
    assert [name for name, type_ in columns if ".is_" in name and type_ != "boolean"] == []
    assert [name for name, type_ in columns if type_ == "timestamp without time zone"] == []


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_gives_rows_and_reads_with_the_rights_of_its_reader(seeded, view):
    assert rows(seeded, f"select * from news.{view}")
    assert rows(
        seeded, f"select 'security_invoker=true' = any (reloptions) from pg_class where oid = 'news.{view}'::regclass"
    ) == [(True,)]


def test_days_are_damascus_days(connection):
    fill(connection)
    # 22:30 UTC on 28 February is half past one on 1 March in Damascus, summer and winter since 2022
    run(connection, "update news.articles set published_at = '2026-02-28 22:30+00' where title like '%of c'")
    assert rows(
        connection, "select day::text, is_published_day from news.articles_daily where outlet = 'other_post'"
    ) == [("2026-03-01", True)]


def test_a_copy_says_who_had_it_first_how_much_later_it_came_and_whether_it_says_so(connection):
    fill(connection)
    run(connection, "update news.articles set published_at = '2026-02-28 12:00+00' where outlet = 'other_post'")
    run(connection, "update news.articles set published_at = '2026-02-28 13:30+00' where outlet = 'sample_post'")
    run(connection, "update news.articles set published_precision = 'minute' where published_at is not null")
    deduplicate(connection)
    wanted = (
        "select first_outlet, outlet, relation, lag::text, is_syndicated, is_credited, other_sources from news.copies"
    )
    [plain] = rows(connection, wanted)
    assert plain == ("other_post", "sample_post", "near", "01:30:00", True, False, [])
    for place, target in enumerate(("other_post", "reuters")):
        run(
            connection,
            "insert into news.tags select current_version_id, 'source', %(target)s, 'text', %(place)s, 90, 'x', 'name', '2', "
            "null, 0.95 from news.articles where outlet = 'sample_post'",
            target=target,
            place=place,
        )
    [credited] = rows(connection, wanted)
    assert credited[5:] == (True, ["reuters"])


def test_who_had_it_first_is_known_where_the_dates_tell_and_no_date_holds_the_other(connection):
    seed.declare(connection, "sample_post", "other_post")
    words = " ".join(prose(1))
    midnight = dt.datetime(2026, 2, 27, 21, tzinfo=dt.UTC)  # of 28 February in Damascus
    crawl(page("a", words, published=midnight)).load(connection)
    crawl(page("b", words, published=midnight + DAY), slug="other_post").load(connection)
    deduplicate(connection)
    dated = "update news.articles set published_precision = %(known)s, published_at = %(at)s where outlet = %(outlet)s"
    for precision, later, known in [
        ("second", DAY, True),
        ("second", DAY * 0, False),
        ("day", DAY / 2, False),
        ("day", DAY, True),
        ("month", DAY, False),
    ]:
        run(connection, dated, known=precision, at=midnight, outlet="sample_post")
        run(connection, dated, known="second", at=midnight + later, outlet="other_post")
        assert rows(connection, "select is_order_known from news.copies") == [(known,)], (precision, later)
    run(
        connection,
        "insert into news.tags select current_version_id, 'source', 'other_post', 'text', 0, 90, 'x', 'name', '2', null, 0.95 "
        "from news.articles where outlet = 'sample_post'",
    )
    assert rows(connection, "select first_outlet, is_cited_by_first, is_credited from news.copies") == [
        ("sample_post", True, False)
    ]


def test_a_change_of_an_article_says_between_which_times_it_came(connection):
    fill(connection)
    [change] = rows(
        connection,
        "select outlet, version_number, is_title_changed, words_before, words, last_seen_before < first_seen_at "
        "from news.article_changes",
    )
    assert change == ("sample_post", 2, False, 17, 17, True)


def test_a_change_that_was_undone_says_so_and_is_bounded_by_no_later_look(connection):
    seed.declare(connection)
    for night, text in enumerate(("Three died.", "Seven died.", "Three died.", "Nine died.", "Seven died.")):
        crawl(page("a", text), at=NIGHT + night * DAY).load(connection)
    assert rows(
        connection,
        "select version_number, last_seen_before, first_seen_at, is_taken_back from news.article_changes order by 1",
    ) == [(2, None, NIGHT + DAY, False), (3, None, NIGHT + 3 * DAY, True)]


def test_counts_stand_beside_counts_of_stories_and_texts(connection):
    fill(connection)
    [(articles, stories)] = rows(connection, "select sum(articles), sum(stories) from news.mentions_by_place")
    assert (articles, stories) == (2, 2)
    run(connection, "update news.articles set published_at = '2026-02-28 12:00+00' where published_at is not null")
    assert rows(connection, "select mentions, articles, stories, texts from news.mentions_by_place") == [(2, 2, 1, 1)]


def test_what_several_outlets_have_counts_once_a_day_of_all_of_them_together(connection):
    seed.declare(connection, "sample_post", "other_post", "third_post")
    words = prose(1)
    crawl(page("a", " ".join(words), report={})).load(connection)
    crawl(page("b", " ".join(words), published=NIGHT - DAY / 2, report={}), slug="other_post").load(connection)
    crawl(page("c", " ".join(prose(2)), report={}), page("undated", published=None), slug="third_post").load(connection)
    deduplicate(connection)
    relate(connection)
    by_outlet = "select sum(articles), sum(texts), sum(stories) from news.articles_daily where day = '2026-02-28'"
    assert rows(connection, by_outlet) == [(3, 3, 3)]
    assert rows(
        connection, "select day::text, articles, texts, stories, outlets, undated from news.counts_daily order by 1"
    ) == [("2026-02-28", 3, 2, 1, 3, 0), ("2026-03-01", 1, 1, 1, 1, 1)]


def test_days_without_a_crawl_are_gaps(seeded):
    assert rows(
        seeded,
        "select day::text, crawls, is_gap from news.coverage_daily where outlet = 'sample_post' order by day limit 3",
    ) == [
        ("2026-03-01", 1, False),
        ("2026-03-02", 1, False),
        ("2026-03-03", 0, True),
    ]


def test_outlet_health_tells_the_states_apart(connection):
    seed.declare(connection, "never_post", "stale_post", "well_post", "gone_post", "silent_post", "refused_post")
    [(now,)] = rows(connection, "select now()")
    run(connection, "update news.outlets set status = 'closed' where outlet = 'gone_post'")
    crawl(page("a"), slug="stale_post", at=now - 3 * DAY).load(connection)
    crawl(page("a"), slug="well_post", at=now - DAY / 2).load(connection)
    crawl(slug="silent_post", at=now - DAY / 2).load(connection)
    link = seed.link_to("a", "refused_post")
    refusals = [seed.fetched(link, f"refused_post-{now:%Y%m%dT%H%M%SZ}-00000000", 0, now, outcome="forbidden")]
    failed = seed.LinkFate(link=link, fate=seed.Fate.FETCH_FAILED, reason="forbidden")
    crawl(slug="refused_post", at=now, extra=refusals, fates=[failed]).load(connection)
    assert dict(rows(connection, "select outlet, state from news.outlet_health")) == {
        "never_post": "never_crawled",
        "stale_post": "stale",
        "well_post": "ok",
        "gone_post": "closed",
        "silent_post": "silent",
        "refused_post": "refused",
    }


TEXTS = {
    "school": ("ar", "افتتاح المدرسة في إدلب", "أعيد افتتاح المدرسة الابتدائية بعد ترميمها"),
    "shelling": ("ar", "قصف على ريف حلب", "أصيب مدنيان في القصف الذي طال بلدة الأتارب"),
    "english": ("en", "Shelling near Saraqib", "Two civilians were injured when shells hit the market"),
    "russian": ("ru", "Обстрел в провинции Идлиб", "Сирийские военные сообщили об обстрелах населённых пунктов"),
    "turkish": ("tr", "İdlib'de saldırı", "Saldırıda iki sivil yaralandı"),
    "kurdish": ("ckb", "هێرش بۆ سەر شارەکە", "هێرشێکی نوێ ڕوویدا"),
}


@pytest.fixture(scope="module")
def library_url(new_database) -> str:
    """A database with headlines and texts to search."""
    url = new_database()
    with closing(database.connect(url)) as connection:
        database.migrate(connection)
        seed.declare(connection)
        pages = [page(path, text, title=title, language=language) for path, (language, title, text) in TEXTS.items()]
        crawl(*pages).load(connection)
    return url


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("مدرسة", {"school"}),  # without the article
        ("المدرسه", {"school"}),  # ha for ta marbuta
        ("ادلب", {"school"}),  # alef without hamza
        ("قصف", {"shelling"}),
        ("shell market", {"english"}),  # stems
        ("civilian -market", set()),
        ('"civilians were injured"', {"english"}),
        ("обстрелы", {"russian"}),
        ("военный or рынок", {"russian"}),
        ("saldırı", {"turkish"}),
        ("هێرش", {"kurdish"}),
        ("nothing of the kind", set()),
        ("", set()),
        ("'); drop table news.articles; --", set()),
        ("& | ! ( ) : * < >", set()),
    ],
)
def test_search_finds_words_in_their_forms_and_arabic_in_its_spellings(library_url, query, expected):
    with closing(database.connect(library_url, role="reader")) as connection:
        found = rows(connection, "select url from news.search(%(wanted)s)", wanted=query)
    assert {url.rsplit("/", 1)[1] for (url,) in found} == expected


def test_search_ranks_a_title_above_a_text_and_stops_at_the_limit(connection):
    seed.declare(connection)
    crawl(page("text", "The market reopened.", title="News"), page("title", "It reopened.", title="The market")).load(
        connection
    )
    assert rows(connection, "select title from news.search('market')") == [("The market",), ("News",)]
    assert rows(connection, "select title from news.search('market', 1)") == [("The market",)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("إدْلِب", "ادلب"),
        ("مدرسة", "مدرسه"),
        ("على", "علي"),
        ("ســـوريا", "سوريا"),
        ("٢٠٢٤", "2024"),
        ("Ёлка", "елка"),
        ("ALEPPO", "aleppo"),
        ("ﻻ", "لا"),
    ],
)
def test_folding_joins_spellings_of_one_word(connection, first, second):
    assert rows(connection, "select news.fold(%(first)s) = news.fold(%(second)s)", first=first, second=second) == [
        (True,)
    ]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_query_runs_as_it_stands_and_gives_rows(seeded, path):
    assert rows(seeded, path.read_text())
    first, second, *_ = path.read_text().splitlines()
    assert [first[:3], second[:3]] == ["-- ", "-- "]


def test_there_are_fourteen_example_queries():
    assert len(EXAMPLES) == 14


def test_changes_since_pages_through_everything_once(seeded):
    query = (SQL / "queries" / "examples" / "changes_since.sql").read_text()
    kinds = [row[2] for row in rows(seeded, query)]
    assert sorted(kinds) == ["changed", "changed", "erased", "new"]


@pytest.fixture
def reader(seeded_url):
    with closing(database.connect(seeded_url, role="reader")) as connection:
        connection.set_session(readonly=False)  # the rights are the guard, not the session
        yield connection


@pytest.mark.parametrize(
    "command",
    [
        "insert into news.erasures (key, basis) values (repeat('1', 64), '')",
        "update news.articles set title = ''",
        "delete from news.articles",
        "truncate news.articles",
        "create table news.mine (id integer)",
        "create view news.mine as select 1",
        "alter table news.articles drop column title",
        "copy news.outlets to program 'true'",
        "select pg_read_file('/etc/passwd')",
        "select basis from news.erasures",
        "select path from news.exports",
        "delete from news.exports",
    ],
)
def test_a_reader_can_only_read(reader, command):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        run(reader, command)


def test_a_reader_can_read_everything_a_researcher_needs(reader):
    readable = [*VIEWS, *(table for table in seed.TABLES if table not in ("erasures", "exports"))]
    for name in readable:
        run(reader, f"select * from news.{name}")
    assert len(readable) > 15
    for path in EXAMPLES:
        run(reader, path.read_text())
    run(reader, "select * from news.search('idlib')")


@pytest.mark.parametrize(
    "command",
    [
        "create table news.mine (id integer)",
        "drop table news.tags",
        "delete from news.articles",
        "delete from news.article_versions",
        "delete from news.fetches",
        "delete from news.links",
        "insert into news.erasures (key, basis) values (repeat('1', 64), '')",
        "delete from news.erasures",
        "update news.erasures set finished_at = now()",
        "delete from news.exports",
        "update news.schema_migrations set sha256 = ''",
    ],
)
def test_a_loader_cannot_change_tables_take_back_what_was_received_or_undo_an_erasure(seeded_url, command):
    with (
        closing(database.connect(seeded_url, role="loader")) as loader,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        run(loader, command)


def test_a_loader_takes_out_only_what_a_fetch_says_is_elsewhere_and_a_reader_nothing(seeded_url):
    with closing(database.connect(seeded_url, role="loader")) as loader:
        [(there,)] = rows(loader, "select count(*) from news.articles")
        assert there > 0
        for name in ("delete_left_versions", "delete_left_articles"):
            assert rows(loader, f"select * from news.{name}(array(select article_id from news.articles))") == []
    with (
        closing(database.connect(seeded_url, role="reader")) as reader,
        pytest.raises(psycopg2.errors.InsufficientPrivilege),
    ):
        rows(reader, "select news.delete_left_articles('{}')")


def test_the_owner_role_owns_the_schema(connection):
    owners = rows(
        connection,
        "select distinct pg_get_userbyid(relowner) from pg_class "
        "where relnamespace = 'news'::regnamespace and relkind in ('r', 'v')",
    )
    assert owners == [("news_owner",)]


def test_the_data_dictionary_is_up_to_date(connection):
    # Made anew by: python -m processing.dictionary
    assert (SQL / "README.md").read_text(encoding="utf-8") == dictionary.render(connection)


def test_every_statement_is_used_and_every_one_used_is_there():
    root = SQL.parent
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("processing", "bulletins", "dags")
        for path in (root / room).rglob("*.py")
    )
    used = set(re.findall(r'"([a-z_]+)"', code))
    files = {path.stem for path in (SQL / "queries").glob("*.sql")} - {
        f"upsert_{t}" for t in ("places", "actors", "sources", "event_types")
    }
    assert files - used == set()
    assert set(re.findall(r'statement\("([a-z_]+)"\)', code)) <= {path.stem for path in (SQL / "queries").glob("*.sql")}


def test_no_statement_is_put_together_from_strings_of_input():
    for path in (SQL.parent / "processing").rglob("*.py"):
        assert not re.search(r"execute\(\s*f[\"']", path.read_text(encoding="utf-8")), path
