"""What day the number in a page's address leaves open, and which days an outlet's declaration needs."""

from __future__ import annotations

import dataclasses
import datetime as dt
import itertools
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.numbers import NumberedDay, between, number_in, open_days, read_day, thin
from crawlers.outlets import load_outlet, load_outlets
from crawlers.records import Numbered, OutletError
from crawlers.urls import judge
from tests import seed
from tests.test_cli import bulletins
from tests.test_outlets import GOOD, declare

MARCH = dt.date(2022, 3, 1)
KNOWN = [NumberedDay(1000, MARCH), NumberedDay(2000, dt.date(2022, 3, 11)), NumberedDay(3000, dt.date(2022, 3, 11))]
RULE = Numbered(
    address=r"/story/(\d+)(?:[-/?].*)?", days=tuple(f"{one.number} {one.day}" for one in (KNOWN[0], KNOWN[1]))
)


def outlet():
    return dataclasses.replace(seed.outlet("sample_post"), numbered=(RULE,))


def test_a_number_between_two_known_ones_points_to_a_day_between_theirs():
    assert between(KNOWN, 1500) == (dt.date(2022, 3, 3), dt.date(2022, 3, 9))
    assert between(KNOWN, 1010) == (MARCH, dt.date(2022, 3, 3))


def test_the_nearer_a_known_number_the_fewer_days_are_left_open():
    near, far = between(KNOWN, 1100), between(KNOWN, 1500)
    assert near.last - near.first < far.last - far.first


def test_a_known_number_has_its_day_and_one_outside_the_known_none():
    assert between(KNOWN, 1000) == (MARCH, MARCH)
    assert between(KNOWN, 3000) == (dt.date(2022, 3, 11), dt.date(2022, 3, 11))
    assert between(KNOWN, 999) is None
    assert between(KNOWN, 3001) is None
    assert between([], 5) is None


@given(st.lists(st.tuples(st.integers(0, 10**6), st.dates()), min_size=2, max_size=30), st.integers(0, 10**6))
def test_the_days_left_open_lie_between_those_of_the_neighbours(pairs, number):
    known = thin([NumberedDay(*pair) for pair in pairs], 0)
    found = between(known, number)
    if found is not None:
        assert max(one.day for one in known if one.number <= number) <= found.first
        assert found.first <= found.last <= min(one.day for one in known if one.number >= number)


def test_the_number_is_read_from_the_canonical_address_of_a_declared_host():
    home = outlet().home.rstrip("/")
    assert open_days(f"{home}/story/1500-some-words/?utm_source=x", outlet()) == between(KNOWN, 1500)
    assert open_days(f"{home}/other/1500", outlet()) is None
    assert open_days("https://elsewhere.example/story/1500", outlet()) is None
    assert open_days(f"{home}/story/1500", seed.outlet("sample_post")) is None


@given(st.lists(st.tuples(st.integers(0, 500), st.dates(dt.date(2022, 1, 1), dt.date(2022, 12, 31))), max_size=60))
def test_declared_days_grow_with_the_numbers(pairs):
    kept = thin([NumberedDay(*pair) for pair in pairs], 7)
    assert set(kept) <= {NumberedDay(*pair) for pair in pairs}
    for one, other in itertools.pairwise(kept):
        assert one.number < other.number
        assert one.day <= other.day
    assert bool(kept) == bool(pairs)


def test_a_page_with_the_day_of_another_is_left_out():
    right = [NumberedDay(number, MARCH + dt.timedelta(days=number)) for number in range(0, 100, 10)]
    assert thin([*right, NumberedDay(45, dt.date(2019, 1, 1))], 1) == right
    assert [one.number for one in thin(right, 25)] == [0, 30, 60, 90]


@pytest.mark.parametrize(
    "line", ["", "5", "5 yesterday", "2022-01-01 5", "x 2022-01-01", "-5 2022-01-01", "٥ 2022-01-01"]
)
def test_a_line_that_is_no_number_and_day_is_refused(line):
    with pytest.raises(ValueError):
        read_day(line)


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("address = '/a/\\d+'\ndays = ['1 2022-01-01', '2 2022-01-02']", "numbered[0].address: expected one group"),
        ("address = '/a/(\\d+)'\ndays = ['1 2022-01-01']", "numbered[0].days: expected two days at least"),
        (
            "address = '/a/(\\d+)'\ndays = ['1 2022-01-01', '1 2022-01-02']",
            "numbered[0].days[1]: expected a higher number",
        ),
        (
            "address = '/a/(\\d+)'\ndays = ['1 2022-01-02', '2 2022-01-01']",
            "numbered[0].days[1]: expected a higher number",
        ),
        ("address = '/a/(\\d+)'\ndays = ['1 soon', '2 2022-01-01']", "numbered[0].days[0]: expected a page's number"),
    ],
)
def test_a_declaration_whose_numbers_do_not_grow_with_their_days_is_refused_by_name(tmp_path, rule, told):
    path = tmp_path / "made_up.toml"
    path.write_text(
        "name = 'Made up'\nhome = 'https://made.example/'\ndomains = ['made.example']\nlanguages = ['en']\n"
        f"status = 'active'\n[[numbered]]\n{rule}\n",
        encoding="utf-8",
    )
    with pytest.raises(OutletError, match="numbered") as refused:
        load_outlet(path)
    assert told in str(refused.value)


# Made-up addresses of the form that each outlet gives its articles, {} being the number: one for each of its rules.
FORMS = {
    "anadolu": ["/ar/section/words-of-a-title/{}"],
    "anf": ["/akhr-l-khbr/words-of-a-title-{}"],
    "anha": ["/ar/haber/words-of-a-title-h{}.html", "/en/haber/words-of-a-title-h{}.html"],
    "baladinews": ["/ar/articles/{}/words-of-a-title", "/ar/breakingnews/{}/words-of-a-title"],
    "enabbaladi": ["/archives/{}"],
    "halabtoday": ["/archives/{}"],
    "kurdistan24": ["/en/story/{}-words-of-a-title"],
    "northpress": ["/en/{}/", "/{}/"],
    "orient": ["/ar/news_show/{}/0/words-of-a-title"],
    "sana": ["/en/?p={}", "/?p={}"],
    "sohr": ["/en/{}/", "/words-of-a-title/{}/"],
}


def test_declared_addresses_with_numbers_are_those_of_articles():
    """A rule that matches no address of its outlet's articles would never be noticed otherwise."""
    numbered = {slug: outlet for slug, outlet in load_outlets().items() if outlet.numbered}
    assert numbered.keys() == FORMS.keys()
    for slug, outlet in numbered.items():
        for rule, form in zip(outlet.numbered, FORMS[slug], strict=True):
            for number, day in map(read_day, rule.days):
                url = outlet.home.rstrip("/") + form.format(number)
                assert judge(url, outlet) is None
                assert open_days(f"{url}{'&' if '?' in url else '?'}utm_source=x", outlet) == (day, day)


def test_a_number_too_long_to_count_pages_is_none():
    assert number_in(f"{outlet().home.rstrip('/')}/story/{'9' * 40}", RULE, outlet()) is None


@pytest.mark.db
def test_days_are_proposed_from_articles_with_sound_dates(database_url, connection, tmp_path):
    given = GOOD.replace("sample.example", "sample_post.example")
    rule = "\n[[numbered]]\naddress = '/story/(\\d+)'\ndays = ['1 2026-01-01', '9000 2026-12-31']\n"
    declare(tmp_path, given + rule, "sample_post.toml")
    seed.declare(connection)
    days = [seed.NIGHT - dt.timedelta(days=15 * (3 - n)) for n in range(3)]
    pages = [seed.page(f"story/{100 * (n + 1)}", published=day) for n, day in enumerate(days)]
    seed.crawl(*pages).load(connection)

    def run(*arguments):
        return bulletins(
            tmp_path / "home", "--outlets", str(tmp_path), "outlets", "numbers", *arguments,
            BULLETINS_DATABASE_URL=database_url,
        )  # fmt: skip

    done = run("sample_post", "--json")
    assert done.returncode == 0, done.stderr
    [found] = json.loads(done.stdout)
    assert found["articles"] == 3
    assert found["days"] == [
        "1 2026-01-01", *(f"{100 * (n + 1)} {day.date()}" for n, day in enumerate(days)), "9000 2026-12-31",
    ]  # fmt: skip
    assert "address = '/story/(\\d+)'\ndays = [" in run("sample_post").stdout
    refused = run("nobody")
    assert refused.returncode != 0
    assert "no outlet 'nobody'" in refused.stderr
