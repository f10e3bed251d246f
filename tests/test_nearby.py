"""Bulletins so short that the comments below are the longest text of the page. The pages were made for these tests."""

from __future__ import annotations

from tests.cleaning import article

COMMENT = (
    "<p>We have been reading the same promises for years now, and nothing on our street has changed since the war "
    "began; the writer should come and see for himself before he writes another line about it.</p>"
)


def page(headline: str, bulletin: str, below: str) -> str:
    return (
        f"<html><head><title>{headline}</title></head><body><div class='a1'><h1>{headline}</h1>"
        f"<div class='b2'>{bulletin}</div></div><div class='c3'>{below}</div></body></html>"
    )


def test_a_paragraph_that_reports_the_headline_wins_over_longer_comments() -> None:
    report = "Four people were wounded when a mortar shell landed near a bread queue in the gardens quarter of Homs."
    text = article(page("Mortar shell hits bread queue in Homs", report, COMMENT * 4)).text
    assert text == report


def test_inflected_arabic_words_are_the_headlines_words() -> None:
    report = "ضبطت دورية من الأمن العام شحنة أسلحة خفيفة كانت معدّة للتهريب قرب قرية غربي حمص."
    below = (
        "<p>"
        + "نقرأ الوعود نفسها منذ سنوات ولا شيء تغيّر في حيّنا، فليأت الكاتب وليرَ بعينيه قبل أن يكتب سطراً آخر. " * 4
        + "</p>"
    )
    assert article(page("ضبط شحنة أسلحة معدة للتهريب في ريف حمص", report, below)).text == report


def test_a_paragraph_that_only_repeats_the_headline_reports_nothing() -> None:
    headline = "Evening summary of the field events of Wednesday in all provinces"
    body = (
        f"<p>{headline}</p>"
        + "<p>Shells fell on two villages before noon, and a patrol was fired at in the east.</p>" * 3
    )
    assert "Shells fell" in article(page(headline, body, "")).text
