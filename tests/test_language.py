"""Languages of short news texts, by model and script. The sentences were written for these tests."""

from __future__ import annotations

import socket
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.language import language, passages

# Paragraphs of the languages that Syrian outlets also publish or quote in; benchmarks/language.py mixes them.
PARAGRAPHS = {
    "ku": [
        "Hêzên Sûriya Demokratîk îro ragihand ku li gundewarê Dêrezorê sê endamên wan di êrîşeke çekdarî de birîndar bûne.",
        "Şêniyên bajarê Qamişlo li dijî qutbûna avê û ceyranê li ber avahiya rêveberiyê kom bûn û daxwaza çareseriyê kirin.",
        "Li gorî çavkaniyên herêmî, sê malbat ji ber topbaranê ji malên xwe koç kirin û ber bi rojavayê bajêr ve çûn.",
    ],
    "ckb": [
        "هێزەکانی ئاسایش ڕایانگەیاند کە لە گوندەکانی دەوروبەری دێرەزوور سێ کەس لە هێرشێکی چەکداریدا بریندار بوون.",
        "دانیشتووانی شاری قامیشلۆ بەهۆی پچڕانی ئاو و کارەباوە لەبەردەم باڵەخانەی بەڕێوەبەرایەتی کۆبوونەوە.",
        "بەپێی سەرچاوە ناوخۆییەکان، سێ خێزان بەهۆی تۆپبارانەوە ماڵەکانیان بەجێهێشت و بەرەو ڕۆژئاوای شار ڕۆیشتن.",
    ],
    "fa": [
        "منابع محلی اعلام کردند که در حمله توپخانه‌ای به روستاهای جنوب ادلب سه غیرنظامی کشته و چند نفر دیگر زخمی شدند.",
        "ساکنان شهر قامشلی در اعتراض به قطع آب و برق مقابل ساختمان شهرداری تجمع کردند و خواستار رسیدگی شدند.",
        "وزارت خارجه در بیانیه‌ای گفت که گفتگوها درباره بازگشت آوارگان هفته آینده از سر گرفته خواهد شد.",
    ],
    "fr": [
        "Trois civils ont été tués et plusieurs autres blessés dans des bombardements qui ont visé le sud de la région d'Idleb.",
        "Des habitants de Qamichli se sont rassemblés devant la mairie pour protester contre les coupures d'eau.",
        "Selon des sources locales, trois familles ont quitté leur maison à cause des tirs et se sont dirigées vers l'ouest.",
    ],
    "he": [
        "מקורות מקומיים מסרו כי שלושה אזרחים נהרגו ואחרים נפצעו בהפגזה ארטילרית על כפרים בדרום מחוז אידליב.",
        "תושבי העיר קמישלי התאספו מול בניין העירייה במחאה על הפסקות המים והחשמל ודרשו פתרון מיידי.",
        "לפי דובר הצבא, המשלחת תגיע בשבוע הבא כדי לדון בחזרת העקורים לבתיהם ובהעברת הסיוע.",
    ],
}


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


def test_a_text_in_one_language_has_no_passages() -> None:
    text = "\n".join(["Artillery shelled villages in the south of the province on Monday, residents said."] * 4)
    assert passages(text, "en") == ()


@pytest.mark.parametrize("code", sorted(PARAGRAPHS))
def test_a_paragraph_in_another_language_is_told_with_its_place(code: str) -> None:
    arabic = "قالت مصادر محلية إن قصفاً مدفعياً استهدف قرى في ريف إدلب الجنوبي ما أدى إلى إصابة ثلاثة مدنيين بجروح."
    text = "\n".join([arabic, arabic, PARAGRAPHS[code][0], arabic])
    found = passages(text, "ar")
    assert [one.language for one in found] == ["ar", code, "ar"]
    assert text[found[1].start : found[1].end] == PARAGRAPHS[code][0]


def test_a_name_or_a_title_in_other_letters_is_no_change_of_language() -> None:
    text = "قالت وكالة الأنباء إن القصف استمر حتى المساء في ريف حماة.\nReuters\nوأضافت الوكالة أن الطرق إلى المدينة مقطوعة."
    assert passages(text, "ar") == ()


@given(
    st.lists(st.sampled_from(sorted(line for found in PARAGRAPHS.values() for line in found)), min_size=2, max_size=6)
)
def test_passages_follow_one_another_and_cover_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    found = passages(text, "en")
    assert found[0].start == 0
    assert found[-1].end == len(text)
    assert all(one.end + 1 == after.start for one, after in pairwise(found))
    assert all(one.language != after.language for one, after in pairwise(found))
