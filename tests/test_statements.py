"""Statements of a text: what goes on with what, what sums up what, on whose word, and what is no event."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from processing.statements.focus import rank_governorates
from processing.statements.lexicon import load_lexicon
from processing.statements.records import NumberKind, RoleKind, Standing
from processing.statements.toll import article_toll, statement_toll
from processing.tag import load_vocabulary
from tests.texts import stated

DIGEST = """\
Briefly about the day:

Syrian army: shelled the outskirts of Saraqib in Idlib province.

Coalition: carried out reconnaissance flights over Deir ez-Zor.

Idlib Province:

Syrian army units shelled the outskirts of Saraqib with artillery, according to Step News Agency. \
Two fighters of Hayat Tahrir al-Sham were killed.

Deir ez-Zor Province:

Reconnaissance aircraft of the international coalition flew over al-Busayrah at night, local sources reported.
"""


def only(text: str, **changes: str):
    [one] = stated(text, **changes)
    return one


def sources(one) -> list[str]:
    return [link.source for link in one.chain]


def test_briefs_point_to_the_sections_that_tell_the_same_and_are_not_counted():
    found = stated(DIGEST, outlet="riafan")
    counted = [one for one in found if not one.summary_of]
    assert [one.event_type for one in counted] == ["remote.shelling", "recon.flight"]
    assert [[found[number] for number in one.summary_of] for one in found if one.summary_of] == [
        [counted[0]],
        [counted[1]],
    ]


def test_a_sentence_that_only_gives_the_dead_goes_on_with_the_event_before_it():
    shelling = next(one for one in stated(DIGEST, outlet="riafan") if one.numbers)
    assert shelling.event_type == "remote.shelling"
    assert [(number.kind, number.low) for number in shelling.numbers] == [(NumberKind.KILLED, 2)]


def test_a_title_that_the_text_tells_again_is_a_summary_of_it():
    title, told = stated(
        "Two people were killed when shelling hit Saraqib on Saturday.", title="Shelling kills two in Saraqib"
    )
    assert (title.field, title.summary_of, told.summary_of) == ("title", (told.number,), ())


def test_a_number_that_is_not_known_is_null_and_one_that_is_none_is_zero():
    unknown = only("Shelling hit Saraqib. No casualties were reported from the shelling.")
    none = only("Shelling hit Saraqib without casualties.")
    assert [(number.low, number.high) for number in (*unknown.numbers, *none.numbers)] == [(None, None), (0, 0)]


def test_a_toll_of_years_is_cumulative_and_never_that_days():
    one = only("The coalition killed at least 1300 civilians in Syria since August 2014.")
    assert one.standing is Standing.CUMULATIVE
    assert statement_toll(one, NumberKind.KILLED) is None


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Two people were killed in shelling of Saraqib.", []),
        ("Shelling hit Saraqib, local sources said.", ["anonymous.local_sources"]),
        (
            "Opposition sources report shelling of Saraqib, according to the news portal Step News Agency.",
            ["stepnews", "anonymous.opposition_sources"],
        ),
        (
            "A Pentagon spokesman said a strike hit Saraqib, Al-Masdar News reported.",
            ["almasdarnews", "official.us_dod"],
        ),
        ("قال مصدر عسكري لوكالة سانا إن قصفاً استهدف مدينة سراقب.", ["sana", "anonymous.military_source"]),
        ("Обстрел Саракиба подтвердил военный источник, сообщает ТАСС.", ["tass", "anonymous.military_source"]),
    ],
)
def test_the_chain_leads_from_the_relaying_newsroom_to_the_origin(text, chain):
    assert sources(only(text)) == chain


def test_a_sentence_that_goes_on_inherits_the_word_it_stands_on_with_less_confidence():
    first, second = stated("Shelling hit Saraqib, local sources said. They added that a mine exploded in Azaz.")
    assert sources(second) == sources(first) == ["anonymous.local_sources"]
    assert second.chain[0].rule.startswith("inherited")
    assert second.chain[0].confidence < first.chain[0].confidence


def test_a_new_paragraph_inherits_no_source():
    _, second = stated("Shelling hit Saraqib, local sources said.\nA mine exploded in Azaz.")
    assert second.chain == ()


def test_a_side_that_speaks_is_a_source_and_may_still_be_who_did_it():
    one = only("The SDF said it had arrested five people in Raqqa city.")
    assert sources(one) == ["official.sdf"]
    assert [(role.actor, role.role) for role in one.roles] == [("sdf", RoleKind.BY)]


def test_a_place_that_is_not_named_is_the_sections_and_says_so():
    text = (
        "Idlib Province:\n\nThe army shelled a village.\n\n"
        "Aleppo Province:\n\nA mine exploded in Azaz. Rebels shelled a checkpoint."
    )
    inherited = [site for one in stated(text, outlet="riafan") for site in one.sites if site.rule == "header"]
    assert {(site.place, site.start) for site in inherited} <= {("SY07", None), ("SY02", None)}
    assert ("SY07", None) in {(site.place, site.start) for site in inherited}


def test_a_datelines_place_is_the_events_only_where_no_other_is_named():
    desk = only("Damascus, SANA - Shelling killed two people in Saraqib.")
    alone = only("Daraa, SANA - Shelling killed two people in a village.")
    assert [(site.place, site.rule) for site in desk.sites] == [("PL-saraqib-sy07", "sentence")]
    assert [(site.place, site.rule) for site in alone.sites] == [("SY12", "dateline")]


def test_a_village_that_no_list_has_is_put_into_the_governorate_around_it():
    one = only("Shelling hit the village of Qurayyat Zumurrud near Saraqib.")
    assert [(site.place, site.rule) for site in one.sites] == [("PL-saraqib-sy07", "sentence")]
    alone = stated("Saraqib is quiet. Shelling hit the village of Qurayyat Zumurrud.")[-1]
    assert [(site.place, alone.literal[13:15]) for site in alone.sites] == [("SY07", "th")]


def test_hedges_are_kept_as_printed():
    assert only("A drone strike reportedly hit Saraqib; the toll is unconfirmed.").hedges == (
        "reportedly",
        "unconfirmed",
    )


def test_a_suspect_is_a_hedged_role():
    one = only("A landmine killed a farmer near Azaz. Kurds are suspected of planting mines.")
    assert [(role.actor, role.hedge) for role in one.roles if role.hedge] == [("kurds_unspecified", "suspected of")]


def test_the_day_stands_apart_from_the_publication():
    one = only("Shelling hit Saraqib on Thursday.", date="2019-09-07")
    assert (one.day.first.isoformat(), one.day.rule != "publication") == ("2019-09-05", True)


def test_the_governorate_of_headline_and_first_event_comes_before_the_one_named_most():
    text = "Shelling hit Saraqib. The army came from Hama, Hama city and the Hama countryside; Hama is quiet."
    ranked = rank_governorates((), stated(text, title="Shelling hits Saraqib"))
    assert ranked[0].governorate == "SY07"


def test_an_articles_toll_is_the_first_firm_one():
    found = stated(
        "Several people were wounded in Saraqib. Shelling killed three people in Ariha. A mine killed nine in Azaz."
    )
    toll = article_toll(found, NumberKind.KILLED)
    assert toll is not None
    assert (toll.low, toll.best) == (3, 3)


def test_every_type_of_the_triggers_has_its_codes():
    lexicon = load_lexicon()
    used = {trigger.event_type for meant in lexicon.meanings for one in meant for trigger, _ in one.says if trigger}
    assert used - {""} <= set(lexicon.types)
    assert all(one.cameo and one.plover[0] for one in lexicon.types.values())


SAID = (
    "shelling killed three civilians SDF the in Azaz . , said local sources on Friday since 2014 while ( ) will not was"
)
WRITTEN = "قصف قوات النظام مقتل طفلين بحسب إدلب ، فيما обстрел погибли двое"
WORDS = [*SAID.split(), *WRITTEN.split(), "\n"]


@given(st.lists(st.sampled_from(WORDS), max_size=40))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_stands_in_a_text_its_statements_hold_together(words):
    text = " ".join(words)
    found = stated(text)
    actors, places, known = (load_vocabulary().actors, load_vocabulary().places, load_vocabulary().sources)
    assert [one.number for one in found] == list(range(len(found)))
    for one in found:
        assert text[one.start : one.end] == one.literal
        assert one.start <= one.trigger[0] < one.trigger[1] <= one.end
        assert all(role.actor in actors and role.start < role.end <= len(text) for role in one.roles)
        assert all(site.place in places for site in one.sites)
        assert all(link.source in known for link in one.chain)
        assert all(number.among != place for place, number in enumerate(one.numbers))
        assert all(number.low is None or number.high is None or number.low <= number.high for number in one.numbers)
        assert one.number not in one.summary_of
    assert stated(text) == found


def test_a_chain_that_leads_back_to_the_publisher_says_so():
    text = "Two civilians were killed in shelling on Saraqib, Al Masdar News reported, citing Step News Agency."
    assert sources(only(text, outlet="riafan")) == ["almasdarnews", "stepnews"]
    chain = only(text, outlet="stepnews").chain
    assert [(link.source, link.rule.endswith("circular")) for link in chain] == [
        ("almasdarnews", False),
        ("stepnews", True),
    ]


def test_a_publisher_that_names_itself_is_no_chain():
    assert (
        sources(only("Two civilians were killed in shelling on Saraqib, Step News Agency reported.", outlet="stepnews"))
        == []
    )


def test_who_only_speaks_at_the_end_was_not_hit():
    one = only("Three civilians were killed in air strikes on Ariha on Friday, the White Helmets said.")
    assert [role.actor for role in one.roles] == ["civilians"]
    assert sources(one) == ["white_helmets"]


@pytest.mark.parametrize("word", ["قصـ.ـف", "قصـ. ـف", "قصـ،ـف", "قصـ\nـف"])
def test_marks_between_stretched_letters_leave_every_trigger_within_its_sentence(word):
    # The tables refuse a trigger that reaches over the end of its statement, and with it the whole crawl.
    for one in stated(f"سقط جرحى نتيجة {word} على بلدة سراقب وقتل مدني."):
        assert one.start <= one.trigger[0] < one.trigger[1] <= one.end
    whole = stated(f"سقط جرحى نتيجة {word} على بلدة سراقب.")
    if word == "قصـ.ـف":
        assert [one.literal for one in whole] == [f"سقط جرحى نتيجة {word} على بلدة سراقب."]
