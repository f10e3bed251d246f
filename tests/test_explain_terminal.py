import io

import pytest
from rich.console import Console

from bulletins.explain_terminal import show
from processing.explain import Explained, explain_text
from tests.explaining import ARABIC, DAY, explained


def printed(found: Explained, *, rules: bool = False, **settings: object) -> str:
    console = Console(file=io.StringIO(), width=150, highlight=False, **settings)
    show(found, console, rules=rules)
    return console.file.getvalue()


def test_without_colour_marks_bear_their_sign() -> None:
    made = printed(explained())
    assert "[A Syrian army] artillery [T shelled] [P Kafr Nabl] on [D Friday], killing [N one] [A civilian]" in made
    assert "\x1b" not in made


def test_no_color_is_respected_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    made = printed(explained(), force_terminal=True)
    assert "[P Kafr Nabl]" in made
    assert "\x1b[3" not in made.replace("\x1b[3m", "")


def test_a_terminal_with_colour_has_colours_and_no_signs() -> None:
    made = printed(explained(), force_terminal=True, color_system="truecolor")
    assert "[P Kafr Nabl]" not in made
    assert "\x1b[4;32m" in made


def test_a_summary_names_what_it_sums_up() -> None:
    made = printed(explained())
    assert "↳ sums up ‹1›; not counted beside them" in made
    assert "↰ summed up by ‹0›" in made


def test_rules_are_told_on_demand() -> None:
    assert "strike by weapon (0.85)" not in printed(explained())
    assert "strike by weapon (0.85)" in printed(explained(), rules=True)


def test_markup_and_controls_of_a_text_do_not_act() -> None:
    made = printed(explain_text("[bold]Afrin[/bold] \x1b]8;;https://x.example\x07was\u202e shelled.", day=DAY))
    assert "[bold]" in made
    assert "\x1b" not in made
    assert "\u202e" not in made


def test_arabic_stays_in_logical_order() -> None:
    assert "بلدة [P كفرنبل] في ريف" in printed(explain_text(ARABIC, day=DAY))
