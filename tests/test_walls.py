"""A few lines above a wall are no article; boxes that every page has are no wall."""

from __future__ import annotations

import pytest

from processing.records import Reason
from tests.cleaning import ENGLISH, FOOTER, MENU, article, page, reason


def bare(body: str, *, title: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "box",
    [
        "<div class='lock'><p>The rest is in the paid edition.</p><a>Buy this issue</a></div>",
        "<section class='offer-modal'><p>Subscribe to continue reading. Already a member? Log in.</p></section>",
    ],
)
def test_a_few_lines_above_a_wall_are_no_article(box: str) -> None:
    body = f"{MENU}<article><h1>A letter from the coast</h1><p>{ENGLISH[0]}</p>{box}</article>{FOOTER}"
    assert reason(page(bare(body, title="A letter from the coast"))) == Reason.LOGIN


@pytest.mark.parametrize(
    "box",
    [
        "<div class='newsletter'><p>Subscribe to our newsletter by e-mail, it is free.</p></div>",
        "<div class='comments'><p>Sign in or register to read and post comments. Subscribers only.</p></div>",
        "<div class='modal'><form><label>E-mail</label><input type=password><button>Log in</button></form></div>",
    ],
)
def test_boxes_that_every_page_has_are_no_wall(box: str) -> None:
    body = f"{MENU}<article><h1>Shells strike two villages</h1><p>{ENGLISH[0]}</p></article>{box}{FOOTER}"
    assert article(bare(body, title="Shells strike two villages - Example News")).text == ENGLISH[0]


def test_a_text_that_breaks_off_needs_a_price_below_it_but_no_more() -> None:
    below = "<div><p>Unlimited access from $1 a week.</p><p>Already have an account? Log in</p></div>"
    footer = "<div><p>Log in</p><p>Register</p><p>Subscribe to our free newsletter</p></div>"
    cut = f"{MENU}<article><h1>A letter from the coast</h1><p>{ENGLISH[0]}</p><p>The fishermen went on…</p>"
    assert reason(page(bare(f"{cut}{below}</article>{FOOTER}", title="A letter from the coast"))) == Reason.LOGIN
    assert article(bare(f"{cut}</article>{footer}{FOOTER}", title="A letter from the coast")).text.startswith(
        ENGLISH[0]
    )
