"""Cited sources: newsrooms and classes, attributed and not. All sentences are made up."""

import pytest

from tests.tagging import tags, targets


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The road was cut, according to the news portal Al Masdar.", ["almasdarnews"]),
        ("The road was cut, Al Masdar reported.", ["almasdarnews"]),
        ("The road was cut, according to Step News Agency.", ["stepnews"]),
        ("Euphrates Post, a page with many readers, reported the flight.", ["euphratespost"]),
        ("The Observatory said the road was cut.", ["sohr"]),
        ("The spokesman told AFP the road was cut.", ["afp"]),
        ("قطع الطريق، بحسب المرصد السوري لحقوق الإنسان", ["sohr"]),
        ("أفاد المرصد بقطع الطريق", ["sohr"]),
        ("نقلت وكالة سانا عن السائقين", ["sana"]),
        ("قطع الطريق وفقا لعنب بلدي", ["enabbaladi"]),
        ("الطريق مقطوع (رويترز)", ["reuters"]),
        ("Об этом сообщает агентство САНА.", ["sana"]),
        ("Дорога перекрыта, передает РИА Новости.", ["ria"]),
        ("Дорога перекрыта со ссылкой на Anadolu.", ["anadolu"]),
    ],
)
def test_a_newsroom_beside_a_word_that_attributes_is_cited(text, expected):
    assert targets(text, "source") == expected
    assert all(one.confidence == 0.95 for one in tags(text, "source"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Opposition sources report a blast.", "anonymous.opposition_sources"),
        ("A military source told the crowd.", "anonymous.military_source"),
        ("Local sources said the road was cut.", "anonymous.local_sources"),
        ("Activists said the road was cut.", "anonymous.activists"),
        ("Pentagon spokesman Name Surname said so.", "official.us_dod"),
        ("The Russian Defense Ministry said so.", "official.russia"),
        ("Residents said the road was cut.", "anonymous.local_sources"),
        ("قالت مصادر محلية إن الطريق مقطوع", "anonymous.local_sources"),
        ("أفاد ناشطون بقطع الطريق", "anonymous.activists"),
        ("قال مصدر عسكري إن الطريق مقطوع", "anonymous.military_source"),
        ("أفاد مراسلنا بقطع الطريق", "own_correspondent"),
        ("Военный источник сообщил о взрыве.", "anonymous.military_source"),
        ("По словам очевидцев, дорога перекрыта.", "anonymous.local_sources"),
        ("Об этом сообщили в Минобороны РФ.", "official.russia"),
    ],
)
def test_classes_of_source_are_told_apart(text, expected):
    assert targets(text, "source") == [expected]


def test_a_class_that_is_also_a_group_of_people_counts_only_where_it_speaks():
    assert targets("Residents fled the road.", "source") == []
    assert targets("هرب الأهالي من الطريق", "source") == []


def test_a_military_source_with_a_name_is_a_class_of_its_own():
    text = "This was reported by a military source of the agency in the north Name Surname."
    assert targets(text, "source") == ["named_military_source"]


def test_an_outlet_does_not_cite_itself():
    text = "The road was cut, Step News Agency reported."
    assert targets(text, "source", outlet="stepnews") == []
    assert targets(text, "source", outlet="riafan") == ["stepnews"]


def test_a_chain_gives_the_relay_and_the_origin():
    text = "Opposition sources report a blast, according to the news portal Step News Agency."
    assert targets(text, "source") == ["anonymous.opposition_sources", "stepnews"]


@pytest.mark.parametrize(
    "text",
    [
        "The orient express was late.",
        "بحسب المصدر فإن الطريق مقطوع",
        "عبر الجسر القديم",
        "كانت خطوة كبيرة",
        "في الشرق الأوسط",
        "The spokesman of the Turkish Interior Ministry said so.",
        "قالت وزارة الدفاع التركية",
    ],
)
def test_a_common_word_is_no_newsroom_and_a_foreign_ministry_not_the_states(text):
    assert not {"orient", "almasdarnews", "jesr", "stepnews", "aawsat", "official.state"} & set(targets(text, "source"))


def test_the_word_before_makes_a_common_word_a_newsroom():
    assert targets("قالت قناة الجزيرة إن الطريق مقطوع", "source") == ["aljazeera"]
    assert targets("قالت صحيفة جسر إن الطريق مقطوع", "source") == ["jesr"]


def test_the_end_of_a_sentence_parts_a_name_from_the_verb():
    assert targets("He works for SANA. Reports said the road was cut.", "source") == []


def test_a_name_without_attribution_is_kept_with_little_confidence():
    (found,) = tags("Crowds gathered before the office of Step News Agency.", "source")
    assert (found.target, found.confidence, found.rule) == ("stepnews", 0.4, "outlet, named only")


def test_a_dateline_and_a_headline_cite():
    assert targets("دمشق-سانا\nوصلت القافلة", "source", outlet="sample") == ["sana"]
    assert targets("SOHR: the road is cut", "source") == ["sohr"]


def test_another_newsrooms_correspondent_is_not_the_outlets_own():
    assert targets("أفاد مراسل رويترز بقطع الطريق", "source") == ["reuters"]
