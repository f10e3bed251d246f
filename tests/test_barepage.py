"""Pages with a few words: messages to visitors are told from bulletins by several signs, never by one word."""

from __future__ import annotations

import pytest

from processing.records import Reason
from tests.cleaning import FOOTER, MENU, article, html, page, reason

BULLETIN = "Guards checked every browser of the ministry on Tuesday after robots had sent requests, a spokesman said."


def bare(body: str, *, title: str = "", head: str = "") -> str:
    return f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        (
            "<h2>One more step</h2><p>Our systems detected automated requests from your network.</p>"
            "<p>Press and hold the button so that we can verify that you are a person. Incident number 77-1.</p>",
            "example.org",
            Reason.CHALLENGE,
        ),
        (
            "<div class='cmp-box'><h2>Ihre Wahl</h2><p>With your agreement we and 14 partners use cookies for statistics "
            "and advertising.</p><button>Agree</button><button>Reject</button></div>",
            "Before you read",
            Reason.CONSENT,
        ),
        (
            "<div class='signin'><h1>Sign in</h1><form><label>E-mail</label><input name=a><label>Password</label>"
            "<input type=password></form><p>No account yet? Join today.</p></div>",
            "Sign in",
            Reason.LOGIN,
        ),
        (
            "<div class='error-page'><h1>Sorry!</h1><p>The address may have changed, or the post was deleted.</p>"
            "<p>Try the search or go back to the home page.</p></div>",
            "Sorry",
            Reason.SOFT_404,
        ),
        (
            "<h1>news.example.org</h1><p>This name is registered and may be available. Make an offer to the owner.</p>",
            "news.example.org",
            Reason.PARKED,
        ),
    ],
)
def test_a_message_to_visitors_is_told_by_several_signs(body: str, title: str, expected: Reason) -> None:
    assert reason(page(bare(body, title=title))) == expected


def test_a_bulletin_with_such_words_stays_a_bulletin() -> None:
    assert article(html([BULLETIN], title="Robots at the ministry")).text == BULLETIN
    printed = article(bare(f"<h1>Robots at the ministry</h1><p>{BULLETIN}</p>", title="Robots at the ministry"))
    assert printed.text == BULLETIN


@pytest.mark.parametrize(
    ("title", "line", "expected"),
    [
        ("Lost?", "There is no such page on our site, please use the search.", Reason.SOFT_404),
        ("Новости", "Элемент не найден.", Reason.SOFT_404),
        ("Çerezler", "Tercihlerinizi seçin: zorunlu, analitik, reklam çerezleri.", Reason.CONSENT),
        ("المحتوى", "هذه المادة متاحة للأعضاء، يرجى تسجيل الدخول أو إنشاء حساب لقراءة بقية المقال.", Reason.LOGIN),
    ],
)
def test_a_message_under_a_whole_theme_is_told_where_it_speaks_to_its_visitor_or_of_nothing_else(
    title: str, line: str, expected: Reason
) -> None:
    body = f"{MENU}<main><h1>{title}</h1><p>{line}</p></main>{FOOTER}"
    assert reason(page(bare(body, title=f"{title} - Example News"))) == expected


def test_a_headline_about_passwords_is_no_title_of_a_log_in() -> None:
    line = "Thieves sent letters that asked for the account, the password and the e-mail of clients, the bank said."
    body = f"{MENU}<h1>Bank warns of letters for passwords</h1><p>{line}</p>{FOOTER}"
    assert article(bare(body, title="Bank warns of letters for passwords")).text == line
