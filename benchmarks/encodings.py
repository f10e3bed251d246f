"""Pages in the encodings of the field, labelled right, wrong or not at all, damaged or encoded twice: read right, refused,
or wrongly accepted.

    python -m benchmarks.encodings [--json]

The texts are those of the pages made for this project (30 each in Arabic, Russian and Turkish, bulletins of one sentence
among them) and English with print's own marks, each put into every encoding that can write it. Right: the text is that of
the same page in UTF-8, letter for letter. Wrongly accepted: it is loaded with another text. Of damaged pages the loss of
single letters is right where it is flagged.
"""

from __future__ import annotations

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from processing.clean import CleanHints, clean
from processing.records import Article
from tests.cleaning import html, outlet, page
from tests.golden.pages.build import golden

WRITTEN = {
    "ar": ("windows-1256", "iso-8859-6", "utf-16", "utf-8"),
    "ru": ("windows-1251", "koi8-r", "iso-8859-5", "cp866", "utf-16", "utf-8"),
    "tr": ("windows-1254", "iso-8859-9", "utf-16", "utf-8"),
    "en": ("windows-1252", "utf-16", "utf-8"),
}
ENGLISH = (
    "Three people were wounded when shells hit a village “in the early morning”, the mayor’s office said – nobody claimed it.",
    "A café near the old bridge was damaged…\nThe owner, José Müller, said that he would reopen “within days”.",
)
# What the header and the markup call it.
LABELS = {
    "right": None, "utf-8": "utf-8", "iso-8859-1": "iso-8859-1", "windows-1252": "windows-1252", "none": "", "nonsense": "x-9",
}  # fmt: skip
TWICE = ("cp1252", "latin-1", "cp1251", "cp1256", "cp1254")
DAMAGES = ("one byte in a thousand", "one byte in twenty", "cut in the middle")
Outcome = str  # right | refused | wrongly accepted


def main(as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False) -> None:
    """Clean every combination and count."""
    rows: dict[str, Counter[Outcome]] = defaultdict(Counter)
    wrong: list[str] = []
    for name, language, made, wanted in combinations():
        outcome = judge(made, wanted)
        rows[name][outcome] += 1
        if outcome == "wrongly accepted":
            wrong.append(f"{language} {name}: {wanted[:60]!r}")
    total = sum((counts for counts in rows.values()), Counter())
    if as_json:
        print(json.dumps({"rows": rows, "total": total, "wrong": wrong}, ensure_ascii=False, indent=1))
    else:
        table = Table("bytes, label", "pages", "right", "refused", "wrongly accepted")
        for name, counts in [*rows.items(), ("all", total)]:
            table.add_row(
                name, *map(str, (counts.total(), counts["right"], counts["refused"], counts["wrongly accepted"]))
            )
        Console(width=120).print(table)
        for line in wrong:
            print(line)
    if total["wrongly accepted"]:
        raise typer.Exit(1)


def texts() -> Iterator[tuple[str, str]]:
    """Yield language and text."""
    yield from ((made.language, made.text) for made in golden())
    yield from (("en", text) for text in ENGLISH)


def combinations() -> Iterator[tuple[str, str, tuple[bytes, str | None], str]]:
    """Yield name, language, the page's bytes and declared type, and the right text."""
    chance = random.Random(3)
    for language, text in texts():
        paragraphs = text.split("\n")
        title = " ".join(paragraphs[0].split()[:6])
        for encoding in WRITTEN[language]:
            for label, given in LABELS.items():
                charset = encoding if given is None else given
                body = _page(paragraphs, title, charset).encode(encoding, "xmlcharrefreplace")
                kind = f"text/html; charset={charset}" if charset else "text/html"
                yield f"{encoding}, labelled {label}", language, (body, kind), text
        body = _page(paragraphs, title, "utf-8").encode()
        for codec in TWICE if language != "en" else ():
            twice = body.decode(codec, "replace").encode()
            yield "UTF-8 taken for another and encoded again", language, (twice, "text/html; charset=utf-8"), text
        for encoding in WRITTEN[language]:
            # A byte that one-byte encodings lose is a letter that nobody can miss.
            for damage in DAMAGES if encoding.startswith("utf") else DAMAGES[2:]:
                body = _page(paragraphs, title, encoding).encode(encoding, "xmlcharrefreplace")
                kind = f"text/html; charset={encoding}"
                yield f"{encoding}, {damage}", language, (_damaged(body, damage, chance), kind), text


def judge(made: tuple[bytes, str | None], wanted: str) -> Outcome:
    """Clean a page and hold its text against the right one."""
    body, content_type = made
    found = clean(page(body, content_type=content_type), outlet(), CleanHints())
    if not isinstance(found, Article):
        return "refused"
    same = _plain(found.text) == _plain(wanted)
    flagged = "damaged_characters" in found.flags
    return "right" if same or flagged or _is_part(found.text, wanted) else "wrongly accepted"


def _is_part(found: str, wanted: str) -> bool:
    """Say whether a text is the right one up to where its page was cut."""
    return len(found) >= 1 and _plain(wanted).startswith(_plain(found)[:-1])


def _plain(text: str) -> str:
    return " ".join(text.split())


def _page(paragraphs: list[str], title: str, charset: str) -> str:
    return html(paragraphs, title=title, site="", charset=f'<meta charset="{charset}">' if charset else "")


def _damaged(body: bytes, damage: str, chance: random.Random) -> bytes:
    """Return a page with bytes of its letters lost, or cut off."""
    if damage == DAMAGES[2]:
        return body[: len(body) * 2 // 3]
    share = 0.001 if damage == DAMAGES[0] else 0.05
    start = body.find("<h1>".encode("utf-16-le")) if b"\0" in body else body.find(b"<h1>")
    return body[:start] + bytes(byte for byte in body[start:] if byte < 128 or chance.random() > share)


if __name__ == "__main__":
    typer.run(main)
