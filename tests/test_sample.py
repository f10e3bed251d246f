"""The sample web that ships with the project."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bulletins.sample import build
from crawlers import urls
from crawlers.archive import RecordedWeb
from crawlers.outlets import load_outlets
from crawlers.records import FeedKind


@pytest.mark.parametrize(("path", "next_day"), [(build.SAMPLE_WEB, False), (build.NEXT_DAY, True)])
def test_the_committed_files_are_what_the_builder_makes(tmp_path: Path, path: Path, next_day: bool) -> None:
    made = tmp_path / path.name
    build.build(made, next_day=next_day)
    assert gzip.decompress(made.read_bytes()) == gzip.decompress(path.read_bytes())


def test_there_are_six_outlets_and_about_forty_pages_in_three_languages() -> None:
    outlets = load_outlets(build.OUTLETS)
    recorded = list(RecordedWeb(build.SAMPLE_WEB).urls())
    assert len(outlets) == 6
    assert {outlet.languages[0] for outlet in outlets.values()} == {"ar", "en", "ru"}
    assert {feed.kind for outlet in outlets.values() for feed in outlet.feeds} == set(FeedKind)
    assert 40 <= len(recorded) <= 60


def test_every_article_of_the_sample_web_may_be_an_article_of_its_outlet() -> None:
    outlets = load_outlets(build.OUTLETS)
    for page in build.pages(next_day=False):
        assert urls.judge(page.url, outlets[page.outlet]) is None, page.url


def test_every_page_says_that_its_events_are_made_up() -> None:
    words = ("sample", "made up", "made-up", "نموذج", "образц", "вымышлен")
    for page in build.pages(next_day=False):
        if page.form != "soft404":
            assert any(word in " ".join((page.title, *page.paragraphs)).lower() for word in words), page.url


def test_exactly_one_article_is_edited_on_the_next_day() -> None:
    today, tomorrow = build.pages(next_day=False), build.pages(next_day=True)
    assert [page.url for page in today] == [page.url for page in tomorrow]
    assert sum(one.paragraphs != other.paragraphs for one, other in zip(today, tomorrow, strict=True)) == 1
