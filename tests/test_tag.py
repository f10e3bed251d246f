"""Tagging as a whole: spans, order, determinism, and the sample bulletin of the corpus."""

import itertools
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.records import TagKind
from processing.tag import TAGGER, load_vocabulary, tag
from tests.tagging import article

CORPUS = Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus"))

NAMES = (
    "Aleppo", "Deir ez-Zor", "al-Bab", "Hama’s", "SDF", "IS", "ISIS1", "Step News Agency", "according to", "said", "Kurds",
    "حلب", "وبحلب", "للرقة", "بالحسكة", "إدلـب", "مدينة الباب", "القامـ.ـشلي", "هيئة تحرير الشام", "قال", "مصادر محلية", "دِمَشق",
    "Хомсом", "Дейр-эз-Зоре", "«Исламское государство»*", "сообщил", "боевики",
    "ﻻ", "\u200f", "é", "e\u0301", "İ", "ß", "½", "👩‍👩‍👧",
)  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=12)), max_size=30).flatmap(
    lambda parts: st.sampled_from([" ", "\n", "", ", ", ". "]).map(lambda gap: gap.join(parts))
)


@settings(max_examples=150, deadline=None)
@given(title=TEXTS, text=TEXTS)
def test_every_tag_rests_on_the_characters_it_names(title, text):
    for one in tag(article(text, title=title), load_vocabulary()):
        field = title if one.field == "title" else text
        assert field[one.start : one.end] == one.matched != ""
        assert 0 < one.confidence <= 1


@settings(max_examples=50, deadline=None)
@given(title=TEXTS, text=TEXTS)
def test_tags_are_the_same_each_time_in_order_and_never_twice(title, text):
    found = tag(article(text, title=title), load_vocabulary())
    assert found == tag(article(text, title=title), load_vocabulary())
    keys = [(one.field != "title", one.start, one.end, one.kind, one.target) for one in found]
    assert keys == sorted(set(keys))


@settings(max_examples=50, deadline=None)
@given(text=TEXTS)
def test_tags_of_one_kind_do_not_overlap(text):
    found = tag(article(text), load_vocabulary())
    for kind in TagKind:
        spans = sorted((one.start, one.end) for one in found if one.kind is kind)
        assert all(end <= begin for (_, end), (begin, _) in itertools.pairwise(spans))


def test_title_and_text_are_tagged_apart_and_carry_the_articles_identity():
    found = tag(article("Shells fell on Aleppo.", title="Blast in Homs"), load_vocabulary())
    assert [(one.field, one.target) for one in found] == [("title", "SY04"), ("text", "SY02")]
    assert {(one.key, one.content_sha256) for one in found} == {("0" * 64, "1" * 64)}
    assert {one.tagger for one in found} == {load_vocabulary().tagger}
    assert load_vocabulary().tagger.startswith(f"{TAGGER}+")


def test_a_title_tells_which_governorate_a_doubtful_name_lies_in():
    found = tag(article("Shells fell on Jasim.", title="Shelling in Daraa"), load_vocabulary())
    assert [one.target for one in found] == ["SY12", "PL-jasim-sy12"]


def test_an_empty_article_has_no_tags():
    assert tag(article(""), load_vocabulary()) == ()


@pytest.mark.corpus
def test_the_sample_bulletins_places_and_attributions_are_found():
    path = CORPUS / "sample-bulletin.txt"
    if not path.exists():
        pytest.skip(f"no corpus at {CORPUS}: set BULLETINS_CORPUS")
    found = tag(article(path.read_text(encoding="utf-8"), outlet="riafan", on="2019-09-07"), load_vocabulary())
    of_kind = {kind: [one.target for one in found if one.kind is kind] for kind in TagKind}
    assert {
        "PL-azaz-sy02", "PL-kibar-sy02", "PL-afrin-sy02", "PL-jazira-sy09",
        "PL-kafr-nabl-sy07", "PL-hish-sy07", "PL-khan-shaykhun-sy07", "PL-kafr-sajna-sy07",
    } <= set(of_kind[TagKind.PLACE])  # fmt: skip
    assert {one.governorate for one in found if one.governorate} == {"SY02", "SY07", "SY09", "SY11"}
    sources = of_kind[TagKind.SOURCE]
    assert [sources.count(name) for name in ("almasdarnews", "stepnews", "euphratespost")] == [2, 2, 1]
    assert sources.count("anonymous.opposition_sources") == 2
    assert {"named_military_source", "official.us_dod", "social_media"} <= set(sources)
    assert "riafan" not in sources
    assert {"saa", "nlf", "ypg", "hts", "sdf", "is", "coalition", "us_forces", "denmark"} <= set(of_kind[TagKind.ACTOR])
