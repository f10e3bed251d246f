"""Which of a page's dates is its publication's. All pages are hand-made."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from crawlers.records import (
    DayOrder,
    Page,
)
from processing.clean import CleanHints, numeric_dates
from processing.clean.dates import learn_day_order
from processing.records import DateOrigin, Precision
from tests.cleaning import (
    ENGLISH,
    RELATED,
    article,
    html,
    ld,
    page,
    published,
)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"head": ld(datePublished="2024-03-04T10:00:00Z")}, DateOrigin.JSONLD),
        ({"head": '<meta property="article:published_time" content="2024-03-04T10:00:00Z">'}, DateOrigin.META),
        (
            {"under": '<time datetime="2024-03-04T10:00:00Z" class="entry-date published updated">Monday</time>'},
            DateOrigin.TIME,
        ),
        ({"under": '<span class="date">4 آذار 2024</span>'}, DateOrigin.VISIBLE),
        ({"under": "<p>الاثنين ٤ آذار/مارس ٢٠٢٤ - ١٢:٣٠</p>"}, DateOrigin.VISIBLE),
        ({"above": '<div class="post-meta">Posted on March 4, 2024</div>'}, DateOrigin.VISIBLE),
        ({"paragraphs": ["DAMASCUS, March 4, 2024 - " + ENGLISH[0], *ENGLISH[1:]]}, DateOrigin.TEXT),
    ],
)
def test_a_date_is_found_wherever_a_page_puts_it(options: dict[str, object], expected: DateOrigin) -> None:
    assert published(html(**options)) == ("2024-03-04", expected)  # type: ignore[arg-type]


def test_a_date_in_the_address_or_the_feed_is_found() -> None:
    assert published(page(html(), url="https://news.example.org/2024/03/04/x")) == ("2024-03-04", DateOrigin.URL)
    assert published(page(html(), feed_date="2024-03-04T10:00:00+00:00")) == ("2024-03-04", DateOrigin.FEED)


def test_a_page_without_a_date_has_none() -> None:
    assert published(html()) is None
    assert article(html()).flags == ("no_date",)


@pytest.mark.parametrize(
    "options",
    [
        {"above": '<header><div class="top-date">الأحد 22 تشرين الثاني 2026</div></header>'},  # today, on every page
        {"under": '<span class="updated">Last updated 3 March 2024</span>'},
        {"paragraphs": ["The massacre of 21 August 2013 was remembered across the country, as every year.", *ENGLISH]},
        {"head": ld(datePublished="2031-01-01T00:00:00Z")},
        {"head": ld(datePublished="1970-01-01T00:00:00Z")},
        {"head": '<meta name="date" content="2024">'},
        {"head": ld(datePublished="2024-01-01")},  # a year, made a date by some system
        {"above": '<header><time datetime="2026-11-22">الأحد</time></header>'},
        {"head": ld(dateModified="2024-03-04T10:00:00Z")},
    ],
)  # fmt: skip
def test_another_date_on_the_page_is_not_taken_for_the_articles(options: dict[str, object]) -> None:
    made = article(html(**options))  # type: ignore[arg-type]
    assert made.published is None


def test_dates_beside_the_article_are_not_its_own() -> None:
    body = html().replace(
        RELATED, "<aside><time datetime='2020-01-05'>5 January 2020</time><p class='date'>6 January 2020</p></aside>"
    )
    assert published(body) is None


def test_two_visible_traces_outweigh_one_field_left_at_its_default() -> None:
    body = html(head=ld(datePublished="2020-06-01T08:00:00Z"), under='<span class="date">4 March 2014</span>')
    made = article(page(body, url="https://news.example.org/2014/03/04/x"))
    assert made.published is not None
    assert made.published.at.year == 2014
    assert {candidate.at.year for candidate in made.date_candidates} == {2014, 2020}


def test_a_field_wins_against_one_visible_line() -> None:
    body = html(head=ld(datePublished="2024-03-04T10:00:00Z"), under='<span class="date">1 March 2024</span>')
    assert published(body) == ("2024-03-04", DateOrigin.JSONLD)


def test_an_ambiguous_date_is_settled_by_another_trace() -> None:
    body = html(under='<span class="date">03/04/2024</span>')
    assert published(body) == ("2024-04-03", DateOrigin.VISIBLE)
    assert published(body, CleanHints(day_order=DayOrder.MDY)) == ("2024-03-04", DateOrigin.VISIBLE)
    found = article(page(body, url="https://news.example.org/2024/03/04/x")).published
    assert found is not None
    assert found.at.astimezone(dt.timezone(dt.timedelta(hours=3))).date() == dt.date(2024, 3, 4)


def test_the_order_of_day_and_month_is_learned_from_the_outlets_own_pages() -> None:
    pages = [page(html(under=f"<div>{month:02}/{day}/2024</div>")) for month, day in ((3, 14), (4, 25), (5, 6))]
    order = learn_day_order(raw for one in pages for raw in numeric_dates(one))
    assert order is DayOrder.MDY
    assert published(html(under="<div>05/06/2024</div>"), CleanHints(day_order=order)) == (
        "2024-05-06",
        DateOrigin.VISIBLE,
    )


def test_numeric_dates_are_read_from_text_in_any_digits_and_not_from_scripts() -> None:
    body = html(
        under="<div>٢٥/٠٤/٢٠٢٤</div><script>build='12/31/2020'</script>", above="<p>3-4-2023 · 1.2.2022 · 5/6/20211</p>"
    )
    assert sorted(numeric_dates(page(body))) == ["1.2.2022", "3-4-2023", "٢٥/٠٤/٢٠٢٤"]


def test_the_last_change_is_kept_apart() -> None:
    made = article(html(head=ld(datePublished="2024-03-04T10:00:00Z", dateModified="2024-03-05T11:00:00Z")))
    assert made.published is not None
    assert made.published.at.day == 4
    assert made.modified_at == dt.datetime(2024, 3, 5, 11, tzinfo=dt.UTC)


def test_1_january_counts_where_another_trace_bears_it_out() -> None:
    body = html(head=ld(datePublished="2024-01-01"), under='<span class="date">1 كانون الثاني 2024</span>')
    assert published(body) == ("2024-01-01", DateOrigin.JSONLD)
    assert published(html(under='<span class="date">1 كانون الثاني 2024</span>')) == ("2024-01-01", DateOrigin.VISIBLE)


def test_a_month_is_taken_where_no_day_is_known() -> None:
    found = article(page(html(), url="https://news.example.org/2016/08/x")).published
    assert found is not None
    assert found.precision is Precision.MONTH


def test_a_hijri_date_alone_is_noted_and_not_converted() -> None:
    made = article(html(under='<span class="date">15 رجب 1445 هـ</span>'))
    assert made.published is None
    assert "hijri_date_only" in made.flags
    both = article(html(under='<span class="date">15 رجب 1445 هـ الموافق 27 كانون الثاني 2024 م</span>'))
    assert both.published is not None
    assert f"{both.published.at + dt.timedelta(hours=3):%Y-%m-%d}" == "2024-01-27"
    assert "hijri_date_only" not in both.flags


def with_header(given: Page, when: str) -> Page:
    return dataclasses.replace(given, fetch=dataclasses.replace(given.fetch, last_modified=when))


def test_when_a_file_was_last_written_supports_a_date_and_is_none_by_itself() -> None:
    alone = article(with_header(page(html()), "Mon, 04 Mar 2024 10:00:00 GMT"))
    assert alone.published is None
    assert [candidate.origin for candidate in alone.date_candidates] == [DateOrigin.HEADER]
    ambiguous = page(html(under='<span class="date">04/03/2024</span>'))
    assert article(with_header(ambiguous, "Wed, 03 Apr 2024 08:00:00 GMT")).published.at.date() == dt.date(2024, 4, 2)
    assert article(with_header(ambiguous, "Mon, 04 Mar 2024 10:00:00 GMT")).published.at.date() == dt.date(2024, 3, 3)


def test_a_page_made_for_the_request_was_not_published_then() -> None:
    made = article(with_header(page(html()), "Sun, 22 Nov 2026 11:59:58 GMT"))
    assert made.date_candidates == ()
