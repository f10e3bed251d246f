"""Live blogs, films and galleries: marked, never refused; an article with a film in it stays an article."""

from __future__ import annotations

import pytest

from processing.records import ArticleKind
from tests.cleaning import ENGLISH, article, html, ld, page

PLAYER = "<iframe src='https://www.youtube.com/embed/x1'></iframe>"
ENTRIES = [f"{hour}:15 {line}" for hour, line in zip((14, 13, 12, 11, 10), ENGLISH * 2, strict=False)]


def kind(body: str, url: str = "https://news.example.org/local/31") -> ArticleKind:
    return article(page(body, url=url)).kind


def test_a_live_blog_is_told_by_its_declaration_or_by_its_title_and_times() -> None:
    assert kind(html(head='<script type="application/ld+json">{"@type": "LiveBlogPosting"}</script>')) == "live_blog"
    for title in (
        "Live: talks in the capital",
        "لحظة بلحظة.. المحادثات في العاصمة",
        "Переговоры. Онлайн",
        "CANLI | Görüşmeler",
    ):
        assert kind(html(ENTRIES, title=title)) == "live_blog"
        assert kind(html(title=title)) == "article"


def test_times_in_a_report_that_does_not_call_itself_live_make_no_live_blog() -> None:
    assert kind(html(ENTRIES)) == "article"


@pytest.mark.parametrize(
    "title", ["Watch: the old market", "بالفيديو.. السوق القديم", "Видео: старый рынок", "İzle: Eski çarşı"]
)
def test_a_film_with_a_line_below_it_is_a_video_and_a_report_with_a_film_is_none(title: str) -> None:
    assert kind(html(ENGLISH[:1], title=title, under=PLAYER)) == "video"
    assert kind(html(ENGLISH * 4, title=title, under=PLAYER)) == "article"
    assert kind(html(ENGLISH[:1], title=title)) == "article"
    assert kind(html(ENGLISH[:1], under=PLAYER)) == "article"


def test_what_declares_a_film_and_no_article_is_a_video() -> None:
    film = '<script type="application/ld+json">{"@type": "VideoObject", "name": "x"}</script>'
    assert kind(html(ENGLISH[:1], head=film)) == "video"
    assert kind(html(ENGLISH[:1], head=film + ld(headline="x"))) == "article"


def test_many_pictures_under_a_title_that_says_so_are_a_gallery() -> None:
    pictures = "".join(f"<figure><img src='/{number}.jpg'></figure>" for number in range(6))
    assert kind(html(ENGLISH[:1], title="In pictures: the old market", under=pictures)) == "photo"
    assert kind(html(ENGLISH[:1], under=pictures)) == "article"
    assert kind(html(ENGLISH[:1], under=pictures), url="https://news.example.org/gallery/31") == "photo"
