"""Loading crawls: what comes in, what a second load changes (nothing), and that every link is accounted for."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import itertools
import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from processing import database
from processing.load import LoadError, load_crawl
from processing.records import Part, PartKind, Passage
from tests import seed
from tests.seed import DAY, NIGHT, crawl, page, rows

pytestmark = pytest.mark.db


@pytest.fixture(autouse=True)
def declared(connection):
    seed.declare(connection, "sample_post", "other_post")


def test_a_new_page_becomes_an_article_with_one_version(connection):
    counts = crawl(page("a", places={"SY07": "SY07", "SY02": "SY02"})).load(connection)
    assert counts.outcomes["loaded_new"] == 1
    assert counts.silent_losses == 0
    [(title, name, governorates, versions, first, last)] = rows(
        connection,
        "select title, outlet_name, governorates, version_count, first_seen_at, last_seen_at from news.articles",
    )
    assert (title, name, governorates, versions) == ("Headline of a", "Sample Post", ["SY02", "SY07"], 1)
    assert first == last == NIGHT
    assert rows(connection, "select count(*) from news.tags") == [(2,)]


def test_loading_a_crawl_again_writes_nothing_at_all(connection):
    first = crawl(page("a", places={"SY07": "SY07"}), page("b", rejected="soft_404"), page("c"))
    first.load(connection)
    before = seed.contents(connection)
    counts = first.load(connection)
    assert counts.written == {}
    assert counts.outcomes["loaded_new"] == 2
    assert seed.contents(connection) == before


def test_an_edited_text_becomes_a_version_and_the_current_text(connection):
    crawl(page("a", "Two were injured.")).load(connection)
    [(before,)] = rows(connection, "select updated_at from news.articles")
    counts = crawl(page("a", "Three were injured."), at=NIGHT + DAY).load(connection)
    assert counts.outcomes["new_version"] == 1
    [(text, versions, first, last, updated)] = rows(
        connection, "select text, version_count, first_seen_at, last_seen_at, updated_at from news.articles"
    )
    assert (text, versions, first, last) == ("Three were injured.", 2, NIGHT, NIGHT + DAY)
    assert updated > before
    assert rows(connection, "select version_number, text from news.article_versions order by 1") == [
        (1, "Two were injured."),
        (2, "Three were injured."),
    ]


def test_seeing_a_text_again_moves_last_seen_at_and_nothing_else(connection):
    crawl(page("a")).load(connection)
    before = rows(connection, "select updated_at, title, version_count from news.articles")
    counts = crawl(page("a"), at=NIGHT + DAY).load(connection)
    assert counts.outcomes["unchanged"] == 1
    assert rows(connection, "select updated_at, title, version_count from news.articles") == before
    assert rows(connection, "select last_seen_at from news.articles") == [(NIGHT + DAY,)]
    assert rows(connection, "select first_seen_at, last_seen_at, fetched_at from news.article_versions") == [
        (NIGHT, NIGHT + DAY, NIGHT)
    ]


def test_an_older_crawl_loaded_late_does_not_turn_the_current_text_back(connection):
    crawl(page("a", "new")).load(connection)
    counts = crawl(page("a", "old"), at=NIGHT - 9 * DAY).load(connection)
    assert counts.outcomes["new_version"] == 1
    assert rows(connection, "select text, first_seen_at, last_seen_at from news.articles") == [
        ("new", NIGHT - 9 * DAY, NIGHT)
    ]
    assert rows(connection, "select version_number, text from news.article_versions order by 1") == [
        (1, "old"),
        (2, "new"),
    ]


def test_a_text_that_comes_back_is_current_again_and_no_third_version(connection):
    for day, text in enumerate(("first", "second", "first")):
        crawl(page("a", text), at=NIGHT + day * DAY).load(connection)
    assert rows(connection, "select text, version_count from news.articles") == [("first", 2)]


def test_the_order_of_loading_crawls_does_not_matter(connection):
    nights = [
        crawl(page("a", "one", published=None), page("b"), at=NIGHT),
        crawl(page("a", "two", origin="feed"), page("b"), at=NIGHT + DAY),
        crawl(page("a", "three", origin="text", published=NIGHT - 2 * DAY), page("c"), at=NIGHT + 2 * DAY),
    ]
    query = (
        "select a.key, a.text, a.published_at, a.published_from, a.first_seen_at, a.last_seen_at, v.version_number, v.text "
        "from news.articles a join news.article_versions v using (article_id) order by a.key, v.version_number"
    )
    for night in nights:
        night.load(connection)
    in_order = rows(connection, query)
    seed.run(connection, "truncate news.articles, news.article_versions, news.crawls, news.fetches, news.links cascade")
    for night in reversed(nights):
        night.load(connection)
    assert rows(connection, query) == in_order


def test_a_page_that_left_its_feed_keeps_the_feeds_date(connection):
    crawl(page("a", origin="feed")).load(connection)
    crawl(page("a", origin="text", published=NIGHT - 30 * DAY), at=NIGHT + DAY).load(connection)
    crawl(page("a", "edited", published=None), at=NIGHT + 2 * DAY).load(connection)
    assert rows(connection, "select published_at, published_from, text from news.articles") == [
        (NIGHT - DAY, "feed", "edited")
    ]


def test_the_same_page_cleaned_anew_takes_the_new_date_whatever_its_origin(connection):
    crawl(page("a", origin="jsonld")).load(connection)
    again = crawl(page("a", origin="text", published=NIGHT - 3 * DAY, cleaner="2"))
    again.load(connection)
    assert rows(connection, "select published_at, published_from from news.articles") == [(NIGHT - 3 * DAY, "text")]
    assert rows(connection, "select outcome from news.links") == [("loaded_new",)]


def test_changed_metadata_of_a_known_text_updates_the_row_and_its_provenance(connection):
    crawl(page("a")).load(connection)
    second = crawl(page("a", authors=["A. Writer"]), at=NIGHT + DAY)
    second.load(connection)
    assert rows(connection, "select authors, version_count, updated_at > created_at from news.articles") == [
        (["A. Writer"], 1, True)
    ]
    assert rows(connection, "select crawl_id, fetched_at, first_seen_at from news.article_versions") == [
        (second.manifest.crawl_id, NIGHT + DAY, NIGHT)
    ]


def test_a_304_confirms_the_current_text(connection):
    crawl(page("a"), page("b")).load(connection)
    link = seed.link_to("a")
    answer = seed.fetched(
        link, "sample_post-20260302T010000Z-00000000", 0, NIGHT + DAY, outcome="not_modified", status=304
    )
    counts = crawl(at=NIGHT + DAY, extra=[answer], fates=[seed.LinkFate(link=link, fate=seed.Fate.NOT_MODIFIED)]).load(
        connection
    )
    assert counts.outcomes["not_modified"] == 1
    assert rows(connection, "select last_seen_at from news.articles order by last_seen_at") == [
        (NIGHT + dt.timedelta(seconds=5),),
        (NIGHT + DAY,),
    ]


def test_every_link_ends_in_exactly_one_outcome(connection):
    links = [
        seed.LinkFate(link=seed.link_to("known"), fate=seed.Fate.ALREADY_KNOWN),
        seed.LinkFate(link=seed.link_to("a"), fate=seed.Fate.DUPLICATE_LINK),
        seed.LinkFate(link=seed.link_to("x"), fate=seed.Fate.REJECTED, reason="off_domain"),
        seed.LinkFate(link=seed.link_to("y"), fate=seed.Fate.ROBOTS_DENIED),
        seed.LinkFate(link=seed.link_to("z"), fate=seed.Fate.FETCH_FAILED, reason="timeout"),
        seed.LinkFate(link=seed.link_to("w"), fate=seed.Fate.DEFERRED, reason="crawl_limit"),
    ]
    night = crawl(page("a"), page("b", rejected="login"), page("c", rejected="clean_timeout"), fates=links)
    counts = night.load(connection)
    assert counts.outcomes == {
        "loaded_new": 1,
        "new_version": 0,
        "unchanged": 0,
        "already_known": 1,
        "duplicate_link": 1,
        "not_modified": 0,
        "rejected": 2,
        "robots_denied": 1,
        "fetch_failed": 1,
        "quarantined": 1,
        "deferred": 1,
    }
    assert counts.reasons == {
        "deferred crawl_limit": 1,
        "fetch_failed timeout": 1,
        "quarantined clean_timeout": 1,
        "rejected login": 1,
        "rejected off_domain": 1,
    }
    assert counts.silent_losses == 0
    assert counts.as_dict()["links"] == 9


def test_a_fetched_page_without_a_result_is_a_silent_loss_until_it_is_loaded(connection):
    night = crawl(page("a"), page("b"))
    counts = night.replaced(results=night.results[:1]).load(connection)
    assert counts.silent_losses == 1
    assert rows(connection, "select silent_losses from news.crawl_accounting") == [(1,)]
    assert night.load(connection).silent_losses == 0
    assert rows(connection, "select outcome from news.links order by 1") == [("loaded_new",), ("loaded_new",)]


def test_a_rejected_page_that_a_better_cleaner_accepts_is_no_rejection_any_more(connection):
    crawl(page("a", rejected="too_short")).load(connection)
    counts = crawl(page("a", cleaner="2")).load(connection)
    assert counts.outcomes["loaded_new"] == 1
    assert rows(connection, "select count(*) from news.rejections") == [(0,)]


def test_a_page_fetched_twice_in_one_crawl_counts_once_as_it_was_seen_last(connection):
    night = crawl(page("a", rejected="empty"), page("a"))
    night.entries.pop(1)  # one fate: the first attempt died before it could say what became of the link
    night = night.replaced(
        manifest=seed.manifest_of("c", "sample_post", NIGHT, night.entries, {"crawl_id": night.manifest.crawl_id})
    )
    counts = night.load(connection)
    assert (counts.outcomes["loaded_new"], counts.silent_losses) == (1, 0)
    assert rows(connection, "select count(*) from news.rejections") == [(0,)]


def test_an_erased_page_is_never_loaded_again(connection):
    key = seed.link_to("a").key
    seed.run(connection, "insert into news.erasures (key, basis) values (%(key)s, 'request')", key=key)
    counts = crawl(page("a", places={"SY07": "SY07"}), page("b")).load(connection)
    assert counts.reasons == {"rejected erased": 1}
    assert counts.silent_losses == 0
    assert rows(connection, "select count(*) from news.articles") == [(1,)]
    assert rows(connection, "select title from news.links where key = %(key)s", key=key) == [(None,)]


def test_tags_of_another_tagger_replace_the_old_ones_and_the_governorates(connection):
    night = crawl(page("a", places={"SY07": "SY07"}))
    night.load(connection)
    [found] = night.results
    counts = night.replaced(tags=[seed.place_tag(found, "SY02", "SY02", tagger="2")]).load(connection)
    assert counts.written.keys() == {"delete_stale_tags", "insert_tags", "update_articles"}
    assert rows(connection, "select target, tagger from news.tags") == [("SY02", "2")]
    assert rows(connection, "select governorates, updated_at > created_at from news.articles") == [(["SY02"], True)]


@pytest.mark.parametrize(
    "text",
    [
        "back\\slash \\N \\. tab\there\r\nline",
        "'); DROP TABLE news.articles; --",
        'quotes " and {braces},commas',
        "emoji \U0001f1f8\U0001f1fe and bidi \u202e",
        "عربي ١٢٣",
        "",
    ],
)
def test_any_text_comes_back_byte_for_byte(connection, text):
    crawl(page("a", text, title=text, authors=[text, "b"])).load(connection)
    assert rows(connection, "select title, text, authors from news.articles") == [(text, text, [text, "b"])]


def test_characters_that_postgres_cannot_store_are_replaced_one_for_one_and_counted(connection):
    counts = crawl(page("a", "nul\x00 and \ud800 end", published=None)).load(connection)
    assert counts.mended == 2
    assert rows(connection, "select text from news.articles") == [("nul\ufffd and \ufffd end",)]


@pytest.mark.parametrize("alphabet", ["ابتثجحخدذرزسش", "абвгдежзиклмн", "abcdefghijklm"])
def test_a_text_of_very_many_distinct_words_does_not_fail_over_its_search_index(connection, alphabet):
    words = ("-".join("".join(p) for p in (w[:4], w[4:])) for w in itertools.product(alphabet, repeat=8))
    text = " ".join(itertools.islice(("".join(w) for w in words), 90_000))
    assert crawl(page("a", text, language="ar")).load(connection).outcomes["loaded_new"] == 1


def test_a_url_of_twenty_thousand_bytes_is_loaded(connection):
    path = "".join(random.Random(1).choices("abcdefghijklmnopqrstuvwxyz0123456789", k=20_000))
    assert crawl(page(path, title="long")).load(connection).outcomes["loaded_new"] == 1


def test_a_crawl_of_an_undeclared_outlet_is_refused_by_name_and_nothing_of_it_stays(connection):
    with pytest.raises(LoadError, match=r"unheard_post.*outlets"):
        crawl(page("a"), slug="unheard_post").load(connection)
    assert rows(connection, "select count(*) from news.crawls") == [(0,)]


def test_an_article_whose_fetch_is_not_in_the_archive_is_refused(connection):
    night = crawl(page("a"))
    with pytest.raises(LoadError, match="fetch_sequence"):
        night.replaced(entries=night.entries[1:]).load(connection)
    assert rows(connection, "select count(*) from news.articles") == [(0,)]


def test_the_loader_role_is_enough_to_load(database_url, connection):
    with closing(database.connect(database_url, role="loader")) as loader:
        assert rows(loader, "select current_user") == [("news_loader",)]
        seed.declare(loader)
        night = crawl(page("a", places={"SY07": "SY07"}))
        assert night.load(loader).silent_losses == 0
        assert night.load(loader).written == {}


def test_six_loaders_at_once_lose_nothing(database_url, connection):
    # Two outlets that share a host: the same keys in other orders, the form that deadlocks when rows are not sorted.
    def shuffled(number: int) -> seed.Crawl:
        pages = [page(f"p{n}") for n in range(60)]
        random.Random(number).shuffle(pages)
        slug = ("sample_post", "other_post")[number % 2]
        night = crawl(*pages, at=NIGHT + number * DAY, slug=slug)
        keys = {seed.link_to(str(p["path"]), slug).key: seed.link_to(str(p["path"])).key for p in pages}
        entries = [
            dataclasses.replace(e, key=keys[e.key])
            if isinstance(e, seed.Fetch)
            else dataclasses.replace(e, link=dataclasses.replace(e.link, key=keys[e.link.key]))
            for e in night.entries
        ]
        results = [dataclasses.replace(r, key=keys[r.key], page_key=keys[r.key]) for r in night.results]
        return night.replaced(entries=entries, results=results)

    def load(number: int) -> int:
        with closing(database.connect(database_url)) as own:
            return shuffled(number).load(own).silent_losses

    with ThreadPoolExecutor(6) as pool:
        assert list(pool.map(load, range(6))) == [0] * 6
    assert rows(connection, "select count(*), sum(version_count) from news.articles") == [(60, 60)]
    assert rows(connection, "select last_seen_at >= %(last)s from news.articles group by 1", last=NIGHT + 5 * DAY) == [
        (True,)
    ]


def test_the_same_crawl_loaded_by_four_at_once_is_loaded_once(database_url, connection):
    night = crawl(*(page(f"p{n}", places={"SY07": "SY07"}) for n in range(30)))

    def load(_: int) -> dict[str, int]:
        with closing(database.connect(database_url)) as own:
            return night.load(own).outcomes

    with ThreadPoolExecutor(4) as pool:
        outcomes = list(pool.map(load, range(4)))
    assert [o["loaded_new"] for o in outcomes] == [30] * 4
    assert rows(connection, "select count(*) from news.article_versions") == [(30,)]


def test_a_serialization_failure_starts_the_load_anew(database_url, connection):
    crawl(page("a")).load(connection)
    night = crawl(page("a", "edited"), at=NIGHT + DAY)
    calls = []

    def entries():
        calls.append(None)
        if len(calls) == 1:  # someone else changes the row after our snapshot was taken
            with closing(database.connect(database_url)) as other:
                seed.run(other, "update news.articles set last_seen_at = last_seen_at + interval '1 second'")
        return iter(night.entries)

    with closing(database.connect(database_url)) as strict:
        strict.set_session(isolation_level="REPEATABLE READ")
        load_crawl(
            strict, night.manifest, entries=entries, results=lambda: iter(night.results), tags=lambda: iter(night.tags)
        )
    assert len(calls) == 2
    assert rows(connection, "select text from news.articles") == [("edited",)]


def test_a_connection_cut_in_the_middle_leaves_nothing_and_the_next_load_is_whole(database_url, connection):
    night = crawl(page("a"), page("b"))

    def cut():
        yield night.results[0]
        rows(
            connection,
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'bulletins victim'",
        )
        yield night.results[1]

    lost = pytest.raises(database.DatabaseError, match="connection to the database was lost")
    with closing(database.connect(database_url, role="victim")) as victim, lost:
        load_crawl(victim, night.manifest, entries=lambda: night.entries, results=cut, tags=lambda: night.tags)
    assert rows(connection, "select count(*) from news.crawls") == [(0,)]
    assert night.load(connection).outcomes["loaded_new"] == 2


PARTS = (
    Part(kind=PartKind.SUMMARY, start=0, end=5, summary_of=(1,)),
    Part(kind=PartKind.SECTION, start=6, end=30, header=(6, 12), governorates=("SY07",), actors=("hts", "saa")),
    Part(kind=PartKind.ITEM, start=13, end=30, parent=1, time="14:30"),
)


def test_a_digest_is_a_bulletin_with_its_parts_and_another_split_takes_their_place(connection):
    digest = page("a", "Brief Idlib: shelling, then a lull.", relevance=0.75, parts=PARTS)
    crawl(digest, page("b", relevance=0.2)).load(connection)
    assert rows(connection, "select kind, relevance from news.articles order by relevance") == [
        ("article", pytest.approx(0.2)),
        ("bulletin", 0.75),
    ]
    found = "select part_number, kind, parent_number, header_start, governorates, actors, time_printed, summary_of"
    assert rows(connection, f"{found} from news.article_parts order by part_number") == [
        (0, "summary", None, None, [], [], None, [1]),
        (1, "section", None, 6, ["SY07"], ["hts", "saa"], None, []),
        (2, "item", 1, None, [], [], "14:30", []),
    ]
    assert not crawl(digest, page("b", relevance=0.2)).load(connection).written
    crawl(digest | {"parts": PARTS[1:2]}, page("b", relevance=0.2)).load(connection)
    assert rows(connection, f"{found} from news.article_parts") == [
        (0, "section", None, 6, ["SY07"], ["hts", "saa"], None, [])
    ]
    crawl(digest | {"parts": ()}, page("b", relevance=0.2)).load(connection)
    assert rows(connection, "select kind from news.articles union select kind from news.article_versions") == [
        ("article",)
    ]
    assert rows(connection, "select count(*) from news.article_parts") == [(0,)]


def test_a_new_score_reaches_the_row_with_its_evidence(connection):
    crawl(page("a", relevance=0.2)).load(connection)
    crawl(page("a", relevance=0.6)).load(connection)
    assert rows(connection, "select relevance from news.articles") == [(pytest.approx(0.6),)]
    assert rows(connection, "select relevance_evidence, tagger from news.article_versions") == [(["Syria x1"], "1")]


def test_a_text_in_two_languages_lists_both_that_of_most_of_it_first(connection):
    text = "Shelling was reported.\nСообщается об обстреле окрестностей города."
    passages = (
        Passage(start=0, end=22, language="en", confidence=1.0),
        Passage(start=23, end=len(text), language="ru", confidence=0.9),
    )
    crawl(page("a", text, passages=passages), page("b")).load(connection)
    assert rows(connection, "select languages from news.articles order by cardinality(languages)") == [
        (["en"],),
        (["ru", "en"],),
    ]
    assert rows(connection, "select p ->> 'language' from news.article_versions, jsonb_array_elements(passages) p") == [
        ("en",),
        ("ru",),
    ]


REPORT = "Shelling was reported near Saraqib.\nTwo people were injured, residents said."


def printed(views: int, report: str = REPORT) -> dict[str, object]:
    return page("a", f"{report}\nViews: {views}", places={"SY07": "SY07"}, relevance=0.5)


def test_a_text_whose_counter_alone_changed_is_the_known_one_seen_again(connection):
    first = crawl(printed(1))
    first.load(connection)
    text = "select version_id, text, crawl_id, body_sha256, tagger from news.article_versions"
    before = rows(connection, text), rows(connection, "select * from news.tags")
    counts = crawl(printed(88), at=NIGHT + DAY).load(connection)
    assert (counts.outcomes["unchanged"], counts.outcomes["new_version"], counts.silent_losses) == (1, 0, 0)
    assert (rows(connection, text), rows(connection, "select * from news.tags")) == before
    assert rows(connection, "select version_count, first_seen_at, last_seen_at from news.articles") == [
        (1, NIGHT, NIGHT + DAY)
    ]
    everything = seed.contents(connection)
    crawl(printed(88), at=NIGHT + DAY).load(connection)
    first.load(connection)
    assert seed.contents(connection) == everything


def test_a_known_text_with_another_counter_loaded_late_was_seen_that_early(connection):
    crawl(printed(88), at=NIGHT + 2 * DAY).load(connection)
    crawl(printed(90, REPORT.replace("Two", "Three")), at=NIGHT + 4 * DAY).load(connection)
    crawl(printed(1), at=NIGHT).load(connection)
    found = "select version_number, text, first_seen_at, last_seen_at from news.article_versions order by 1"
    assert rows(connection, found) == [
        (1, f"{REPORT}\nViews: 88", NIGHT, NIGHT + 2 * DAY),
        (2, f"{REPORT.replace('Two', 'Three')}\nViews: 90", NIGHT + 4 * DAY, NIGHT + 4 * DAY),
    ]


def test_an_outlet_that_goes_back_to_an_earlier_text_with_another_counter_shows_that_text(connection):
    crawl(printed(1)).load(connection)
    crawl(printed(2, REPORT.replace("Two", "Three")), at=NIGHT + DAY).load(connection)
    crawl(printed(3), at=NIGHT + 2 * DAY).load(connection)
    assert rows(connection, "select version_count, text, last_seen_at from news.articles") == [
        (2, f"{REPORT}\nViews: 1", NIGHT + 2 * DAY)
    ]


def test_of_one_fetch_cleaned_anew_the_later_cleaning_counts_however_little_it_changed(connection):
    first = crawl(printed(1))
    first.load(connection)
    [article] = first.results
    content = hashlib.sha256(f"{article.title}\n{REPORT}".encode()).hexdigest()
    again = dataclasses.replace(article, text=REPORT, content_sha256=content, cleaner="2")
    first.replaced(results=[again], tags=[]).load(connection)
    assert rows(connection, "select text, version_count from news.articles") == [(REPORT, 2)]
