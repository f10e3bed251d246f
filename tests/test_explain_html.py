import re

from bulletins.explain_html import element, page
from processing.explain import explain_text
from tests.explaining import ARABIC, DAY, explained


def test_strings_are_escaped_and_elements_are_not_escaped_twice() -> None:
    assert (
        element("p", "<b>", element("i", "&"), title='"><x') == '<p title="&quot;&gt;&lt;x">&lt;b&gt;<i>&amp;</i></p>'
    )


def test_nothing_of_a_text_becomes_markup() -> None:
    evil = '<script>alert(1)</script> "><img src=x onerror=alert(1)> </style> Afrin was shelled'
    made = page(explain_text(evil, title=evil, outlet=evil, day=DAY))
    assert "<script" not in made
    assert "<img" not in made
    assert made.count("</style>") == 1


def test_the_page_lets_nothing_run_and_loads_nothing() -> None:
    made = page(explained())
    assert "default-src 'none'" in made
    assert not re.search(r"<(script|link|img|iframe)|src=|url\(", made)


def test_an_address_that_is_not_of_the_web_is_no_link() -> None:
    assert 'href="javascript' not in page(explained(url="javascript:alert(1)"))
    assert 'href="https://example.org/1"' in page(explained(url="https://example.org/1"))


def test_arabic_stands_from_right_to_left() -> None:
    made = page(explain_text(ARABIC, day=DAY))
    assert '<article lang="ar">' in made
    assert '<p dir="rtl">' in made


def test_characters_that_turn_the_direction_are_left_out() -> None:
    assert "\u202e" not in page(explain_text("Afrin \u202ewas shelled.", day=DAY))


def test_the_summary_is_linked_to_what_it_sums_up_and_said_not_to_be_counted() -> None:
    made = page(explained())
    summary = made[made.index('id="statement-0"') : made.index('id="statement-1"')]
    assert 'href="#statement-1"' in summary
    assert "not counted" in summary
