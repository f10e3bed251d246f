"""Actors: the article's date, acronyms, traps, words of fighting. All sentences are made up."""

import pytest

from tests.tagging import matched, tags, targets

BEFORE, AFTER = "2024-12-07", "2024-12-09"


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("The Syrian Arab Army", "saa", "mod_syria_new"),
        ("The Syrian army", "saa", "mod_syria_new"),
        ("The government forces", "saa", "mod_syria_new"),
        ("Units of الجيش العربي السوري", "saa", "mod_syria_new"),
        ("الجيش السوري", "saa", "mod_syria_new"),
        ("Сирийская армия", "saa", "mod_syria_new"),
        ("The Syrian government", "assad_government", "syria_transitional_gov"),
        ("السلطات السورية", "assad_government", "syria_transitional_gov"),
    ],
)
def test_one_name_means_another_side_after_8_december_2024(name, old, new):
    assert targets(f"{name} moved north.", "actor", on=BEFORE) == [old]
    assert targets(f"{name} moved north.", "actor", on=AFTER) == [new]


def test_damascus_that_speaks_changes_side_as_well():
    assert targets("Damascus rejected the offer.", "actor", on=BEFORE) == ["assad_government"]
    assert targets("Damascus rejected the offer.", "actor", on=AFTER) == ["syria_transitional_gov"]


def test_without_a_publication_date_the_day_of_the_fetch_decides():
    import dataclasses

    from processing.tag import load_vocabulary, tag
    from tests.tagging import article

    undated = dataclasses.replace(article("The Syrian army moved.", on=AFTER), published=None)
    assert [one.target for one in tag(undated, load_vocabulary())] == ["mod_syria_new"]


def test_a_name_of_its_own_outside_its_years_is_kept_with_less_confidence():
    (found,) = tags("Jaysh Khalid ibn al-Walid once held the valley.", "actor", on="2022-01-01")
    assert (found.target, found.confidence) == ("jaysh_khalid", 0.5)
    assert "outside its years" in found.rule


def test_a_name_carried_on_by_its_users_is_the_successor():
    assert targets("Jabhat al-Nusra shelled the road.", "actor", on="2015-01-01") == ["nusra"]
    (later,) = tags("Jabhat al-Nusra shelled the road.", "actor", on="2020-01-01")
    assert (later.target, later.confidence) == ("hts", 0.5)
    assert targets("HTS shelled the road.", "actor", on="2020-01-01") == ["hts"]
    (last,) = tags("HTS shelled the road.", "actor", on="2025-06-01")
    assert (last.target, last.confidence) == ("mod_syria_new", 0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The SDF and the YPG withdrew.", ["sdf", "ypg"]),
        ("The sdf file was opened.", []),
        ("It is said that this is so.", []),
        ("IS claimed the blast.", ["is"]),
        ("THIS IS A HEADLINE", []),
        ("A reader wrote. WHO IS THE WINNER? Nobody knows.", []),
        ("US strikes hit IS in the east.", ["us_forces", "is"]),
        ("Боевики ИГ отступили.", ["militants_generic", "is"]),
        ("Иг и слов.", []),
        ("СДС и ХТШ отступили.", ["sdf", "hts"]),
    ],
)
def test_an_acronym_counts_in_its_own_letters_only(text, expected):
    assert targets(text, "actor") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ISIS1 claimed the blast.", "ISIS"),
        ("“Islamic State” 1 claimed the blast.", "Islamic State"),
        ("“Islamic State”1 claimed the blast.", "Islamic State"),
        ("ИГИЛ* взяло ответственность.", "ИГИЛ"),
        ("Джебхат ан-Нусра* отступила.", "Джебхат ан-Нусра"),
        ("Хайят Тахрир аш-Шам2 отступила.", "Хайят Тахрир аш-Шам"),
    ],
)
def test_the_mark_of_a_footnote_is_not_part_of_a_name(text, expected):
    assert expected in matched(text, "actor")


def test_a_rare_acronym_counts_where_its_name_stands():
    assert targets("The MIT published a paper.", "actor") == []
    assert targets("Turkish intelligence (MIT) held a meeting.", "actor") == ["turkey_mit", "turkey_mit"]


def test_a_word_for_any_organisation_counts_where_its_bearer_is_named():
    assert targets("أعلن التنظيم مسؤوليته", "actor") == []
    assert targets("تبنى داعش الهجوم، وأعلن التنظيم مسؤوليته", "actor") == ["is", "is"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SNA news agency wrote it.", []),
        ("The SNA shelled the road.", ["sna"]),
        ("The Free Syrian Army and the Syrian Free Army are two.", ["fsa", "sfa_tanf"]),
        ("جيش سوريا الحرة ليس الجيش السوري الحر", ["sfa_tanf", "fsa"]),
        ("The National Front won seats.", []),
        ("الجبهة الوطنية فازت بمقاعد", []),
        ("قصفت الجبهة الوطنية للتحرير الموقع", ["nlf"]),
        ("قصفت جبهة تحرير سوريا الموقع", ["jabhat_tahrir_suriya"]),
        ("قصفت الجبهة السورية للتحرير الموقع", ["syrian_front_for_liberation"]),
        ("اجتمع الاحتلال", []),
        ("قصف طيران التحالف الموقع", ["coalition"]),
        ("قصف التحالف العربي اليمن", []),
        ("Quds is a city.", []),
        ("The Quds Force and Liwa al-Quds met.", ["iran_irgc", "liwa_quds"]),
        ("كتائب حزب الله غير حزب الله", ["kataib_hezbollah_iq", "hezbollah"]),
        ("The Lebanese Internal Security Forces arrived.", []),
    ],
)
def test_names_that_differ_by_a_word_are_kept_apart(text, expected):
    assert targets(text, "actor", on="2019-09-07") == expected


def test_kurds_are_an_actor_where_they_fight():
    assert targets("Kurds celebrated the new year.", "actor") == []
    assert targets("Kurds exchange blows with their rivals.", "actor") == ["kurds_unspecified"]
    assert targets("احتفل الأكراد بالعيد", "actor") == []
    assert targets("هاجم الأكراد الموقع", "actor") == ["kurds_unspecified"]


def test_self_defence_units_are_the_ypg_for_russian_outlets_or_beside_its_acronym():
    text = "Clashes with the Self-Defense Units continued."
    assert targets(text, "actor") == []
    assert targets(text, "actor", outlet="riafan") == ["ypg"]
    assert targets("The Self-Defense Units (YPG) withdrew.", "actor") == ["ypg", "ypg"]


def test_internal_security_is_resolved_by_date_and_area():
    text = "انتشرت قوى الأمن الداخلي"
    assert targets(f"{text} في القامشلي", "actor", on="2023-01-01") == ["asayish"]
    assert targets(f"{text} في حمص", "actor", on="2025-06-01") == ["moi_syria_new"]
    assert targets(f"{text} في القامشلي", "actor", on="2025-06-01") == ["asayish"]
    assert targets(f"{text} اللبناني في طرابلس", "actor", on="2023-01-01") == []


def test_the_national_guard_is_suwaydas_only_there_and_since_its_founding():
    text = "The National Guard blocked the road near Suwayda."
    assert targets(text, "actor", on="2025-09-01") == ["national_guard_suwayda"]
    assert targets(text, "actor", on="2024-09-01") == []
    assert targets("The National Guard blocked the road near Riyadh.", "actor", on="2025-09-01") == []


def test_the_interim_government_is_the_oppositions_with_capitals_and_before_the_change():
    assert targets("The Syrian Interim Government met.", "actor", on="2022-01-01") == ["sig"]
    assert targets("The Syrian interim government met.", "actor", on="2025-06-01") == ["syria_transitional_gov"]


def test_a_house_style_is_read_by_its_outlet():
    text = "The terrorist organization shelled the road."
    assert targets(text, "actor", outlet="anadolu") == ["ypg"]
    assert targets(text, "actor", outlet="sample") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Войска Сирийской арабской армии отступили.", ["saa"]),
        ("Бои с отрядами курдов.", ["kurds_unspecified"]),
        ("Удар по боевикам и террористам.", ["militants_generic", "militants_generic"]),
        ("Обстрел правительственных войск.", ["saa"]),
        ("Встреча с представителями Сирийских демократических сил.", ["sdf"]),
    ],
)
def test_russian_names_agree_in_their_cases(text, expected):
    assert targets(text, "actor") == expected


@pytest.mark.parametrize("plural", ["المسلحون", "المسلحين", "والمسلحين", "للإرهابيين"])
def test_arabic_plurals_are_found_in_both_cases(plural):
    assert targets(f"انسحب {plural} ليلا", "actor") == ["militants_generic"]


def test_a_loaded_term_says_so_in_its_rule():
    (found,) = tags("Kurdish radicals fired on the road.", "actor")
    assert (found.target, found.matched) == ("kurds_unspecified", "Kurdish radicals")
    assert found.rule.startswith("loaded")
