"""From a page's bytes to an article, or to the reason why there is none. All pages are hand-made."""

from __future__ import annotations

import hashlib
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import clean as benchmark
from benchmarks import corpus as data
from benchmarks import pages
from crawlers.records import (
    CleanRules,
)
from crawlers.urls import key
from processing.clean import CleanHints, clean
from processing.records import Article, DateOrigin, Reason, Rejection
from tests.cleaning import (
    ARABIC,
    ENGLISH,
    NOW,
    RELATED,
    RUSSIAN,
    TURKISH,
    URL,
    article,
    html,
    ld,
    outlet,
    page,
    published,
    reason,
)


@pytest.mark.parametrize("paragraphs", [ENGLISH, ARABIC, RUSSIAN, TURKISH], ids=["en", "ar", "ru", "tr"])
def test_the_text_is_the_paragraphs_and_nothing_else(paragraphs: list[str]) -> None:
    made = article(html(paragraphs))
    assert made.text == "\n".join(paragraphs)


def test_an_article_carries_what_it_was_made_from() -> None:
    made = article(html(under='<span class="date">15 March 2024</span>'))
    assert (made.page_key, made.outlet, made.crawl_id, made.fetch_sequence) == ("k", "example", "example-1", 7)
    assert made.key == key(URL)
    assert made.url == made.canonical == URL
    assert made.fetched_at == NOW
    assert made.content_sha256 == hashlib.sha256(f"{made.title}\n{made.text}".encode()).hexdigest()
    assert made.extractor.startswith("trafilatura 2.")
    assert made.language == "en"
    assert made.flags == ()


def test_cleaning_twice_gives_the_same_article() -> None:
    one = page(html(ARABIC, under="<time>15 آب 2024</time>"))
    assert clean(one, outlet(), CleanHints()) == clean(one, outlet(), CleanHints())


@pytest.mark.parametrize(
    "sentence",
    [
        "Two people were killed in an explosion in the market.",
        "قُتل شخصان بانفجار عبوة ناسفة في سوق البلدة.",
        "Два человека погибли при взрыве на рынке.",
        "Pazar yerindeki patlamada iki kişi öldü.",
    ],
)
def test_a_bulletin_of_one_sentence_is_an_article(sentence: str) -> None:
    assert article(html([sentence])).text == sentence


def test_the_headline_is_not_repeated_in_the_text() -> None:
    title = "Shells strike two villages in the south"
    assert article(html([title, *ENGLISH], title=title)).text == "\n".join(ENGLISH)


def test_comments_and_menus_are_left_out() -> None:
    said = "<p>A reader says that all of this is well known to him.</p>"
    comments = f"<div id='comments'><ol class='comment-list'><li>{said}</li></ol></div>"
    made = article(html().replace(RELATED, RELATED + comments))
    assert "reader says" not in made.text
    assert "Related" not in made.text


@pytest.mark.parametrize(
    "head",
    [
        "",
        ld(headline="Shells strike villages"),
        '<meta property="og:title" content="Shells strike two villages in the south - Example News">',
    ],
)
def test_the_headline_shown_is_the_title_without_the_sites_name(head: str) -> None:
    assert article(html(head=head)).title == "Shells strike two villages in the south"


def test_a_page_whose_headline_is_its_logo_takes_the_declared_title() -> None:
    body = html(head='<meta property="og:title" content="Bakeries reopen in the old town">', title="x")
    body = body.replace("<h1>x</h1>", "<h1>Example News</h1>").replace(
        "<title>x", "<title>Bakeries reopen in the old town"
    )
    assert article(body).title == "Bakeries reopen in the old town"


def test_a_headline_in_h2_is_found_by_the_pages_title() -> None:
    body = html(title="Bakeries reopen in the old town").replace("h1>", "h2>")
    made = article(body.replace("</h2>", "</h2><div>12/10/2026</div>", 1))
    assert made.title == "Bakeries reopen in the old town"
    assert made.published is not None


def test_the_feeds_title_serves_where_the_page_has_none() -> None:
    body = f"<html><body><div><p>{'</p><p>'.join(ENGLISH)}</p></div></body></html>"
    assert article(page(body, title="Shells strike two villages")).title == "Shells strike two villages"


def test_authors_are_names_not_addresses_or_accounts() -> None:
    head = ld(author=[{"@type": "Person", "name": "By Samir Haddad"}, {"name": "admin"}, "https://example.org/u/1"])
    assert article(html(head=head)).authors == ("Samir Haddad",)


def test_selectors_of_the_declaration_decide_where_they_match() -> None:
    body = html(under="<div class='share'>Share this</div>").replace(
        "<main>", "<main><div class='ticker'>Breaking</div>"
    )
    rules = CleanRules(body=(".entry-content",), prune=(".entry-content p:last-child",))
    assert article(body, rules).text == "\n".join(ENGLISH[:2])
    missed = article(body, CleanRules(body=(".no-such-thing",)))
    assert missed.text == "\n".join(ENGLISH)
    assert missed.flags == ("body_selector_missed", "no_date")


def test_a_text_that_only_json_ld_holds_is_taken_from_there() -> None:
    body = html([], head=ld(headline="Shells strike two villages in the south", articleBody=" ".join(ENGLISH * 3)))
    made = article(body)
    assert made.text.startswith(ENGLISH[0])
    assert "jsonld articleBody" in made.rules


def test_the_element_declared_as_the_articles_is_taken_where_the_longest_prose_is_another() -> None:
    talk = "".join(f"<section class='talk'><p>{line} {number}</p></section>" for number in range(6) for line in ENGLISH)
    body = f"<h1>Shells strike</h1><div itemprop='articleBody'><p>{ENGLISH[0]}</p></div><div>{talk}</div>"
    assert article(f"<html><head><title>Shells strike</title></head><body>{body}</body></html>").text == ENGLISH[0]


def test_a_date_declared_once_in_the_body_is_as_good_as_a_meta_element() -> None:
    one, other = (
        f"<span itemprop='datePublished' content='{year}-09-07T14:30:00+03:00'></span>" for year in (2019, 2018)
    )
    assert published(html(under=one)) == ("2019-09-07", DateOrigin.META)
    assert published(html(under=one + other))[1] is not DateOrigin.META


def test_broken_json_ld_still_gives_its_dates() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-03-04T10:00:00Z", oops}</script>'
    assert published(html(head=head)) == ("2024-03-04", DateOrigin.JSONLD)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", Reason.EMPTY),
        ("   \n ", Reason.EMPTY),
        ("<html><body><script>var a = 1;</script></body></html>", Reason.EMPTY),
        ("<html><body><p>Shells</p></body></html>", Reason.TOO_SHORT),
        ("<html><body>" + "<p>word </p>" * 60_000 + "</body></html>", Reason.TOO_LARGE),
        ("<html><body>" + "x" * 3_000_001 + "</body></html>", Reason.TOO_LARGE),
    ],
)
def test_pages_without_a_text_or_too_large_say_which(body: str, expected: Reason) -> None:
    assert reason(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 2_000 + "<p>" + ENGLISH[0] + "</p>" + "</div>" * 2_000,
        "<html><body>" + "<br>" * 45_000 + "</body></html>",
        "<html><body>" + "<a href=x>y</a>" * 20_000 + "</body></html>",
        "<html><body><p>" + "a" * 2_000_000 + "</p></body></html>",
        "<html><body><img src='" + "a" * 2_000_000 + "'><p>" + ENGLISH[0] + "</p></body></html>",
        "<" * 100_000,
        "<html><body><p>a\x00b</p>\x00\x1b[31m" + ENGLISH[0] + "</body></html>",
        "<!DOCTYPE " + "word " * 100_000 + "><html><body><p>" + ENGLISH[0] + "</p></body></html>",
        "<html><head>"
        + ld(headline="x" * 100_000, author=[{"name": "n" * 9}] * 5_000)
        + "</head><body><p>"
        + ENGLISH[0]
        + "</p>",
        "<html><head><script type='application/ld+json'>"
        + "[" * 50_000
        + "</script></head><body><p>"
        + ENGLISH[0]
        + "</p>",
        f"<title>{' - a' * 200_000}</title><h1>{' sign in' * 50_000}</h1><p>{ENGLISH[0]}</p>",
        f"<title>{' - a b c' * 3_000}</title><body>{'<span>x</span>' * 20_000}<p>{ENGLISH[0]}</p>",
        f"<h1>T</h1>{'<table><tr><td>' * 200}{ENGLISH[0]}{'</td></tr></table>' * 200}",
        f"<h1>T</h1><p>{'<a href=/1>the road is open</a> ' * 12_000}</p><p>{ENGLISH[0]}</p>",
        f"<h1>T</h1><div>{'<i></i>' * 20_000}{'<b>Comments</b>' * 20_000}</div><p>{ENGLISH[0]}</p>",
    ],
    ids=(
        "deep|breaks|links|one word|attribute|brackets|nul|doctype|json|nested json|long title|title|tables|line of links|"
        "headings"
    ).split("|"),
)
def test_hostile_markup_ends_within_seconds_as_an_article_or_a_reason(body: str) -> None:
    started = time.process_time()
    made = clean(page(body), outlet(), CleanHints())
    assert time.process_time() - started < 15
    if isinstance(made, Article):
        assert made.text
        assert not set(made.text + made.title) & set(map(chr, (*range(9), *range(14, 32))))


def test_a_page_nested_too_deep_for_the_parser_is_lost_and_not_too_short() -> None:
    body = "<h1>Shells strike</h1>" + "<div>" * 20_000 + "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH)
    assert reason(f"<html><body>{body}</body></html>") == Reason.EXTRACT_LOST


def test_words_lost_by_the_extractor_are_not_called_empty() -> None:
    made = clean(page("<div>" * 2_000 + "<p>" + " ".join(ENGLISH * 5) + "</p>"), outlet(), CleanHints())
    assert isinstance(made, Article) or made.reason in (Reason.EXTRACT_LOST, Reason.TOO_LARGE)


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=200).map(lambda text: html([text]).encode())))
def test_any_bytes_give_an_article_or_a_rejection(body: bytes) -> None:
    made = clean(page(body), outlet(), CleanHints())
    assert isinstance(made, Article | Rejection)
    if isinstance(made, Article):
        made.text.encode()


@pytest.mark.corpus
def test_the_corpus_comes_through_as_it_did_when_the_rules_were_made() -> None:
    folder = data.corpus()
    if not (folder / "web").is_dir():
        pytest.skip(f"{folder}/web is not there; set BULLETINS_CORPUS")
    given = [pages.without_feed_dates(case) for case in pages.cases(folder, "web")]
    scored = benchmark.score("web", given, benchmark.clean_all(given))
    assert scored.loaded >= 0.995 * scored.pages
    assert scored.titles >= 0.97
    assert scored.text_f1 >= 0.98
    assert scored.days_right >= 0.9
    assert scored.days_wrong <= 0.01 * scored.pages
