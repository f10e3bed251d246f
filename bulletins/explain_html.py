"""An explained article as one HTML page that needs nothing else: no scripts, no fonts, no requests.

All text is hostile. `element` escapes every string that it did not make itself, and the page's policy lets nothing run.
"""

from __future__ import annotations

import html
import itertools
from collections.abc import Iterator
from importlib import resources

from bulletins.console import visible
from bulletins.explain_view import MEANINGS, SIGNS, Run, Told, count_words, runs, told
from processing.explain import Explained

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_RIGHT_TO_LEFT = {"ar", "ckb", "fa", "he", "ur"}
_WEB = ("https://", "http://")


class Html(str):
    """Markup that is safe to put into a page."""

    __slots__ = ()


def element(name: str, *children: str, **attributes: str) -> Html:
    """Make an element; strings that are not Html are escaped. An attribute `class_` is written `class`."""
    given = "".join(f' {key.rstrip("_").replace("_", "-")}="{_escaped(value)}"' for key, value in attributes.items())
    return Html(f"<{name}{given}>{''.join(map(_safe, children))}</{name}>")


def _safe(child: str) -> str:
    return child if isinstance(child, Html) else _escaped(child)


def _escaped(text: str) -> str:
    """Escape a text, and leave out the characters that turn the direction of what follows."""
    return html.escape("\n".join(visible(line) for line in text.split("\n")))


def page(explained: Explained) -> str:
    """Return the page: the article with its marks, and beside or below it the statements."""
    style = Html((resources.files("bulletins") / "explain.css").read_text(encoding="utf-8"))
    head = Html(
        '<meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="referrer" content="no-referrer"><meta name="color-scheme" content="light dark">'
    ) + element("title", explained.title or "Text without a title") + Html(f"<style>{style}</style>")  # fmt: skip
    body = element("main", _article(explained), _statements(explained))
    return f'<!doctype html>\n<html lang="en"><head>{head}</head>\n<body>{_header(explained)}{body}</body></html>\n'


def _header(explained: Explained) -> Html:
    when = f"published {explained.published_at:%Y-%m-%d}" if explained.published_at else "day of publication not known"
    read = f"tags stored, by tagger {explained.tagger}" if explained.is_stored else "tagged by the rules of today"
    facts: list[str] = [
        explained.outlet_name,
        when,
        explained.language,
        f"about Syria: {explained.relevance:.2f}",
        read,
    ]
    if explained.url.lower().startswith(_WEB):
        facts.append(element("a", explained.url, href=explained.url, rel="noreferrer nofollow", class_="url"))
    elif explained.url:
        facts.append(explained.url)
    marks = [element("mark", element("b", SIGNS[kind]), meaning, class_=kind) for kind, meaning in MEANINGS.items()]
    return element(
        "header",
        element("p", *[element("span", fact) for fact in facts if fact], class_="facts"),
        element("p", *marks, class_="legend"),
    )


def _article(explained: Explained) -> Html:
    side = _direction(explained.language)
    lines = [element("p", *line, dir=side) for line in _lines(runs(explained, "text")) if line]
    title = element("h1", *itertools.chain.from_iterable(_lines(runs(explained, "title"))), dir=side)
    return element("article", title, *lines, lang=explained.language)


def _direction(language: str) -> str:
    return "rtl" if language in _RIGHT_TO_LEFT else "auto"


def _lines(pieces: tuple[Run, ...]) -> Iterator[list[Html]]:
    """Yield paragraphs, each a list of marked stretches."""
    line: list[Html] = []
    for place, run in enumerate(pieces):
        for count, text in enumerate(run.text.split("\n")):
            if count:
                yield line
                line = []
            if text:
                line.append(_run(run, text, is_first=count == 0, is_cut=_is_cut(pieces, place)))
        line += [_link(number) for number in run.ends]
    yield line


def _is_cut(pieces: tuple[Run, ...], place: int) -> bool:
    """Say whether a mark goes on from the stretch before, so that its sign is not shown again."""
    return place > 0 and pieces[place].mark is not None and pieces[place].mark == pieces[place - 1].mark


def _run(run: Run, text: str, *, is_first: bool, is_cut: bool) -> Html:
    made: str = text
    if run.mark:
        sign = [] if is_cut else [element("b", SIGNS[run.mark.kind], aria_hidden="true")]
        hint = f"{MEANINGS[run.mark.kind]}: {run.mark.name}"
        made = element("mark", *sign, element("bdi", text), class_=run.mark.kind, title=hint)
    if not run.within:
        return made if isinstance(made, Html) else Html(_escaped(made))
    for number in run.begins if is_first else ():
        made = element("span", made, id=f"said-{number}")
    return element("span", made, class_="said")


def _link(number: int) -> Html:
    return element("a", str(number), href=f"#statement-{number}", class_="ref", aria_label=f"statement {number}")


def _statements(explained: Explained) -> Html:
    rows = [_statement(one, explained) for one in told(explained)]
    nothing = [] if rows else [element("p", "Nothing is stated here that the rules know.")]
    return element("section", element("h2", count_words(explained)), *rows, *nothing, aria_label="Statements")


def _statement(one: Told, explained: Explained) -> Html:
    number = element(
        "a", str(one.number), href=f"#said-{one.number}", class_="ref", aria_label="its sentence in the text"
    )
    head = element("h3", number, one.name, " ", element("span", one.standing.value, class_="standing"))
    links = [
        *_links("sums up ", one.sums_up, "; not counted beside them"),
        *_links("summed up by ", one.summed_up_by, ""),
    ]
    facts = [part for label, words in one.facts for part in (element("dt", label), element("dd", words))]
    rules = [
        element("li", f"{what}: {rule} ", element("i", f"{confidence:.2f}")) for what, rule, confidence in one.rules
    ]
    return element(
        "section",
        head,
        element("p", one.acled or "no ACLED type corresponds", class_="acled"),
        element("blockquote", one.literal, dir=_direction(explained.language), lang=explained.language),
        *links,
        element("dl", *facts),
        element("details", element("summary", "rules and confidence"), element("ul", *rules)),
        id=f"statement-{one.number}",
        class_=f"statement {one.standing.value}" + (" sum" if one.sums_up else ""),
    )


def _links(words: str, numbers: tuple[int, ...], after: str) -> list[Html]:
    if not numbers:
        return []
    return [element("p", words, *map(_link, numbers), after, class_="sums")]
