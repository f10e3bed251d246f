"""The months of further languages: the table that is kept beside the code, and where it comes from."""

from __future__ import annotations

import pytest

from processing.clean import cldr
from tests.test_dates import day as day_of


def test_the_table_is_what_babel_has() -> None:
    assert cldr.TABLE.read_text("utf-8") == cldr.table(), "run: python -m processing.clean.cldr"


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("20 septembrie 2020, 14:30", "2020-09-20"),
        ("Domenica 6 Dicembre 2020", "2020-12-06"),
        ("12 de março de 2021", "2021-03-12"),
        ("3 augustus 2019", "2019-08-03"),
        ("15 października 2022", "2022-10-15"),
        ("2020. szeptember 20.", "2020-09-20"),
        ("20. syyskuuta 2020", "2020-09-20"),
        ("14 Οκτωβρίου 2021", "2021-10-14"),
        ("5 באפריל 2024", "2024-04-05"),
        ("7 липня 2023", "2023-07-07"),
        ("20 tháng 9, 2020", "2020-09-20"),
        ("2024年1月15日", "2024-01-15"),
        ("2024년 1월 15일", "2024-01-15"),
    ],
)
def test_dates_in_further_languages_are_read(raw: str, day: str) -> None:
    assert day_of(raw) == day


@pytest.mark.parametrize("raw", ["5 listopada 2020", "5 lip 2020", "8 srp 2020"])
def test_a_name_of_two_months_names_none(raw: str) -> None:
    assert day_of(raw) is None


@pytest.mark.parametrize(("raw", "day"), [("5 hours ago", "2026-11-22"), ("10 Nov 2025", "2025-11-10")])
def test_words_of_other_dates_are_no_months(raw: str, day: str) -> None:
    assert day_of(raw) == day
