"""Texts as the outlets really write them: stored as written, whatever an extractor thinks of their characters."""

from __future__ import annotations

from html import escape

import pytest

from crawlers.records import CleanRules
from tests.cleaning import ARABIC, ENGLISH, MENU, article, html, page

PERSIAN = [
    "گزارش‌ها می‌گویند که سه غیرنظامی در حمله توپخانه‌ای به روستاهای جنوب ادلب کشته شده‌اند.",
    "ساکنان روستاها می‌گویند که گلوله‌ها از نزدیکی بزرگراه شلیک شده‌اند و کسی مسئولیت آن را نپذیرفت.",
]
SPLIT = ["قتـ.ـل مدنيان في قصـ.ـف على إدلـ.ـب صباح اليوم الثلاثاء بحسب الأهالي.", *ARABIC[1:]]
FORMS = ["ﺃﻋﻠﻨﺖ ﻣﺪﻳﺮﻳﺔ ﺯﺭﺍﻋﻴﺔ ﻓﻲ ﺭﻳﻒ ﺩﻳﺮ ﺍﻟﺰﻭﺭ ﺍﻧﻄﻼﻕ ﻣﻮﺳﻢ ﺣﺼﺎﺩ ﺍﻟﺸﻌﻴﺮ ﻫﺬﺍ ﺍﻟﻌﺎﻡ.", *ARABIC[1:]]
DIRECTED = [
    "قالت وكالة \u202aReuters\u202c إن القصف\u200f استمر\u200b حتى مساء يوم الثلاثاء\u200e في ريف المحافظة.",
    *ARABIC[1:],
]
FOOTNOTES = [
    "Fighters of ISIS1 and Jabhat al-Nusra2 attacked the town on Tuesday morning, the agency said [3].",
    "1 Banned in the Russian Federation.",
    *ENGLISH[1:],
]


def in_body(markup: str) -> str:
    return html([]).replace("<div class='entry-content'></div>", f"<div class='entry-content'>{markup}</div>")


@pytest.mark.parametrize(
    "paragraphs", [PERSIAN, SPLIT, FORMS, DIRECTED, FOOTNOTES], ids="joiners split forms directions footnotes".split()
)
@pytest.mark.parametrize("rules", [None, CleanRules(body=(".entry-content",))], ids=["found", "declared"])
def test_letters_and_unseen_marks_are_stored_as_they_were_written(
    paragraphs: list[str], rules: CleanRules | None
) -> None:
    assert article(page(html(paragraphs)), rules).text == "\n".join(paragraphs)


def test_marks_written_as_entities_are_the_same() -> None:
    markup = "".join(f"<p>{line}</p>" for line in PERSIAN).replace("\u200c", "&zwnj;")
    assert article(in_body(markup)).text == "\n".join(PERSIAN)


def test_marks_behind_a_comment_are_kept_too() -> None:
    first, second = PERSIAN
    markup = f"<p>{first.replace(' که', '<!-- ad --> که', 1)}</p><p>{second}</p>"
    assert article(in_body(markup)).text == "\n".join(PERSIAN)


@pytest.mark.parametrize("times", [1, 2])
def test_a_body_whose_markup_was_escaped_is_read_as_markup(times: int) -> None:
    markup = "".join(f"<p>{paragraph} &amp; &quot;more&quot;</p>" for paragraph in ARABIC)
    for _ in range(times):
        markup = escape(markup)
    made = article(in_body(markup))
    assert made.text == "\n".join(f'{paragraph} & "more"' for paragraph in ARABIC)
    assert "unescaped" in made.rules


def test_a_sign_of_less_in_a_text_is_no_markup() -> None:
    text = ["The index fell to < 40 points, its lowest since the spring, the bank said on Tuesday.", *ENGLISH]
    assert article(html(text)).text == "\n".join(text)


@pytest.mark.parametrize(
    "markup",
    [
        "<br><br>".join(ARABIC),
        "<br/>\n<br/>\n".join(ARABIC),
        "".join(f"<div><span>{paragraph}</span></div>" for paragraph in ARABIC),
        "".join(f"<p dir=rtl><font face=Tahoma><b>{paragraph}</b></font></p>" for paragraph in ARABIC),
        "<pre>" + "\n\n".join(ARABIC) + "</pre>",
    ],
    ids="breaks|breaks in lines|spans|fonts|pre".split("|"),
)
def test_paragraphs_come_apart_however_they_are_parted(markup: str) -> None:
    assert article(in_body(markup)).text == "\n".join(ARABIC)


def test_a_whole_page_in_one_division_gives_its_lines() -> None:
    body = f"<html><title>Shells strike two villages</title><body><div>{MENU}<h2>Shells strike two villages</h2>"
    made = article(body + "<br>".join(ENGLISH) + "<br>© Example News 2012</div></body></html>")
    assert made.text == "\n".join(ENGLISH)


def test_what_cannot_be_stored_is_dropped_and_flagged() -> None:
    made = article(html(["Shells\x00 struck two villages in\x07 the south of the province on Tuesday."]))
    assert made.text == "Shells struck two villages in the south of the province on Tuesday."
    assert "unstorable_characters" in made.flags


def test_a_few_broken_bytes_in_an_english_page_are_marked_and_do_not_cost_the_page() -> None:
    made = article(
        page(html(ENGLISH).encode().replace(b"villages", b"villages\x9d\xd8\x81", 1).replace("©".encode(), b""))
    )
    assert "damaged_characters" in made.flags


def test_a_selector_may_name_the_cell_of_a_table_that_lays_out_the_page() -> None:
    cell = "".join(f"<p>{paragraph}</p>" for paragraph in ENGLISH)
    body = f"<table><tr><td class='menu'>News</td><td class='text'>{cell}</td></tr></table>"
    made = article(in_body(body), CleanRules(body=("td.text",)))
    assert made.text == "\n".join(ENGLISH)
    assert "body td.text" in made.rules
