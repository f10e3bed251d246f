"""What a person sees holds nothing that steers a terminal."""

from __future__ import annotations

import contextlib
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from bulletins import console

STEERING = [
    chr(code) for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
]


@given(st.lists(st.sampled_from([*STEERING, "خبر", "news ", '"', "\\"])).map("".join))
def test_json_says_the_same_with_nothing_in_it_that_steers_a_terminal(text):
    with contextlib.redirect_stdout(io.StringIO()) as out:
        console.as_json({"title": text})
    printed = out.getvalue()
    assert json.loads(printed) == {"title": text}
    assert not set(printed) & (set(STEERING) - {"\n"})


def test_a_cell_has_no_steering_characters_and_its_breaks_are_blanks():
    assert console.visible("a\x1b[31mb\u202ec\nd\x9b") == "a[31mbc d"
