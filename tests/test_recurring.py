"""Lines that recur in an outlet's articles are found where the articles differ, and only then."""

from __future__ import annotations

import random
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.clean.boilerplate import form
from processing.clean.naming import is_name
from processing.clean.recurring import LEAST, Read, Recurring
from processing.clean.recurring import learn as learn_with
from processing.tag import load_vocabulary

WORDS = """
    road bridge market school council water power bread river village mayor farmers teachers harvest winter repair
    opened closed promised counted planned visited finished delayed
""".split()
FOOTER = "Follow our channel for the news of the day"


def learn(texts: list[Read], *options: float, **more: float) -> tuple[Recurring, ...]:
    return learn_with(texts, partial(is_name, vocabulary=load_vocabulary()), *options, **more)


def report(number: int, sentences: int = 4) -> list[str]:
    """An article's own lines: made of common words, so that they differ as reports do."""
    chance = random.Random(number)
    return [" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(sentences)]


def reads(count: int = 10, *, below: str = "", above: str = "", title: str = "Report {}") -> list[Read]:
    """Articles that differ in everything but a line above and below."""
    made = []
    for number in range(count):
        lines = [above.format(number), *report(number), below.format(number)]
        made.append(Read(f"key{number}", title.format(number), "\n".join(filter(None, lines))))
    return made


def lines(texts: list[Read], **options: float) -> list[str]:
    return [found.line for found in learn(texts, **options)]


def test_a_line_of_many_different_articles_is_proposed_with_its_evidence() -> None:
    (found,) = learn(
        [*reads(8, below=FOOTER), *[Read(f"other{n}", f"T{n}", "\n".join(report(50 + n))) for n in range(2)]]
    )
    assert (found.line, found.count, found.share) == (FOOTER, 8, 0.8)
    assert found.examples == ("key0", "key1", "key2")


def test_numbers_make_no_difference() -> None:
    assert lines(reads(below="Views: 1{}")) == ["Views: 0"]
    assert lines(reads(below="Seen by 2,{} readers of this site")) == ["Seen by 0,0 readers of this site"]


def test_a_short_line_must_stand_in_many_articles() -> None:
    plain = [Read(f"o{n}", f"O {n}", "\n".join(report(300 + n))) for n in range(14)]
    assert lines(reads(6, below="Next post")) == ["Next post"]
    assert lines([*reads(6, below="Next post"), *plain]) == []


def test_the_spelling_that_is_printed_most_is_shown_and_all_count() -> None:
    texts = reads(3, below="تابعونا على قناة الموقع لمعرفة الأخبار") + [
        Read(f"x{n}", f"X {n}", "\n".join([*report(90 + n), "تابعونا علي قناه الموقع لمعرفه الاخبار"]))
        for n in range(2)
    ]
    (found,) = learn(texts)
    assert (found.line, found.count) == ("تابعونا على قناة الموقع لمعرفة الأخبار", 5)


def test_what_is_glued_to_the_last_paragraph_is_found() -> None:
    texts = [
        Read(read.key, read.title, f"{read.text} All rights reserved by the paper of the town.") for read in reads()
    ]
    assert lines(texts) == ["All rights reserved by the paper of the town."]


@pytest.mark.parametrize("count", [1, LEAST - 1])
def test_few_articles_are_no_evidence(count: int) -> None:
    assert lines(reads(count, below=FOOTER)) == []


def test_a_share_of_all_articles_is_asked_for() -> None:
    texts = [*reads(6, below=FOOTER), *[Read(f"o{n}", f"O {n}", "\n".join(report(100 + n))) for n in range(60)]]
    assert lines(texts) == []
    assert lines(texts, min_share=0.05) == [FOOTER]


def test_copies_of_one_report_are_no_evidence_however_many() -> None:
    copies = [Read(f"copy{n}", f"Copy {n}", "\n".join(report(1))) for n in range(20)]
    edited = [Read(f"edit{n}", f"Edit {n}", "\n".join([*report(2, 9), *report(200 + n, 1)])) for n in range(20)]
    assert lines(copies) == []
    assert lines(edited) == []


def test_reports_that_grow_by_updates_are_no_evidence() -> None:
    updates = report(3, 12)
    assert lines([Read(f"u{n}", f"Update {n}", "\n".join(updates[-n - 1 :])) for n in range(12)]) == []


def test_one_title_counts_once() -> None:
    assert lines(reads(below=FOOTER, title="News in brief")) == []


def test_a_line_that_is_most_of_its_articles_is_theirs() -> None:
    long = "The office publishes the prices of bread and water in all markets of the town as it has done for years " * 5
    texts = [Read(f"k{n}", f"Prices {n}", f"{report(n, 1)[0][:60]}\n{long}") for n in range(10)]
    assert lines(texts) == []


@pytest.mark.parametrize(
    "line",
    [
        "Idlib:", "Countryside of the north and its towns:", "ريف حلب:", "ريف حلب الشمالي والشرقي",
        "محافظة ادلب وريفها الجنوبي", "Idlib", "Deir ez Zor", "Reuters", "وكالة الأنباء", "North Aleppo", "Damascus",
        "Source: Sample Press Agency of the Town",
        "(Source: Press Office) Twitter", "المصدر: وكالة الأنباء في المدينة", "By A Reporter of ours",
        "Damascus - Sample Agency (A. Reporter)", "إدلب – وكالة المثال", "Killed: {}", "عدد الشهداء اليوم في المدينة: {}",
        "- {} of the brigade from the north", "• three of the second division", "{} of the local council in the town", "AFP",
        "دير الزور",
        "رويترز - وكالات", "Wounded in all provinces today: {}", "{}",
    ],
)  # fmt: skip
def test_places_headings_sources_and_counts_of_victims_are_never_proposed(line: str) -> None:
    assert lines(reads(below=line)) == []
    assert lines(reads(above=line)) == []


@pytest.mark.parametrize(
    "line", ["Deir ez-Zor", "جبل الزاوية", "ريف حلب الشمالي", "Idlib city", "AFP", "قسد", "Идлиб", "سورية"]
)
def test_a_name_is_told_from_a_line(line: str) -> None:
    assert is_name(line, load_vocabulary())


@pytest.mark.parametrize("line", ["Next post", "Comments are closed.", "اخترنا لك", FOOTER, "Idlib market reopened"])
def test_a_line_of_other_words_is_no_name(line: str) -> None:
    assert not is_name(line, load_vocabulary())


def test_a_sentence_of_background_needs_more_than_a_few_reports() -> None:
    background = "The agreement on the zone was signed by the two governments in May of that year after long talks."
    plain = [Read(f"o{n}", f"O {n}", "\n".join(report(300 + n))) for n in range(14)]
    assert lines([*reads(6, below=background), *plain]) == []


def test_nothing_unprintable_is_proposed() -> None:
    assert lines(reads(below="Follow our\u202e channel\x9b31m for the news")) == ["Follow our channel0m for the news"]


ARTICLES = st.lists(
    st.builds(
        Read,
        st.sampled_from([f"k{n}" for n in range(30)]),
        st.text("ab1 ", max_size=4),
        st.lists(st.sampled_from([*report(1, 6), FOOTER, "Views: 5", "Views: 77", "ريف حلب:", "a b c d", ""])).map(
            "\n".join
        ),
    ),
    unique_by=lambda read: read.key,
)


@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_articles_makes_no_difference(texts: list[Read], chance: random.Random) -> None:
    shuffled = list(texts)
    chance.shuffle(shuffled)
    assert learn(texts, 1, 0.01) == learn(shuffled, 1, 0.01)


@settings(max_examples=50)
@given(ARTICLES)
def test_what_is_proposed_stands_in_the_articles_it_names(texts: list[Read]) -> None:
    by_key = {read.key: read.text for read in texts}
    for found in learn(texts, 1, 0.01):
        assert 1 <= found.count <= len(texts)
        assert 0 < found.share <= 1
        assert all(form(found.line) in form(by_key[key]) for key in found.examples)
        assert form(form(found.line)) == form(found.line)
