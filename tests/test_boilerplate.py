"""Known lines are taken out of a text, nothing else is, and never most of it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from crawlers.records import Boilerplate, CleanRules
from processing.clean import CleanHints, clean
from processing.clean.boilerplate import DROPPED, KEPT, form, without_boilerplate
from processing.clean.extract import Extracted
from processing.records import Article
from tests import cleaning
from tests.cleaning import ARABIC, ENGLISH, html, page

FOOTER = "Readers meet every Thursday in the hall of the library"
KNOWN = (FOOTER, "شاهدوا البرنامج الأسبوعي على قناتنا", "Seen: 0")


def text_of(*lines: str) -> tuple[str, tuple[str, ...]]:
    made = without_boilerplate(
        Extracted("\n".join(lines), ("trafilatura",), ("partial_text",)), Boilerplate(dropped=KNOWN)
    )
    return made.text, made.flags


def cleaned(paragraphs: list[str], known: tuple[str, ...] = KNOWN, rules: CleanRules | None = None) -> Article:
    outlet = replace(cleaning.outlet(rules), boilerplate=Boilerplate(dropped=known))
    made = clean(page(html(paragraphs)), outlet, CleanHints())
    assert isinstance(made, Article)
    return made


def test_a_known_line_is_dropped_in_any_spelling_and_with_any_number() -> None:
    assert text_of(*ENGLISH, FOOTER.upper()) == ("\n".join(ENGLISH), ("partial_text", DROPPED))
    assert text_of(*ARABIC, "شاهدوا البرنامج الاسبوعي علي قناتنا", "Seen: 1234")[0] == "\n".join(ARABIC)


def test_a_known_line_that_is_glued_to_the_last_paragraph_is_cut_off() -> None:
    assert text_of(*ENGLISH[:2], f"{ENGLISH[2]} {FOOTER}")[0] == "\n".join(ENGLISH)
    assert text_of(f"{ENGLISH[0]} {FOOTER}", *ENGLISH, *ENGLISH)[1] == ("partial_text",)


def test_a_line_that_is_kept_is_kept_in_any_form() -> None:
    text = Extracted("\n".join((*ENGLISH, "Seen: 5")))
    assert without_boilerplate(text, Boilerplate(dropped=KNOWN, kept=("seen: 77",))) == text


def test_other_lines_that_hold_the_words_stay() -> None:
    quoted = f"The sign on the door says: {FOOTER.lower()}, and nobody has taken it down since the war began."
    assert text_of(*ENGLISH, quoted) == ("\n".join((*ENGLISH, quoted)), ("partial_text",))


def test_a_text_that_would_lose_most_of_itself_stays_and_says_so() -> None:
    assert text_of("Calm in town.", FOOTER) == (f"Calm in town.\n{FOOTER}", ("partial_text", KEPT))
    assert text_of(FOOTER, "Seen: 9") == (f"{FOOTER}\nSeen: 9", ("partial_text", KEPT))


def test_an_article_comes_without_its_outlets_known_lines_and_is_flagged() -> None:
    article = cleaned([*ENGLISH, FOOTER])
    assert article.text == "\n".join(ENGLISH)
    assert DROPPED in article.flags
    assert DROPPED not in cleaned(ENGLISH).flags


def test_an_outlet_can_switch_it_off() -> None:
    article = cleaned([*ENGLISH, FOOTER], rules=CleanRules(boilerplate=False))
    assert article.text == "\n".join((*ENGLISH, FOOTER))
    assert DROPPED not in article.flags


def test_headline_date_and_authors_are_as_they_are_without_it() -> None:
    plain, dropped = (cleaned(["Last update: 17/11/2026", *ENGLISH], known) for known in ((), ("Last update: 0/0/0",)))
    assert dropped.text == "\n".join(ENGLISH)
    assert (dropped.title, dropped.published, dropped.date_candidates) == (
        plain.title,
        plain.published,
        plain.date_candidates,
    )


LINES = st.lists(
    st.one_of(st.sampled_from([*ENGLISH, *KNOWN, "Seen: 7", f"{ENGLISH[0]} {FOOTER}"]), st.text(max_size=12))
)


@given(LINES, st.lists(st.sampled_from([*KNOWN, *ENGLISH])))
def test_lines_are_only_ever_removed_and_once_is_enough(lines: list[str], known: list[str]) -> None:
    given_text, boilerplate = "\n".join(lines), Boilerplate(dropped=tuple(known))
    once = without_boilerplate(Extracted(given_text), boilerplate)
    left = iter(given_text.split("\n"))
    assert all(any(whole.startswith(line) for whole in left) for line in once.text.split("\n"))
    assert len(once.text) * 2 >= len(given_text)
    assert set(once.flags) <= {DROPPED, KEPT}
    assert (once.text == given_text) == (DROPPED not in once.flags)
    assert without_boilerplate(Extracted(once.text), boilerplate).text == once.text


@given(st.text())
def test_the_form_of_a_form_is_itself(line: str) -> None:
    assert form(form(line)) == form(line)
