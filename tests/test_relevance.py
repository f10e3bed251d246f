"""How much a text is about Syria. The texts were written for these tests."""

from __future__ import annotations

import pytest

from processing.relevance import relevance
from processing.tag import load_vocabulary, search_article, tag
from tests.tagging import article

ABOUT = (
    "Artillery shelled the outskirts of Saraqib on Monday morning; two civilians were wounded, residents said.",
    "قصف مدفعي يستهدف أطراف مدينة سراقب في ريف إدلب ما أدى إلى إصابة مدنيين اثنين بجروح.",
    "Артиллерия обстреляла окрестности Серакиба в провинции Идлиб, двое мирных жителей ранены.",
    "Suriye'nin kuzeyindeki İdlib'de düzenlenen topçu saldırısında iki sivil yaralandı.",
    "The Syrian Democratic Forces said a convoy reached Qamishli with aid for people who fled Afrin.",
)
ELSEWHERE = (
    "The city council voted on Tuesday to extend the tram line to the harbour, at a cost of forty million.",
    "أعلن البنك المركزي اليوم رفع سعر الفائدة بمقدار ربع نقطة مئوية لمواجهة التضخم في البلاد.",
    "Футбольный клуб объявил о подписании контракта с новым нападающим на три сезона.",
    "Meclis, yeni bütçe tasarısını uzun bir görüşmenin ardından oy çokluğuyla kabul etti.",
)
PASSING = (
    "Leaders of the region met to discuss trade, water and energy. "
    + "They agreed on a timetable for the new railway and on lower tariffs for farm goods. " * 12
    + "Elections in Syria were mentioned in the closing statement."
)


def score(text: str, title: str = "") -> float:
    vocabulary = load_vocabulary()
    one = article(text, title=title)
    return relevance(one, search_article(one, vocabulary), tag(one, vocabulary), vocabulary).score


@pytest.mark.parametrize("text", ABOUT)
def test_a_bulletin_from_syria_is_about_syria_in_every_language(text: str) -> None:
    assert score(text) >= 0.5


@pytest.mark.parametrize("text", ELSEWHERE)
def test_news_from_elsewhere_has_no_score(text: str) -> None:
    assert score(text) == 0


def test_a_passing_mention_is_not_the_subject() -> None:
    assert 0 < score(PASSING) < 0.4


def test_the_headline_weighs_more_than_the_text() -> None:
    assert score(PASSING, "Syria talks end") > score(f"Syria talks end. {PASSING}") > score(PASSING)


def test_the_evidence_names_what_was_counted_the_weightiest_first() -> None:
    vocabulary = load_vocabulary()
    one = article("Shelling hit Saraqib; Saraqib is in Syria.", title="Syria: shelling")
    found = relevance(one, search_article(one, vocabulary), tag(one, vocabulary), vocabulary)
    assert found.evidence[0] == "title: Syria x1"
    assert "Syria x1" in found.evidence
    assert any(line.startswith("place ") and line.endswith(" x2") for line in found.evidence)


def test_assyrians_are_no_syrians_and_the_grapes_syrah_no_country() -> None:
    assert score("Assyrian reliefs and a Syrah from the valley were shown at the museum for a week.") == 0
