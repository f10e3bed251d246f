"""Pages of teasers are told by their build, at whatever address; an article beside a list of others stays an article."""

from __future__ import annotations

import pytest

from processing.records import Reason
from tests.cleaning import FOOTER, MENU, article, page, reason

LEADS = [f"Residents of quarter number {number} wait for water since the spring" for number in range(8)]
BULLETIN = "Two bakeries reopened on Tuesday after a week without flour, the council said."
TABLE = "".join(
    f"<tr><td>{n + 1} March 2024</td><td><a href='/{n}'>{lead}</a></td></tr>" for n, lead in enumerate(LEADS)
)
CARDS = "".join(
    f"<div class='card card-{n}'><h4>{lead}</h4><p>They have asked twice.</p><a href='/{n}'>More</a></div>"
    for n, lead in enumerate(LEADS)
)
ITEMS = "".join(
    f"<p class='item'><a href='/{n}'><b>{lead}</b></a><br>No answer came.</p>" for n, lead in enumerate(LEADS)
)


def built(main: str, *, head: str = "", title: str = "Local") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{MENU}<main>{main}</main>{FOOTER}</body></html>"


@pytest.mark.parametrize("teasers", [f"<table>{TABLE}</table>", CARDS, ITEMS], ids=["table", "cards", "paragraphs"])
def test_a_page_of_teasers_is_no_article_at_an_address_that_says_nothing(teasers: str) -> None:
    body = built(f"<h1>Local</h1>{teasers}")
    assert reason(page(body, url="https://news.example.org/local/31")) == Reason.LISTING


def test_one_that_names_the_first_address_as_its_own_is_the_front_page() -> None:
    body = built(CARDS, head="<link rel='canonical' href='https://news.example.org/'>", title="Example News")
    assert reason(page(body, url="https://news.example.org/2024/gone")) == Reason.HOMEPAGE


def test_a_bulletin_above_a_list_of_others_is_an_article() -> None:
    body = built(
        f"<h1>Two bakeries reopen in the town</h1><p>{BULLETIN}</p><table>{TABLE}</table>", title="Two bakeries reopen"
    )
    assert BULLETIN in article(page(body)).text


def test_a_text_that_is_nothing_but_a_menu_is_none() -> None:
    menu = "".join(
        f"<a href='/{name}'>{name}</a> " for name in ("Home", "Politics", "Economy", "Sport", "Letters", "Contact")
    )
    body = f"<html><head><title>News</title></head><body><table><tr><td>{menu}</td></tr></table></body></html>"
    assert reason(page(body)) == Reason.TOO_SHORT
