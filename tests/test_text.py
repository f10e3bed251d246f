"""What may be stored, and what two spellings of one word come to."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from contextlib import closing

import psycopg2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg2.extensions import connection as Connection

from processing.text import fold, fold_plain, join_letters, storable, tokens

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=80)  # lone surrogates included
ARABIC = st.text(st.sampled_from("اأإآٱبةهىيیکكؤئءﻻﷲ\u064b\u0651\u0640\u200f\u200c٣۴ \nABßİıéё½…“"), max_size=60)


@given(ANY_TEXT)
def test_storable_text_is_utf_8_in_nfc_without_control_characters(text: str) -> None:
    clean, changes = storable(text)
    clean.encode("utf-8")
    assert unicodedata.is_normalized("NFC", clean)
    assert not any(c < " " and c not in "\t\n" for c in clean)
    assert (clean == text) == (changes == 0)


@given(ANY_TEXT)
def test_storing_what_is_storable_changes_nothing(text: str) -> None:
    clean, _ = storable(text)
    assert storable(clean) == (clean, 0)


@pytest.fixture(scope="module")
def server(postgres_url: str) -> Iterator[Connection]:
    with closing(psycopg2.connect(postgres_url)) as connection:
        connection.autocommit = True
        yield connection


@pytest.mark.db
@settings(max_examples=50, deadline=None)
@given(text=ANY_TEXT)
def test_postgres_takes_storable_text_and_gives_it_back(server: Connection, text: str) -> None:
    clean, _ = storable(text)
    with server.cursor() as cursor:
        cursor.execute("SELECT %s::text, %s::jsonb ->> 0", (clean, json.dumps([clean])))
        assert cursor.fetchone() == (clean, clean)


@pytest.mark.parametrize(
    ("text", "clean", "changes"),
    [
        ("a\x00b", "ab", 1),
        ("a\x1b[31mb\r\n", "a[31mb\n", 2),
        ("\ud800", "\ufffd", 1),
        ("\ud83d\ude00", "\U0001f600", 2),  # the two halves of one character find each other
        ("e\u0301", "é", 1),
        ("line\n\ttab", "line\n\ttab", 0),
        ("‏حلب‎", "‏حلب‎", 0),  # direction marks are what the outlet wrote
        ("می‌روم", "می‌روم", 0),  # a zero-width joiner parts words' halves in Persian
    ],
)
def test_only_what_cannot_be_stored_is_changed_and_counted(text: str, clean: str, changes: int) -> None:
    assert storable(text) == (clean, changes)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("إدلب", "ادلب"),
        ("المدرسة", "المدرسه"),
        ("على", "علي"),
        ("مُدَرِّسَةٌ", "مدرسة"),
        ("حـــلب", "حلب"),
        ("ﺣﻠﺐ", "حلب"),
        ("٢٠٢٤", "2024"),
        ("۲۰۲۴", "2024"),
        ("‏دمشق‎", "دمشق"),
        ("کوردی", "كوردي"),
        ("ALEPPO", "aleppo"),
        ("Kobanê", "Kobane"),
        ("İDLİB", "idlib"),
        ("Ağrı", "agri"),
        ("Ёлка", "елка"),
        ("Deir ez‑Zor", "Deir ez-Zor"),
        ("Ma’arrat", "Ma'arrat"),
        ("و\u0654", "ؤ"),
    ],
)
def test_spellings_of_one_word_fold_to_one(one: str, other: str) -> None:
    assert fold_plain(one) == fold_plain(other)


@pytest.mark.parametrize(("one", "other"), [("حلب", "حلبي"), ("سوري", "سورية"), ("ء", ""), ("قصف", "قصص")])
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold_plain(one) != fold_plain(other)


@given(st.one_of(ANY_TEXT, ARABIC))
def test_folding_is_idempotent_and_the_same_with_and_without_positions(text: str) -> None:
    folded = fold_plain(text)
    assert fold_plain(folded) == folded
    assert fold(text).text == folded


@given(ARABIC)
def test_a_composed_and_a_decomposed_text_fold_to_one(text: str) -> None:
    assert fold_plain(unicodedata.normalize("NFD", text)) == fold_plain(unicodedata.normalize("NFC", text))


@given(st.one_of(ANY_TEXT, ARABIC), st.data())
def test_every_span_of_a_folded_text_leads_back_to_text_that_folds_to_it(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    begin, stop = folded.original(start, end)
    assert 0 <= begin <= stop <= len(text)
    assert folded.text[start:end] in fold_plain(text[begin:stop])


@given(st.one_of(ANY_TEXT, ARABIC), st.data())
def test_a_character_of_the_original_is_found_in_the_folded_text(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if folded.text:
        place = data.draw(st.integers(0, len(folded.text) - 1))
        begin, _ = folded.original(place, place + 1)
        assert folded.at(begin) <= place
        assert folded.original(folded.at(begin), place + 1)[0] == begin


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("\u0645\u0633\u0644\u0640.\u0640\u062d", "مسلح"),
        ("\u0642\u0640 \u0640\u062a\u0640 .\u0640\u0644", "قتل"),
        ("\u0628 \u0640\u0640 - \u0640\u0640 \u0628", "ب  ب"),
    ],
)
def test_letters_of_a_word_kept_apart_are_read_as_one_word_and_keep_their_places(written: str, meant: str) -> None:
    assert fold_plain(join_letters(written)) == meant
    assert len(join_letters(written)) == len(written)


def test_a_match_is_shown_with_the_marks_of_its_last_letter() -> None:
    text = "في مَدْرَسَةٍ قرب"
    folded = fold(text)
    start = folded.text.index("مدرسه")
    begin, stop = folded.original(start, start + 5)
    assert text[begin:stop] == "مَدْرَسَةٍ"


def test_positions_after_a_ligature_and_a_dropped_mark_are_right() -> None:
    text = "½ ﻻ حـلب"
    folded = fold(text)
    start = folded.text.index("حلب")
    begin, stop = folded.original(start, start + 3)
    assert text[begin:stop] == "حـلب"


def test_tokens_are_folded_words_and_numbers() -> None:
    assert tokens("قُتل ٣ مدنيين، في إدلب!") == ["قتل", "3", "مدنيين", "في", "ادلب"]
