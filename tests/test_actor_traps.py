"""Names that mislead: one army's for another's, a front's for a party's, a word for whoever is meant. Sentences are made up."""

from __future__ import annotations

import pytest

from tests.tagging import tags, targets

WAR, LATER = "2019-09-07", "2025-09-10"


@pytest.mark.parametrize(
    ("text", "on", "expected"),
    [
        # SNA: the Syrian National Army, Somalia's, a news agency; SANA is another.
        ("SNA fighters, of the Syrian National Army, entered Afrin.", WAR, ["sna", "sna"]),
        ("The Somali SNA entered the town.", WAR, []),
        ("SNA news agency reported rain.", WAR, []),
        ("SANA reported rain.", WAR, []),
        # The interim government: the opposition's, and from December 2024 the state's.
        ("The Syrian Interim Government met in Azaz.", WAR, ["sig"]),
        ("The Syrian interim government signed the accord.", LATER, ["syria_transitional_gov"]),
        # The Syrian Arab Army: by date.
        ("The SAA, the Syrian Arab Army, moved.", WAR, ["saa", "saa"]),
        ("الجيش العربي السوري", LATER, ["mod_syria_new"]),
        # The order of words: Syrian Free Army and Free Syrian Army.
        ("The Syrian Free Army patrolled near Tanf.", "2023-05-01", ["sfa_tanf"]),
        ("The Free Syrian Army patrolled near Azaz.", WAR, ["fsa"]),
        ("جيش سوريا الحرة", "2023-05-01", ["sfa_tanf"]),
        ("الجيش السوري الحر", WAR, ["fsa"]),
        # A front alone is nobody's; three fronts of nearly one name are three.
        ("The National Front won the vote.", WAR, []),
        ("فازت الجبهة الوطنية بالانتخابات", WAR, []),
        ("الجبهة الوطنية للتحرير", WAR, ["nlf"]),
        ("جبهة تحرير سوريا", "2018-05-01", ["jabhat_tahrir_suriya"]),
        ("الجبهة السورية للتحرير", "2021-10-01", ["syrian_front_for_liberation"]),
        # Regime forces: by date.
        ("قوات النظام قصفت القرية", WAR, ["saa"]),
        # The Kurds are not made into a party.
        ("The Kurds attacked a post near Afrin.", WAR, ["kurds_unspecified"]),
        # Radicals are a kind of people; the words that take sides are kept.
        ("Radicals attacked a post.", WAR, ["militants_generic"]),
        # The occupation: whose, an adjective says.
        ("قوات الاحتلال التركي قصفت القرية", WAR, ["turkey_forces"]),
        ("قوات الاحتلال الإسرائيلي قصفت القرية", WAR, ["israel_idf"]),
        ("قوات الاحتلال الأمريكي قصفت القرية", WAR, ["us_forces"]),
        # The military coalition and the opposition's are two words; Saudi Arabia's is another.
        ("قصف التحالف الدولي القرية", WAR, ["coalition"]),
        ("أصدر الائتلاف الوطني السوري بيانا", WAR, ["soc"]),
        ("قصف التحالف العربي بقيادة السعودية الحديدة", WAR, ["saudi"]),
        # Nusra after January 2017.
        ("Jabhat al-Nusra shelled the road.", "2016-01-01", ["nusra"]),
        ("Jabhat al-Nusra shelled the road.", WAR, ["hts"]),
        # Self-defence units: the YPG's name in Russian; forces of duty are another.
        ("Курдские Отряды народной самообороны заняли село.", WAR, ["ypg"]),
        # Internal security: by area and date; not Lebanon's.
        ("Lebanese Internal Security Forces arrested him.", WAR, []),
        ("قوى الأمن الداخلي (الأسايش) في الحسكة", WAR, ["asayish", "asayish"]),
        # The National Guard: Suwayda's from August 2025, or another country's.
        ("The US National Guard was sent.", LATER, []),
        ("The National Guard in Suwayda shelled a post near Suwayda.", LATER, ["national_guard_suwayda"]),
        ("The National Guard shelled a post.", WAR, []),
        # Quds: only longer names.
        ("Liwa al-Quds took the village.", WAR, ["liwa_quds"]),
        ("They prayed for al-Quds.", WAR, []),
        ("سرايا القدس", WAR, []),
        # HTS after its end.
        ("HTS shelled the road.", LATER, ["mod_syria_new"]),
        # A place is a place.
        ("Hama and Raqqa were calm.", WAR, []),
        # Footnotes and asterisks.
        ("ISIS1 attacked a post. The Islamic State* denied it.", WAR, ["is", "is"]),
        ("Боевики ИГ* отступили.", WAR, ["is"]),
    ],
)
def test_a_name_that_misleads_is_read_as_what_it_is_there_and_then(text, on, expected):
    assert [one for one in targets(text, "actor", on=on) if one not in ("us_government", "militants_generic")] == [
        one for one in expected if one != "militants_generic"
    ]
    assert ("militants_generic" in expected) <= ("militants_generic" in targets(text, "actor", on=on))


@pytest.mark.parametrize(
    ("outlet", "expected"),
    [("dailysabah", "ypg"), ("sana", "hts"), ("sample", None)],
)
def test_a_word_for_the_enemy_is_read_as_its_publisher_uses_it(outlet, expected):
    found = targets("The terrorist organization shelled the town of Idlib.", "actor", outlet=outlet, on=WAR)
    assert found == ([expected] if expected else [])


def test_a_name_of_after_its_end_has_little_confidence_and_says_why():
    (found,) = tags("HTS shelled the road.", "actor", on=LATER)
    assert found.confidence <= 0.5
    assert found.matched == "HTS"


def test_words_that_take_sides_are_kept_beside_whom_they_mean():
    (found,) = tags("Radicals attacked a post.", "actor", on=WAR)
    assert (found.matched, found.rule.split(",")[0]) == ("Radicals", "loaded")
