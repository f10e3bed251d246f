"""Which rules hold for a page: its capture time decides."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from crawlers.records import CleanRules, DayOrder, EarlierRules, Page
from crawlers.rules import rules_at
from tests import cleaning
from tests.cleaning import ENGLISH, MENU, article

OLD, NEW = dt.date(2019, 6, 1), dt.date(2024, 12, 8)
RULES = CleanRules(
    body=(".story",),
    prune=(".box",),
    day_order=DayOrder.DMY,
    earlier=(
        EarlierRules(before=OLD, body=(".text",), day_order=DayOrder.MDY, timezone="Europe/Moscow"),
        EarlierRules(before=NEW, body=()),
    ),
)
# One made-up outlet before and after its redesign: the text stands elsewhere, and beside it something as long.
ASIDE = "".join(f"<p>{line}</p>" for line in ("Readers may order the printed almanac of the year by post. " * 6,) * 4)
TEXT = "".join(f"<p>{line}</p>" for line in ENGLISH)
SHOWN = "<p>Published: 03/04/2018 10:00</p>"
OLD_PAGE = f"<html><body>{MENU}<h1>Shells strike</h1>{SHOWN}<table><tr><td class='text'>{TEXT}</td><td>{ASIDE}</td></tr></table>"
NEW_PAGE = f"<html><body>{MENU}<h1>Shells strike</h1><div class='story'>{TEXT}<div class='box'>{ASIDE}</div></div>"


def at(year: int, month: int, day: int, hour: int = 0, zone: dt.tzinfo = dt.UTC) -> dt.datetime:
    return dt.datetime(year, month, day, hour, tzinfo=zone)


def captured(html: str, when: dt.datetime) -> Page:
    page = cleaning.page(html)
    return dataclasses.replace(page, fetch=dataclasses.replace(page.fetch, fetched_at=when))


def test_the_first_day_after_the_capture_decides() -> None:
    assert rules_at(RULES, at(2018, 1, 1)).body == (".text",)
    assert rules_at(RULES, at(2019, 5, 31, 23)).body == (".text",)
    assert rules_at(RULES, at(2019, 6, 1)).body == ()
    assert rules_at(RULES, at(2024, 12, 7, 23)).body == ()
    assert rules_at(RULES, at(2024, 12, 8)) is RULES
    assert rules_at(CleanRules(), at(1999, 1, 1)) == CleanRules()


def test_days_are_those_of_utc() -> None:
    damascus = dt.timezone(dt.timedelta(hours=3))
    assert rules_at(RULES, at(2019, 6, 1, 2, damascus)).body == (".text",)
    assert rules_at(RULES, at(2019, 6, 1, 4, damascus)).body == ()


def test_what_an_entry_leaves_out_is_as_it_is_now() -> None:
    old, middle = rules_at(RULES, at(2018, 1, 1)), rules_at(RULES, at(2020, 1, 1))
    assert (old.prune, old.day_order, old.timezone) == ((".box",), DayOrder.MDY, "Europe/Moscow")
    assert (middle.prune, middle.day_order, middle.timezone) == ((".box",), DayOrder.DMY, "Asia/Damascus")


def test_pages_from_before_and_after_a_redesign_give_the_same_text() -> None:
    old, new = (
        article(captured(page, when), RULES) for page, when in ((OLD_PAGE, at(2018, 5, 1)), (NEW_PAGE, at(2026, 1, 1)))
    )
    assert old.text == new.text == "\n".join(ENGLISH)
    assert "body_selector_missed" in article(captured(OLD_PAGE, at(2026, 1, 1)), RULES).flags


@pytest.mark.parametrize(
    ("when", "expected"), [(at(2018, 5, 1), "2018-03-04T07:00"), (at(2026, 1, 1), "2018-04-03T07:00")]
)
def test_dates_are_read_as_the_outlet_wrote_them_then(when: dt.datetime, expected: str) -> None:
    published = article(captured(OLD_PAGE, when), RULES).published
    assert published is not None
    assert published.at.isoformat().startswith(expected)
