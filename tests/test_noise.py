"""What counters, clocks and the day's date change in a text makes no other text of it; anything else does."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing import noise
from processing.noise import Printed, is_same_text

FIRST = dt.datetime(2026, 3, 14, 1, 0, tzinfo=dt.UTC)  # a Saturday
LATER = dt.datetime(2026, 3, 17, 1, 0, tzinfo=dt.UTC)
BODY = (
    "Three shells fell on the outskirts of Saraqib on Friday, the outlet's reporter said.",
    "سقطت ثلاث قذائف على أطراف سراقب يوم الجمعة، وقال مراسلنا إن الأضرار مادية.",
    "Three people were injured, among them a child.",
    "По словам источника, трое пострадавших доставлены в больницу.",
    "The road to Ariha was closed until the evening.",
    "وأُغلق الطريق إلى أريحا حتى المساء.",
    "No side has said that it fired.",
)


def same(before: str, after: str, *, place: int = 0, title: str = "Shelling near Saraqib") -> bool:
    """Compare a text that has the line `before` with the same three days later with the line `after`; empty: no line."""
    texts = []
    for line in (before, after):
        lines = [*BODY[:place], *filter(None, [line]), *BODY[place:]]
        texts.append("\n".join(lines))
    one, other = Printed("Shelling near Saraqib", texts[0], FIRST), Printed(title, texts[1], LATER)
    assert is_same_text(one, other) is is_same_text(other, one)
    return is_same_text(one, other)


@pytest.mark.parametrize("place", [0, 4, 7])
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Views: 1,234", "Views: 9"), ("1,234 views", "1.2k views"), ("Read 12 times", "Read 150 times"),
        ("Comments (0)", "Comments (14)"), ("12 shares | 3 comments", "19 shares | 8 comments"), ("", "88 views"),
        ("3 min read", "4 min read"), ("Reading time: 3 minutes", "Reading time: 4 minutes"),
        ("1234 مشاهدة", "5678 مشاهدة"), ("عدد المشاهدات: ١٢٣", "عدد المشاهدات: ٤٥٦"), ("المشاهدات 12", "المشاهدات 13"),
        ("وقت القراءة: 3 دقائق", "وقت القراءة: 4 دقائق"), ("تمت قراءته 12 مرة", "تمت قراءته 99 مرة"),
        ("Просмотров: 88", "Просмотров: 91"), ("88 просмотров", "1 просмотр"), ("Комментарии: 5", "Комментарии: 6"),
        ("Время чтения: 3 мин.", "Время чтения: 4 мин."), ("Поделились: 5", "Поделились: 7"),
        ("Updated 5 minutes ago", "Updated 3 days ago"), ("5 minutes ago", "3 days ago"),
        ("آخر تحديث: منذ 5 دقائق", "آخر تحديث: منذ يومين"), ("منذ ساعة", "منذ 3 أيام"),
        ("Обновлено 5 минут назад", "Обновлено 3 дня назад"), ("Last updated: 14 March 2026", "Last updated: 16 March 2026"),
        ("Saturday, 14 March 2026", "Tuesday, 17 March 2026"), ("السبت 14 آذار 2026", "الثلاثاء 17 آذار 2026"),
        ("السبت 14 آذار 2026 - 25 رمضان 1447 هـ", "الثلاثاء 17 آذار 2026 - 28 رمضان 1447 هـ"),
        ("Суббота, 14 марта 2026 г.", "Вторник, 17 марта 2026 г."), ("14/03/2026 03:00", "17/03/2026 04:15"),
        ("Published 2 March 2026 | 22 views", "Published 2 March 2026 | 35 views"),
    ],
)  # fmt: skip
def test_a_line_of_counters_or_of_the_day_makes_no_other_text(before, after, place):
    assert same(before, after, place=place)


def test_a_clock_in_the_frame_makes_no_other_text_and_the_time_of_an_item_does():
    assert same("12:45", "16:20")
    assert same("16:20 بتوقيت دمشق", "12:45 بتوقيت دمشق", place=7)
    assert not same("12:45", "16:20", place=4)


def test_the_articles_own_dateline_is_not_taken_for_todays_date():
    assert same("14 March 2026", "14 March 2026")
    assert not same("2 March 2026", "5 March 2026")  # neither was the day it was fetched
    assert not same("14 March 2026", "2 March 2026")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("The toll rose to 3.", "The toll rose to 7."), ("3 killed", "7 killed"), ("3 قتلى", "7 قتلى"),
        ("Погибли 3", "Погибли 7"), ("Updated toll: 3 killed", "Updated toll: 7 killed"), ("3", "7"),
        ("تحديث: 3 قتلى", "تحديث: 7 قتلى"), ("Обновлено: 3 погибших", "Обновлено: 7 погибших"),
        ("They came on 14 March 2026.", "They came on 17 March 2026."), ("The video has 1,234 views.", "The video has 9 views."),
        ("وقع القصف يوم السبت", "وقع القصف يوم الثلاثاء"), ("It was fired 2 hours ago.", "It was fired 3 hours ago."),
        ("Обстрел начался в 12:45", "Обстрел начался в 16:20"), ("SANA said so.", ""), ("", "The army denied it."),
        ("Published 2 March 2026 | 22 views", "Published 3 March 2026 | 22 views"), ("Killed: 3 shares", "Killed: 7 shares"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", [0, 4, 7])
def test_whatever_else_changes_makes_another_text(before, after, place):
    assert not same(before, after, place=place)


def test_another_title_or_order_makes_another_text_and_a_text_of_noise_alone_is_no_match():
    assert not same("1 views", "2 views", title="Shelling near Ariha")
    one = Printed("T", "\n".join(BODY), FIRST)
    assert not is_same_text(one, Printed("T", "\n".join(reversed(BODY)), LATER))
    assert not is_same_text(Printed("T", "1 views", FIRST), Printed("T", "2 views", LATER))


WORDS = st.sampled_from(
    "killed wounded shells the in of March views updated minutes ago قتلى قذائف مشاهدة آذار منذ دقائق в погибли просмотров "
    "марта назад снарядов".split()
)
PLAIN = st.sampled_from(["killed", "shells", "قتلى", "قذائف", "погибли", "снарядов"])  # a word of news
NOISE = st.sampled_from(["", "Views: {}", "{} مشاهدة", "Просмотров: {}", "Updated {} minutes ago", "منذ {} دقائق"])
NUMBERS = st.integers(0, 9999)


@st.composite
def sentences(draw):
    """A line with a number and a word of news in it, and the same line with another number."""
    words = [draw(PLAIN), *draw(st.lists(WORDS, max_size=8))]
    words = draw(st.permutations(words))
    place = draw(st.integers(0, len(words)))
    one = draw(NUMBERS)
    other = draw(NUMBERS.filter(lambda number: number != one))
    return tuple(" ".join((*words[:place], str(number), *words[place:])) for number in (one, other))


@given(sentences(), NOISE, NUMBERS, NUMBERS, st.integers(0, 7), st.integers(0, 7))
def test_a_number_that_changes_in_a_sentence_always_makes_another_text(changed, noise, one, other, place, noise_place):
    def text(sentence: str, number: int) -> str:
        lines = [*BODY[:place], sentence, *BODY[place:]]
        return "\n".join([*lines[:noise_place], *filter(None, [noise.format(number)]), *lines[noise_place:]])

    before, after = Printed("T", text(changed[0], one), FIRST), Printed("T", text(changed[1], other), LATER)
    assert not is_same_text(before, after)
    assert not is_same_text(after, before)


@given(NOISE.filter(bool), NUMBERS, NUMBERS, st.integers(0, 7))
def test_a_counter_that_changes_never_makes_another_text(noise, one, other, place):
    assert same(noise.format(one), noise.format(other), place=place)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_two_texts_can_be_compared(one, other):
    assert is_same_text(Printed("T", f"{BODY[0]}\n{one}", FIRST), Printed("T", f"{BODY[0]}\n{one}", LATER))
    assert is_same_text(Printed("T", one, FIRST), Printed("T", other, LATER)) in (True, False)


def test_a_number_of_a_counter_is_taken_whole_and_a_line_of_numbers_is_none():
    table = "A table of prices.\n" + "1 " * 40 + "lira\nThe day ended."
    for before, after, same in [("Views: 1 234 567", "Views: 1 234 999", True), ("1 234 views", "9 views", True)]:
        assert is_same_text(*(Printed("t", f"{table}\n{line}", FIRST) for line in (before, after))) is same
    assert not is_same_text(Printed("t", table, FIRST), Printed("t", table.replace("1 lira", "2 lira"), FIRST))


def test_texts_that_differ_in_hundreds_of_lines_are_two_texts_and_not_looked_into(monkeypatch):
    looked = []
    monkeypatch.setattr(noise, "_without_counters", lambda line: looked.append(line) or line)
    one, other = ("\n".join(f"{n + more} reads" for n in range(0, 40_000, 2)) for more in (0, 1))
    assert not is_same_text(Printed("t", one, FIRST), Printed("t", other, FIRST))
    assert not looked


def test_lines_that_both_printings_have_are_not_looked_into(monkeypatch):
    looked = []
    monkeypatch.setattr(noise, "_without_counters", lambda line: looked.append(line) or line)
    is_same_text(Printed("t", "the same\n5 reads", FIRST), Printed("t", "the same\n6 reads", FIRST))
    assert set(looked) == {"5 reads", "6 reads"}


@pytest.mark.parametrize(
    "line", ["السبت, ٢١ ديسمبر ٢٠٢٤, ١٤:٣١", "Saturday, 21 December 2024, 14:31", "21 декабря 2024 года, 14:31"]
)
def test_a_line_that_is_a_date_alone_is_told(line):
    assert noise.is_date_line(line)


@pytest.mark.parametrize(
    "line", ["On 21 December 2024 three were killed.", "14:31", "21", "December", "", "21 December " * 20]
)
def test_any_other_line_is_none(line):
    assert not noise.is_date_line(line)
