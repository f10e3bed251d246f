"""The data checks: each passes on good data, and each fails on data that breaks its rule."""

from __future__ import annotations

import pytest

from processing.check import CheckError, Severity, check
from processing.database import SQL
from processing.deduplicate import deduplicate
from processing.records import Part, PartKind
from processing.reference import load_reference
from processing.relate import relate
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page
from tests.test_load_statements import CITED, ROLE, SITE

pytestmark = pytest.mark.db

# How each rule is broken: one change to good data.
BROKEN = {
    "accounting_balances": "update news.links set outcome = null where key = (select min(key) from news.links)",
    "articles_have_text": "update news.articles set title = ' ', text = ''",
    "articles_stand_once": (
        "update news.fetches set article_id = "
        "(select article_id from news.articles where outlet = 'other_post' and title like '%a') "
        "where key = (select key from news.articles where outlet = 'sample_post' and title like '%a'); "
        "update news.article_versions set cleaner = '2' where crawl_id like 'other%'"
    ),
    "articles_show_current": "update news.articles set text = text || '!'",
    "bulletins_have_parts": "update news.article_versions set kind = 'article' where kind = 'bulletin'",
    "copies_are_in_one_story": "update news.articles set story_id = null where copy_of is not null",
    "copies_have_first": "update news.articles set copy_of = null",
    "damaged_text": "update news.articles set text = repeat(U&'\\FFFD', 9) || text",
    "dates_in_window": "update news.articles set published_at = '2031-01-01'",
    "erased_stay_out": "insert into news.erasures (key, basis) select key, 'request' from news.articles limit 1",
    "erasures_finished": "insert into news.erasures (key, basis) values (repeat('0', 64), 'request')",
    "orphan_statements": "update news.statement_roles set actor = 'nobody'",
    "orphan_tags": "update news.tags set target = 'SY99'",
    "parts_within_text": "update news.article_parts set end_offset = 10000 where part_number = 0",
    "quarantine_empty": "update news.rejections set reason = 'clean_timeout'",
    "results_have_links": "update news.links set key = repeat('0', 64)",
    "statements_within_text": "update news.statements set literal = 'else'",
    "stories_have_two": "update news.stories set article_count = 9",
    "times_in_order": "update news.articles set last_seen_at = '2099-01-01'",
    "updates_complete": "delete from news.article_updates where updated_at = (select min(updated_at) from news.article_updates)",
    "versions_have_fetches": (
        "update news.fetches set article_id = (select min(article_id::text)::uuid from news.articles) "
        "where article_id is not null"
    ),
    "versions_numbered": "update news.articles set version_count = 7",
}

ALSO_BROKEN = [
    ("accounting_balances", "update news.crawls set links_discovered = links_discovered + 1"),
    ("accounting_balances", "delete from news.links"),
    ("accounting_balances", "update news.crawls set fetch_outcomes = '{\"ok\": 99}'"),
    ("articles_show_current", "update news.articles set kind = 'video'"),
    ("articles_show_current", "update news.articles set relevance = 0.123"),
    ("articles_show_current", "update news.article_versions set last_seen_at = '2027-01-01' where version_number = 1"),
    ("bulletins_have_parts", "delete from news.article_parts"),
    ("damaged_text", f"update news.articles set text = '{'السلام عليكم'.encode().decode('cp1252', 'ignore')}'"),
    ("damaged_text", f"update news.articles set text = '{'السلام عليكم'.encode().decode('latin-1')}'"),
    ("dates_in_window", "update news.articles set published_at = '1970-01-01'"),
    ("orphan_statements", "update news.statements set event_type = 'none.such'"),
    ("orphan_statements", "update news.statement_sites set place = 'SY99'"),
    ("orphan_statements", "update news.statement_citations set source = 'nobody'"),
    ("orphan_tags", "update news.tags set matched = 'else'"),
    ("parts_within_text", "delete from news.article_parts where part_number = 0"),
    ("parts_within_text", "update news.article_parts set part_number = 9 where part_number = 1"),
    ("parts_within_text", "update news.article_parts set start_offset = 0, end_offset = 21 where part_number = 1"),
    ("statements_within_text", "update news.statement_roles set end_offset = 10000"),
    ("statements_within_text", "update news.statements set summary_of = '{7}'"),
    ("stories_have_two", "update news.articles set story_id = null"),
    ("stories_have_two", "delete from news.story_articles where relation = 'lead'"),
    ("stories_have_two", "delete from news.story_articles"),
    ("copies_have_first", "delete from news.copy_pairs"),
    ("copies_are_in_one_story", "update news.articles set story_id = null"),
    ("versions_numbered", "update news.article_versions set version_number = version_number + 1"),
]


@pytest.fixture
def good(connection):
    """A little of everything, as it should be."""
    seed.declare(connection, "sample_post", "other_post")
    long = "Two people were injured when shelling hit the outskirts of the town in the morning, local sources reported."
    load_reference(connection)
    stated = {"roles": (ROLE,), "sites": (SITE,), "chain": (CITED,)}
    crawl(
        page("a", long, places={"SY07": "SY07"}, statements=(stated,)),
        page("b", rejected="login"),
        page("c", "نص عربي سليم"),
    ).load(connection)
    crawl(page("a", long, published=NIGHT), slug="other_post").load(connection)
    parts = (
        Part(kind=PartKind.SECTION, start=0, end=20, header=(0, 6), governorates=("SY07",)),
        Part(kind=PartKind.ITEM, start=7, end=20, parent=0),
    )
    crawl(page("d", "Idlib: shelling here.", relevance=0.9, parts=parts), slug="other_post", at=NIGHT + DAY).load(
        connection
    )
    crawl(page("c", "edited"), at=NIGHT + DAY).load(connection)
    deduplicate(connection)
    relate(connection)
    return connection


def offending(connection) -> dict[str, int]:
    return {result.name: result.count for result in check(connection) if result.count}


def test_every_check_passes_on_good_data(good):
    results = check(good)
    assert {result.name for result in results if not result.passed} == set()
    assert {result.name for result in results} == {path.stem for path in (SQL / "checks").glob("*.sql")}
    assert all(result.rule.endswith(".") for result in results)


@pytest.mark.parametrize("name", sorted(path.stem for path in (SQL / "checks").glob("*.sql")))
def test_every_check_can_fail(good, name):
    seed.run(good, BROKEN[name])
    assert offending(good)[name] > 0


@pytest.mark.parametrize(("name", "change"), ALSO_BROKEN)
def test_checks_notice_every_way_of_breaking_their_rule(good, name, change):
    seed.run(good, change)
    assert offending(good)[name] > 0


def test_a_result_says_what_offends_and_why(good):
    seed.run(good, "update news.tags set target = 'SY99'")
    [result] = [result for result in check(good) if not result.passed]
    assert (result.name, result.severity, result.count) == ("orphan_tags", Severity.FAIL, 1)
    assert result.samples[0]["target"] == "SY99"
    assert result.samples[0]["reason"] == "not in the vocabulary"


def test_crawl_ids_narrow_the_checks_of_crawls(good):
    seed.run(good, "update news.links set outcome = null where crawl_id like 'sample_post-20260301%%'")
    narrowed = {r.name: r.count for r in check(good, ["sample_post-20260302T010000Z-00000000"])}
    assert narrowed["accounting_balances"] == 0
    assert offending(good)["accounting_balances"] == 1


def test_samples_are_few_and_the_count_is_whole(good):
    crawl(*(page(f"p{n}", rejected="clean_memory") for n in range(30)), at=NIGHT + 3 * DAY).load(good)
    [result] = [result for result in check(good) if result.name == "quarantine_empty"]
    assert (result.severity, result.count, len(result.samples)) == (Severity.WARN, 30, 20)


def test_a_check_without_a_severity_or_with_a_mistake_is_named(connection, tmp_path):
    (tmp_path / "mine.sql").write_text("select 1")
    with pytest.raises(CheckError, match=r"checks/mine.sql: the first line is 'select 1', expected '-- fail'"):
        check(connection, folder=tmp_path)
    (tmp_path / "mine.sql").write_text("-- fail\nselect nothing from nowhere")
    with pytest.raises(CheckError, match=r"checks/mine.sql: relation \"nowhere\" does not exist"):
        check(connection, folder=tmp_path)
