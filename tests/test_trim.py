"""Lines that belong to the page and not to the article are dropped; the article's own are kept."""

from __future__ import annotations

import time

import pytest
from lxml import html

from processing.clean.trim import trim

PROSE = {
    "ar": "قال متحدث محلي إن فرق الصيانة أعادت فتح الطريق بين القريتين صباح الاثنين بعد أن أغلقته الثلوج ثلاثة أيام متواصلة.",
    "en": "A local spokesman said on Monday that repair teams had reopened the road between the two villages after three days.",
    "ru": "Представитель местных властей сообщил в понедельник, что ремонтные бригады вновь открыли дорогу между сёлами.",
    "tr": "Yerel bir sözcü pazartesi günü yaptığı açıklamada, ekiplerin iki köy arasındaki yolu yeniden açtığını söyledi.",
}
CALLS = {
    "ar": "اقرأ أيضاً: افتتاح مدرسة جديدة|تابعونا على تلغرام|شارك|الوسوم: حلب، طرق|جميع الحقوق محفوظة © 2021|ترجمة: قسم الأخبار",
    "en": "Read more: A new school opens|Sign up for our newsletter|Share this|Tags: Aleppo, roads|© 2021 The Sample",
    "ru": "Читайте также: Открыта школа|Подписывайтесь на наш канал|Поделиться|Теги: Алеппо|Фото: пресс-служба",
    "tr": "İlgili haber: Yeni okul açıldı|Bizi Telegram'dan takip edin|Paylaş|Etiketler: Halep|Tüm hakları saklıdır",
}
HEADINGS = {"ar": "مقالات ذات صلة", "en": "Related articles", "ru": "Материалы по теме", "tr": "İlgili Haberler"}


def page(*paragraphs: str) -> object:
    return html.fromstring(f"<html><body>{''.join(paragraphs)}</body></html>")


def trimmed(*lines: str, tree: object = None) -> list[str]:
    return trim("\n".join(lines), tree if tree is not None else page("<p></p>"))[0].split("\n")


@pytest.mark.parametrize(
    ("language", "call"), [(code, call) for code, calls in CALLS.items() for call in calls.split("|")]
)
def test_a_call_or_pointer_is_dropped_between_paragraphs(language: str, call: str) -> None:
    assert trimmed(PROSE[language], call, PROSE[language]) == [PROSE[language]] * 2


@pytest.mark.parametrize("language", PROSE)
def test_nothing_follows_a_heading_of_related_links(language: str) -> None:
    body = [PROSE[language]] * 3
    assert trimmed(*body, HEADINGS[language], "One", "Two") == body


@pytest.mark.parametrize("language", PROSE)
def test_prose_below_such_a_heading_is_kept(language: str) -> None:
    above, below = [PROSE[language]] * 2, [PROSE[language] * 3]
    assert trimmed(*above, HEADINGS[language], *below) == above + below


@pytest.mark.parametrize("language", PROSE)
def test_a_bulletin_of_one_sentence_stays_whole(language: str) -> None:
    assert trimmed(PROSE[language]) == [PROSE[language]]


def test_a_line_that_is_only_a_link_is_dropped() -> None:
    tree = page(
        f"<p>{PROSE['en']}</p><p><a href='/2'>A new school opens in the north</a></p>"
        "<p>See the plan: <a href='/3'>Where the five bridges will stand</a></p>"
    )
    assert trimmed(
        PROSE["en"], "A new school opens in the north", "See the plan: Where the five bridges will stand", tree=tree
    ) == [PROSE["en"]]


def test_a_sentence_that_is_a_link_and_a_link_within_a_sentence_are_kept() -> None:
    sentence = "The council meets again on the fifth of May."
    tree = page(
        f"<p>{PROSE['en']}</p><p><a href='/2'>{sentence}</a></p><p>As the <a href='/3'>council of the five villages</a> said.</p>"
    )
    kept = [PROSE["en"], sentence, "As the council of the five villages said."]
    assert trimmed(*kept, tree=tree) == kept


def test_an_entry_of_the_table_of_contents_is_no_foreign_link() -> None:
    tree = page("<a href='#plan'>What the plan says about roads</a><h2 id='plan'>What the plan says about roads</h2>")
    kept = [PROSE["en"], "What the plan says about roads", PROSE["en"]]
    assert trimmed(*kept, tree=tree) == kept


def test_a_caption_is_dropped() -> None:
    tree = page(f"<figure><img><figcaption>The reopened road</figcaption></figure><p>{PROSE['en']}</p>")
    assert trimmed("The reopened road", PROSE["en"], tree=tree) == [PROSE["en"]]


def test_a_page_these_rules_do_not_understand_stays_whole() -> None:
    lines = [f"Read more: story {number}" for number in range(20)]
    assert trim("\n".join(lines), page("<p></p>")) == ("\n".join(lines), 0)


@pytest.mark.parametrize("line", ["1" * 999 + "x", "share " * 150 + "x", "follow us " + "on " * 300, "фото" * 240])
def test_hostile_lines_take_no_time(line: str) -> None:
    started = time.process_time()
    trim("\n".join([PROSE["en"], *[line] * 50]), page("<p></p>"))
    assert time.process_time() - started < 2
