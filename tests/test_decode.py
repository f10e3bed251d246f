"""From a page's bytes to its letters, whatever its encoding is called."""

from __future__ import annotations

import codecs

import pytest

from processing.records import Reason
from tests.cleaning import (
    ARABIC,
    RUSSIAN,
    TURKISH,
    article,
    html,
    page,
    reason,
)

WRITTEN = {"windows-1256": ARABIC, "iso-8859-6": ARABIC, "windows-1251": RUSSIAN, "koi8-r": RUSSIAN, "utf-16": ARABIC, "utf-8": ARABIC, "windows-1254": TURKISH}  # fmt: skip # noqa: E501


@pytest.mark.parametrize("told", ["right", "utf-8", "iso-8859-1", "windows-1252", ""])
@pytest.mark.parametrize("encoding", WRITTEN)
def test_the_letters_are_right_whatever_the_encoding_is_called(encoding: str, told: str) -> None:
    name = encoding if told == "right" else told
    body = html(WRITTEN[encoding], charset=f'<meta charset="{name}">' if name else "", site="").encode(
        encoding, "xmlcharrefreplace"
    )
    made = article(page(body, content_type=f"text/html; charset={name}" if name else None))
    assert made.text == "\n".join(WRITTEN[encoding])


@pytest.mark.parametrize("codec", ["cp1252", "latin-1", "cp1251", "cp1256", "cp1254"])
@pytest.mark.parametrize("paragraphs", [ARABIC, RUSSIAN], ids=["ar", "ru"])
def test_a_text_that_was_encoded_twice_is_refused(paragraphs: list[str], codec: str) -> None:
    wrong = [paragraph.encode().decode(codec, "replace") for paragraph in paragraphs]
    assert reason(html(wrong, title=wrong[0][:60])) == Reason.UNDECODABLE


def test_a_text_with_many_damaged_bytes_is_refused_and_one_with_a_cut_letter_is_marked() -> None:
    body = html(ARABIC).encode()
    cut = body.replace("القريبة".encode(), "القريبة".encode()[:-1])
    assert article(page(cut)).flags == ("damaged_characters", "no_date")
    broken = body.replace("ا".encode(), b"\xd8\xff")
    assert reason(page(broken)) == Reason.UNDECODABLE


def test_marks_of_byte_order_are_believed_only_where_text_comes_out() -> None:
    text = html(ARABIC)
    assert article(page(codecs.BOM_UTF8 + text.encode())).text == "\n".join(ARABIC)
    assert article(page(codecs.BOM_UTF16_BE + text.encode("utf-16-le"))).text == "\n".join(ARABIC)
    assert article(page(text.encode("utf-16-be"), content_type="text/html")).text == "\n".join(ARABIC)


@pytest.mark.parametrize("codec", ["utf-7", "iso2022_jp"])
def test_encodings_that_hide_in_ascii_are_refused(codec: str) -> None:
    paragraphs = ARABIC if codec == "utf-7" else ["砲弾が二つの村に落ちた。住民が語った。" * 4]
    assert reason(page(html(paragraphs, title="x", site="").replace("©", "").encode(codec))) == Reason.UNDECODABLE


@pytest.mark.parametrize("told", ["windows-1256", "windows-1252", "utf-8", ""])
def test_bytes_beside_letters_that_are_written_as_numbers_are_read_in_their_script(told: str) -> None:
    text = "".join(f"&#{ord(c)};" if "\u0620" <= c <= "\u064a" else c for c in ARABIC[0] + "، " + ARABIC[1])
    body = html([], under=f"<p>{text}</p>", charset=f'<meta charset="{told}">', site="").encode("cp1256")
    assert article(page(body, content_type="text/html")).text == ARABIC[0] + "، " + ARABIC[1]


def test_a_page_whose_only_strange_bytes_are_prints_own_marks_is_read() -> None:
    paragraphs = ["The mayor said “nobody claimed it” – the council’s office agreed with him on Tuesday."]
    made = article(page(html(paragraphs, charset="", site="").encode("cp1252"), content_type="text/html"))
    assert made.text == paragraphs[0]


def test_utf_8_that_lost_many_bytes_is_refused_and_never_read_as_another_encoding() -> None:
    body = html(RUSSIAN * 5, charset="", site="").encode()
    damaged = bytes(byte for place, byte in enumerate(body) if byte < 128 or place % 19)
    assert reason(page(damaged, content_type="text/html")) == Reason.UNDECODABLE


def test_utf_16_that_lost_a_byte_is_refused() -> None:
    body = html(ARABIC, charset="", site="").encode("utf-16-le")
    assert reason(page(body[:600] + body[601:], content_type="text/html")) == Reason.UNDECODABLE


def test_presentation_forms_that_were_encoded_twice_are_refused() -> None:
    forms = "ﺃﻋﻠﻨﺖ ﻣﺪﻳﺮﻳﺔ ﺯﺭﺍﻋﻴﺔ ﻓﻲ ﺭﻳﻒ ﺩﻳﺮ ﺍﻟﺰﻭﺭ ﺍﻧﻄﻼﻕ ﻣﻮﺳﻢ ﺣﺼﺎﺩ ﺍﻟﺸﻌﻴﺮ"
    wrong = forms.encode().decode("cp1252", "replace")
    assert reason(html([wrong] * 3, title=wrong[:60])) == Reason.UNDECODABLE
