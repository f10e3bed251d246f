"""Languages of short news texts, by model and script. The sentences were written for these tests."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.language import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("قُتل ثلاثة مدنيين وأصيب آخرون بقصف مدفعي على ريف إدلب الجنوبي", "ar"),
        ("Three civilians were killed and others wounded by shelling in southern Idlib", "en"),
        ("Трое мирных жителей погибли в результате обстрела на юге провинции Идлиб", "ru"),
        ("İdlib'in güneyinde düzenlenen saldırıda üç sivil hayatını kaybetti", "tr"),
        ("Hêzên Sûriya Demokratîk daxuyand ku li gundewarê Dêrezorê sê kes hatin kuştin", "ku"),
        ("هێزەکانی ئاسایش ڕایانگەیاند کە لە گوندەکانی دێرەزوور سێ کەس کوژران", "ckb"),
        ("نیروهای ارتش سوریه در حومه جنوبی ادلب پیشروی کردند و سه نفر کشته شدند", "fa"),
        ("Trois civils ont été tués par des bombardements dans le sud d'Idleb", "fr"),
    ],
)
def test_the_language_of_one_sentence_is_told(text: str, code: str) -> None:
    found, confidence = language(text)
    assert found == code
    assert 0.25 <= confidence <= 1


@pytest.mark.parametrize(
    ("text", "code"),
    [("عاجل", "ar"), ("حلب - خاص", "ar"), ("Срочно", "ru"), ("AFP", "und"), ("12:30 — 2024", "und"), ("", "und")],
)
def test_a_word_or_two_give_the_scripts_usual_language_or_none(text: str, code: str) -> None:
    assert language(text) == (code, 0.0)


def test_names_in_latin_letters_do_not_make_an_arabic_text_english() -> None:
    assert language("قالت وكالة Reuters إن القوات قصفت مواقع قرب Tal Rifaat شمال حلب يوم الأربعاء")[0] == "ar"


def test_arabic_without_a_persian_or_kurdish_letter_is_arabic() -> None:
    assert language("قصف مدفعي على قرى جبل الزاوية")[0] == "ar"


def test_only_the_first_lines_are_read() -> None:
    assert language("Artillery shelled villages in the south of the province.\n" * 6 + "قصف " * 500)[0] == "en"


@given(st.text(max_size=400))
def test_any_text_has_a_short_code_and_a_confidence(text: str) -> None:
    code, confidence = language(text)
    assert code in ("und", "ckb") or len(code) == 2
    assert 0 <= confidence <= 1


def test_nothing_is_downloaded(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert language("Three civilians were killed in the province")[0] == "en"
