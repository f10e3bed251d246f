"""What an article reports, what speaks for two being of one event, and stories that no order changes."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.numbers import OpenDays
from processing.describe import describe
from processing.records import DateOrigin
from processing.same_event import Member, Ready, Report, Sign, Told, cluster, likely, load_weights, read_report, weigh
from processing.same_event.clues import read_clues
from processing.same_event.names import consonants, names
from processing.same_event.weigh import may_match
from processing.same_event.words import stem, uncommon
from processing.statements import find_statements
from processing.tag import load_vocabulary, search_article, tag
from processing.text import fold_plain
from tests import seed
from tests.seed import NIGHT, page

DAY = dt.date(2026, 3, 1)


def read(
    text: str,
    *,
    title: str = "-",
    published: dt.datetime | None = NIGHT,
    outlet: str = "sample_post",
    open_days: OpenDays | None = None,
    **changes: object,
) -> Report:
    given = {"title": title, "text": text, "published": published} | changes
    one = seed.article(seed.link_to("a", outlet), "crawl", outlet, 0, NIGHT, "0" * 64, given)
    vocabulary = load_vocabulary()
    fields = search_article(one, vocabulary)
    tags = tag(one, vocabulary, fields)
    profile = describe(one, fields, tags, vocabulary)
    return read_report(
        one, tags, profile, find_statements(one, fields, tags, profile, vocabulary), vocabulary, open_days
    )


def report(**changes: object) -> Report:
    link = seed.link_to("a")
    return seed.reported(seed.article(link, "crawl", "sample_post", 0, NIGHT, "0" * 64, page("a")), changes)


def member(number: int, *, outlet: str = "", first: str = "", **changes: object) -> Member:
    name = str(number)
    return Member(
        article_id=name,
        key=seed.key_of(name),
        outlet=outlet or f"outlet_{number}",
        published_at=NIGHT + number * dt.timedelta(minutes=1),
        first_id=first or name,
        report=report(**changes),
    )


def total(one: Report, other: Report, **given: bool) -> float:
    weights = load_weights()
    return sum(evidence.weight for evidence in weigh(Ready(one, weights), Ready(other, weights), weights, **given))


def stories(members: list[Member]) -> list[list[str]]:
    found = [story for component in cluster(members, load_weights()) for story in component.stories]
    return sorted(sorted(one.article_id for one in story.members) for story in found)


def test_a_report_is_the_same_in_arabic_english_and_russian():
    read_ones = [
        read("Two civilians were killed by government shelling of the town of Saraqib on Saturday."),
        read("قتل مدنيان اثنان بقصف لقوات النظام على مدينة سراقب يوم السبت."),
        read("Два мирных жителя погибли в результате обстрела города Саракиб правительственными войсками в субботу."),
    ]
    for one in read_ones:
        assert one.places.keys() == {"PL-saraqib-sy07"}
        assert one.killed == Told(low=2, best=2, high=2)
        assert one.days == (dt.date(2026, 2, 28),)
        assert one.keys == ("PL-saraqib-sy07", "SY07 remote.shelling")
    weights = load_weights()
    assert all(total(one, other) > weights.least for one in read_ones for other in read_ones if one is not other)


def test_a_digest_is_looked_up_nowhere():
    assert report().keys == ("PL-saraqib-sy07", "SY07 remote.shelling")
    assert (report(is_digest=True).keys, report(is_digest=True).sought) == ((), ())


def test_a_report_that_names_no_town_is_compared_with_all_of_its_sort_in_the_governorate():
    assert report(places={}).keys == ("SY07 remote.shelling", "SY07 remote.shelling only")
    assert report(places={}).sought == ("SY07 remote.shelling",)
    assert report().sought == ("PL-saraqib-sy07", "SY07 remote.shelling only")
    assert report(places={"PL-azaz-sy02": 0.3}).towns == ()
    assert report(places={}, event_types=()).sought == ("SY07",)
    assert report(places={}, governorates={"SY07": 0.3}, event_types=()).sought == ("SY07",)
    assert report(places={}, governorates={"SY07": 0.3, "SY02": 1.0}, event_types=()).sought == ("SY02",)
    assert report(places={}, governorates={}).keys == ()


@given(
    st.lists(
        st.tuples(
            st.sampled_from([(), ("PL-a",), ("PL-a", "PL-b"), ("PL-b",)]),
            st.sampled_from(["SY07", "SY02"]),
            st.sampled_from([(), ("remote.shelling",), ("vac.attack", "remote.shelling")]),
        ),
        min_size=2,
        max_size=2,
    )
)
def test_of_two_reports_either_seeks_the_other_or_none_does(pair):
    one, other = (
        report(places=dict.fromkeys(places, 1.0), governorates={code: 1.0}, event_types=types)
        for places, code, types in pair
    )
    assert set(one.sought).isdisjoint(other.keys) == set(other.sought).isdisjoint(one.keys)


def test_of_an_undated_page_the_days_are_those_that_its_text_names():
    found = read("قصفت طائرة مدينة جرابلس يوم الأحد 7 تشرين الثاني/ نوفمبر وقتل شخص.", published=None)
    assert (found.is_firm, found.days, found.dates, found.weekdays) == (False, (), ((11, 7),), (6,))
    assert found.about == NIGHT.date()


WEEK = OpenDays(dt.date(2021, 11, 4), dt.date(2021, 11, 10))  # a Thursday, and the Wednesday after


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("A drone struck a car in Jarablus on Sunday and killed one man.", [7]),
        ("قصفت طائرة مدينة جرابلس يوم 8 تشرين الثاني وقتل شخص.", [8]),
        ("A drone struck a car in Jarablus and killed one man.", [10, 9, 8, 7, 6, 5, 4, 3]),
        ("A drone struck a car in Jarablus on 1 March 2016 and killed one man.", [10, 9, 8, 7, 6, 5, 4, 3]),
        ("A drone struck a car in Jarablus on 5 November 2021 and killed one man.", [5]),
    ],
)
def test_the_days_that_a_pages_number_leaves_open_are_narrowed_by_what_the_text_says(text, days):
    found = read(text, published=None, open_days=WEEK)
    assert (found.is_firm, list(found.days)) == (True, [dt.date(2021, 11, day) for day in days])
    assert found.about in found.days


def test_a_date_that_machines_read_stands_above_the_pages_number():
    assert read("A drone struck a car in Jarablus.", open_days=WEEK).days[0] == NIGHT.date()


def test_a_number_among_days_months_apart_tells_nothing():
    months = OpenDays(dt.date(2021, 1, 1), dt.date(2021, 6, 1))
    assert read("A drone struck a car in Jarablus.", published=None, open_days=months).days == ()


def test_a_date_that_is_only_shown_keeps_no_reports_apart():
    shown = {"is_firm": False, "days": (DAY - dt.timedelta(days=900),), "about": DAY}
    assert may_match(report(**shown), report(about=DAY))
    assert read("A car was struck in Jarablus.", origin=DateOrigin.VISIBLE).is_firm is False
    far, near = report(**shown), report(is_firm=False, days=(DAY,), about=DAY)
    assert total(far, near) < total(near, near)


LISTS = "Minister opens a dam\nPrices of bread rise again\nFootball league returns to Hama\nWeather: rain in Damascus"


def test_a_page_with_the_sites_lists_instead_of_its_article_is_read_by_its_title():
    title = "Drone strikes car near Jarablus, two civilians killed"
    found = read(LISTS, title=title)
    assert found.places.keys() == {"PL-jarabulus-sy02"}
    assert found.killed == Told(low=2, best=2, high=2)
    whole = read(f"{LISTS}\nA drone struck a car near Jarablus, two civilians were killed.", title=title)
    assert "PL-hama-sy05" in whole.places | whole.governorates or len(whole.governorates) > 1
    assert len(read(LISTS, title="What our readers write to us about this week").governorates) > 1


def test_names_are_the_same_in_three_scripts():
    for spellings in (
        ("Obeida", "عبيده", "Обейда"),
        ("Kafr Takharim", "كفر تخاريم", "Кафр-Тахарим"),
        ("Sarrin", "صرين", "Саррин"),
    ):
        assert len({"".join(map(consonants, fold_plain(name).replace("-", " ").split())) for name in spellings}) == 1
    one = names("", "The villager Mustafa Shalhoub was killed in Tuwaykhan")
    other = names("", "قتل المواطن مصطفى شلهوب في قرية تويخان")
    assert set(one) & set(other)


def test_two_languages_are_compared_by_names_and_not_by_words():
    arabic, english = {"language": "ar", "names": (1, 2, 3)}, {"language": "en", "names": (1, 2, 9)}
    weights = load_weights().signs
    assert total(report(**arabic), report(**english)) - total(report(**arabic), report(language="en")) == pytest.approx(
        2 * weights[Sign.NAMES]
    )
    found = weigh(Ready(report(**arabic), load_weights()), Ready(report(**english), load_weights()), load_weights())
    assert Sign.WORDS not in {one.sign for one in found}


def test_two_articles_of_one_town_and_day_that_tell_of_different_things_are_of_two_events():
    bakery = {"event_types": (), "language": "ar", "killed": Told(), "tolls": (), "actors": (), "words": (1, 2, 3)}
    meeting = bakery | {"event_types": ("hum.aid_services",), "language": "ru", "words": (7, 8, 9)}
    assert total(report(**bakery), report(**meeting)) < load_weights().least


def test_pages_of_days_that_follow_one_another_are_less_surely_of_one_event_than_pages_of_one_day():
    def pages_of(day: dt.date) -> Report:
        return report(days=(day, day - dt.timedelta(days=1)), about=day)

    same, next_one = pages_of(DAY), pages_of(DAY + dt.timedelta(days=1))
    assert total(same, next_one) < total(same, same) - 2
    told = report(days=(DAY,), about=DAY)  # the text says the day, of which the other is the page of the day after
    assert total(told, next_one) == total(told, same)


def test_of_two_towns_words_in_common_are_those_of_a_form():
    form = {"words": tuple(range(30)), "title_words": (1, 2, 3)}
    one = {"places": {"PL-saraqib-sy07": 1.0}, "sites": {"PL-saraqib-sy07": 1.0}, "title_places": ("PL-saraqib-sy07",)}
    other = {"places": {"PL-ariha-sy07": 1.0}, "sites": {"PL-ariha-sy07": 1.0}, "title_places": ("PL-ariha-sy07",)}
    assert total(report(**form, **one), report(**form, **other)) < load_weights().least
    assert total(report(**form, **one), report(**form, **one)) > load_weights().least


@pytest.mark.parametrize(
    ("text", "dates", "years", "weekdays"),
    [
        ("On Sunday, 7 November 2021 a drone struck", ((11, 7),), (2021,), (6,)),
        ("November 7, 2021", ((11, 7),), (2021,), ()),
        ("в воскресенье, 7 ноября", ((11, 7),), (), (6,)),
        ("آخر تحديث: 26.06.2023 | 10:40", ((6, 26),), (2023,), ()),
        ("2023-06-26", ((6, 26),), (2023,), ()),
        ("13.25.2023 and 99/99/2020 are no dates", (), (), ()),
        ("the march of May", (), (), ()),
        ("ظهر اليوم الثلاثاء 7 من أيلول/ سبتمبر", ((9, 7),), (), (1,)),
        ("", (), (), ()),
    ],
)
def test_dates_years_and_weekdays_are_read_as_far_as_they_go(text, dates, years, weekdays):
    assert read_clues("", text) == (dates, years, weekdays)


@given(st.text(max_size=300))
def test_clues_of_any_text_are_days_that_can_be(text):
    clues = read_clues("", text)
    assert all(1 <= month <= 12 and 1 <= day <= 31 for month, day in clues.dates)
    assert all(0 <= weekday <= 6 for weekday in clues.weekdays)


def test_forms_of_a_name_have_one_stem_and_common_words_are_left_out():
    assert stem("والنيرب") == stem("بالنيرب") == stem("النيرب")
    assert stem("обстрелами") == stem("обстрел")
    assert stem("2023") == "2023"
    assert uncommon("", "The government forces said that people in the countryside") == []
    assert "nayrab" in uncommon("", "said in Nayrab")


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40))
def test_any_text_has_words(text):
    assert all(len(word) >= 3 for word in uncommon(text, text))


PLACES = ["PL-saraqib-sy07", "PL-azaz-sy02", "PL-nowhere"]
TOLDS = st.one_of(
    st.just(Told()),
    st.integers(0, 60).map(lambda n: Told(low=n, best=n, high=n)),
    st.integers(1, 60).map(lambda n: Told(low=n, best=None, high=None)),
)
REPORTS = st.builds(
    report,
    about=st.integers(0, 6).map(lambda n: DAY + dt.timedelta(days=n)),
    days=st.lists(st.integers(0, 6).map(lambda n: DAY + dt.timedelta(days=n)), max_size=2).map(tuple),
    dates=st.lists(st.tuples(st.integers(1, 3), st.integers(1, 5)), max_size=2).map(tuple),
    years=st.lists(st.integers(2020, 2022), max_size=1).map(tuple),
    weekdays=st.lists(st.integers(0, 6), max_size=2).map(tuple),
    places=st.dictionaries(st.sampled_from(PLACES), st.sampled_from([0.3, 0.6, 1.0])),
    sites=st.dictionaries(st.sampled_from(PLACES), st.sampled_from([0.6, 1.0])),
    governorates=st.dictionaries(st.sampled_from(["SY07", "SY02"]), st.sampled_from([0.3, 1.0])),
    killed=TOLDS,
    wounded=TOLDS,
    words=st.lists(st.integers(0, 9), max_size=6, unique=True).map(tuple),
    title_words=st.lists(st.integers(0, 4), max_size=3, unique=True).map(tuple),
    blocs=st.lists(st.sampled_from(["a", "b"]), max_size=1).map(tuple),
    is_digest=st.booleans(),
)


@given(REPORTS, REPORTS)
def test_what_speaks_for_a_pair_does_not_depend_on_which_comes_first(one, other):
    weights = load_weights()
    first, then = Ready(one, weights), Ready(other, weights)
    assert weigh(first, then, weights) == weigh(then, first, weights)
    assert may_match(one, other) is may_match(other, one)
    signs = [evidence.sign for evidence in weigh(first, then, weights)]
    assert len(signs) == len(set(signs))
    assert Sign.BASE in signs


@given(st.lists(st.tuples(REPORTS, st.integers(0, 2)), max_size=9), st.randoms())
def test_stories_do_not_depend_on_the_order_and_hold_every_article_once(given_reports, chance):
    members = [
        dataclasses.replace(member(n, outlet=f"outlet_{outlet}"), report=one)
        for n, (one, outlet) in enumerate(given_reports)
    ]
    shuffled = members[:]
    chance.shuffle(shuffled)
    assert stories(shuffled) == stories(members)
    components = cluster(members, load_weights())
    assert sorted(one.article_id for component in components for one in component.members) == sorted(
        one.article_id for one in members
    )
    for component in components:
        inside = {one.article_id for one in component.members}
        for story in component.stories:
            assert {one.article_id for one in story.members} <= inside
            assert len(story.ties) == len(story.members) - 1
            assert {tie.member.article_id for tie in story.ties} == {one.article_id for one in story.members[1:]}


@given(st.lists(REPORTS, min_size=1, max_size=8), st.integers(0, 7))
def test_a_component_taken_alone_has_the_same_stories(reports, which):
    # This is what lets a run look only at the components that a change touches.
    members = [dataclasses.replace(member(n), report=one) for n, one in enumerate(reports)]
    components = cluster(members, load_weights())
    one = components[which % len(components)]
    assert cluster(one.members, load_weights()) == [one]


def test_a_rising_toll_is_one_story_and_another_event_of_the_day_is_not():
    words = {"words": (1, 2, 3, 4, 5), "title_words": (1, 2)}
    seven = {"killed": Told(low=7, best=7, high=7), "tolls": (("killed", 7),)}
    assert total(report(**words), report(**words, **seven)) > load_weights().least
    other = {**seven, "words": (8, 9), "title_words": (7,), "title_places": ("PL-azaz-sy02",), "blocs": ("turkey",)}
    other["sites"] = {"PL-azaz-sy02": 1.0}
    titled = report(**words, title_places=("PL-saraqib-sy07",))
    assert total(titled, report(**other)) < load_weights().least


def test_told_days_that_lie_more_than_a_day_apart_keep_apart_what_is_told_in_the_same_words():
    words = {"words": (1, 2, 3, 4, 5, 6), "title_words": (1, 2)}
    [today] = report().days
    for apart, together in ((0, True), (1, True), (2, False)):
        other = member(2, **words, days=(today + dt.timedelta(days=apart),))
        assert stories([member(1, **words), other]) == ([["1", "2"]] if together else [])


@given(st.lists(REPORTS, max_size=5), st.lists(REPORTS, max_size=5))
def test_whoever_a_new_report_is_joined_with_was_likely(fresh, known):
    # What is not likely is not even read from the tables.
    new = [dataclasses.replace(member(n), report=one) for n, one in enumerate(fresh)]
    old = [dataclasses.replace(member(100 + n), report=one) for n, one in enumerate(known)]
    found = likely(new, old, load_weights())
    alone = [one for one in old if one.article_id not in found]
    connected = {one.article_id for component in cluster([*new, *old], load_weights())
                 if any(one in new for one in component.members) for one in component.members}  # fmt: skip
    reached = {one.article_id for component in cluster(old, load_weights())
               if any(one.article_id in found for one in component.members) for one in component.members}  # fmt: skip
    assert connected & {one.article_id for one in alone} <= reached


def test_what_one_outlet_tells_twice_in_its_form_is_not_one_event():
    words = {"words": (1, 2, 3, 4, 5, 6), "title_words": (1, 2)}
    assert total(report(**words), report(**words), same_outlet=True) < total(report(**words), report(**words)) - 3


def test_copies_stand_for_their_first_one_and_come_into_its_story():
    members = [member(1), member(2, first="1"), member(3, language="ar"), member(4, first="3")]
    assert stories(members) == [["1", "2", "3", "4"]]
    [component] = cluster(members, load_weights())
    [story] = component.stories
    assert [(tie.member.article_id, tie.other.article_id, tie.is_copy) for tie in story.ties] == [
        ("2", "1", True), ("3", "1", False), ("4", "3", True),
    ]  # fmt: skip


def test_a_chain_of_vague_reports_does_not_join_two_events():
    clear = {"killed": Told(low=3, best=3, high=3), "tolls": (("killed", 3),)}
    vague = {"days": (), "is_firm": False, "killed": Told(), "tolls": ()}
    later = {"days": (DAY + dt.timedelta(days=3),), "about": DAY + dt.timedelta(days=2)}
    members = [member(n, **clear) for n in range(3)]
    members += [member(9, **vague)]
    members += [member(20 + n, **later) for n in range(3)]
    found = stories(members)
    assert not any({"0", "20"} <= set(story) for story in found)
    assert any({"0", "1", "2"} <= set(story) for story in found)


@pytest.mark.parametrize("count", [2, 299, 301, 350])
def test_a_great_event_stays_one_story_however_many_report_it(count):
    found = stories([member(n, outlet=f"outlet_{n % 40}") for n in range(count)])
    assert [len(story) for story in found] == [count]


def test_the_stories_of_many_reports_do_not_depend_on_their_order():
    chance = random.Random(1)
    places = [{name: 1.0} for name in ("PL-saraqib-sy07", "PL-afis-sy07", "PL-ariha-sy07")]
    members = [member(n, words=tuple(chance.sample(range(40), 6)), sites=places[n % 3], places=places[n % 3])
               for n in range(60)]  # fmt: skip
    found = stories(members)
    assert len(found) > 1
    for _ in range(3):
        chance.shuffle(members)
        assert stories(members) == found


def test_every_sign_has_a_weight_and_every_level_is_one_of_a_place():
    weights = load_weights()
    assert set(weights.signs) == set(Sign)
    levels = {place.level for place in load_vocabulary().places.values()} | {"other"}
    assert set(weights.levels) <= levels
