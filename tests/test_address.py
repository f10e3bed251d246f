"""Messages speak to their visitor, news tell of others."""

from __future__ import annotations

import pytest

from processing.clean.address import addressed
from processing.text import fold_plain


@pytest.mark.parametrize(
    "line",
    [
        "Please try again in a few minutes.",
        "يرجى المحاولة بعد قليل",
        "Пожалуйста, обновите страницу",
        "Lütfen birazdan tekrar deneyin",
        "Aradığınız sayfa yok",
    ],
)
def test_a_message_speaks_to_its_visitor(line: str) -> None:
    assert addressed(fold_plain(line))


@pytest.mark.parametrize(
    "line",
    [
        "Two bakeries reopened on Tuesday, the council said.",
        "أعيد فتح مخبزين بعد أسبوع بلا طحين",
        "Две пекарни открылись после недели без муки",
        "İki fırın bir haftalık aradan sonra açıldı",
        "A sign at the gate read “please wait for your turn”.",
    ],
)
def test_news_do_not_nor_do_their_quotations_count(line: str) -> None:
    assert not addressed(fold_plain(line))
