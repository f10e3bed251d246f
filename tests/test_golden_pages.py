"""Ninety pages made in the markup these outlets use: floors under which the quality of cleaning must not fall."""

from __future__ import annotations

import statistics

import pytest

from benchmarks.clean import clean_all, score
from benchmarks.metric import compare, quality
from benchmarks.pages import Case, made_cases
from processing.records import Article, Rejection

# Below the figures of benchmarks/RESULTS.md by about the error of one page in thirty.
F1_FLOOR = {"ar": 0.9, "ru": 0.91, "tr": 0.92}
SHORT = 400  # characters; a bulletin


@pytest.fixture(scope="module")
def cleaned() -> list[tuple[Case, Article | Rejection]]:
    cases = made_cases()
    return list(zip(cases, clean_all(cases), strict=True))


def test_every_page_is_an_article(cleaned: list[tuple[Case, Article | Rejection]]) -> None:
    assert [result.url for _, result in cleaned if isinstance(result, Rejection)] == []


@pytest.mark.parametrize("language", F1_FLOOR)
def test_the_text_is_the_articles(cleaned: list[tuple[Case, Article | Rejection]], language: str) -> None:
    counts = [compare(result.text, case.body) for case, result in cleaned if case.language == language]
    assert len(counts) == 30
    assert quality(counts).f1 >= F1_FLOOR[language]


def test_the_language_is_told(cleaned: list[tuple[Case, Article | Rejection]]) -> None:
    assert [case.page.fetch.url for case, result in cleaned if result.language != case.language] == []


def test_titles_and_days_are_right_and_hardly_a_day_is_wrong(cleaned: list[tuple[Case, Article | Rejection]]) -> None:
    found = score("made", [case for case, _ in cleaned], [result for _, result in cleaned])
    assert found.titles >= 0.95
    assert found.days_right >= 0.97
    assert found.days_wrong <= 1


def test_short_bulletins_are_kept_whole(cleaned: list[tuple[Case, Article | Rejection]]) -> None:
    whole = [case.body in result.text for case, result in cleaned if len(case.body) < SHORT]
    assert len(whole) == 24
    assert statistics.fmean(whole) >= 0.85
