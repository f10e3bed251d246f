"""An explained article in the terminal. Everything is rich.text.Text: an outlet's words are never read as markup.

Without colour each mark bears its sign instead: [P Saraqib]. Text stays in logical order; terminals turn Arabic themselves.
"""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from bulletins.console import visible
from bulletins.explain_view import MEANINGS, SIGNS, Run, Told, count_words, runs, told
from processing.explain import Explained
from processing.records import Precision

_STYLES = {
    "place": "green underline",
    "actor": "bold magenta",
    "source": "cyan italic",
    "trigger": "bold red",
    "number": "bold yellow",
    "day": "blue underline",
}
_INDENT = (0, 0, 0, 4)


def show(explained: Explained, console: Console, *, rules: bool) -> None:
    """Print the article, its statements below; `rules` adds by which rule each part was read."""
    is_plain = console.no_color or not console.is_terminal
    console.print(_field(runs(explained, "title"), is_plain, "bold"), soft_wrap=True)
    console.print(Text(_origin(explained), "dim"), soft_wrap=True)
    console.print(_legend(is_plain), soft_wrap=True)
    console.print()
    console.print(_field(runs(explained, "text"), is_plain, ""), soft_wrap=not console.is_terminal)
    console.print()
    console.print(Text(count_words(explained), "bold"))
    for one in told(explained):
        _statement(one, console, rules=rules)


def _origin(explained: Explained) -> str:
    when = "day of publication not known; read as of today"
    if explained.published_at:
        is_day = explained.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
        when = (
            f"published {explained.published_at:%Y-%m-%d}"
            if is_day
            else f"published {explained.published_at:%F %H:%M} UTC"
        )
    read = f"tags stored, by tagger {explained.tagger}" if explained.is_stored else "tagged now by today's rules"
    about = f"about Syria: {explained.relevance:.2f}"
    facts = [explained.outlet_name, when, explained.language, about, read, explained.url]
    return " · ".join(visible(fact) for fact in facts if fact)


def _legend(is_plain: bool) -> Text:
    legend = Text()
    for kind, meaning in MEANINGS.items():
        legend.append("  " if legend else "")
        legend.append(f"[{SIGNS[kind]} {meaning}]" if is_plain else meaning, "" if is_plain else _STYLES[kind])
    return legend.append("  ‹0› statement 0 ends here")


def _field(pieces: tuple[Run, ...], is_plain: bool, style: str) -> Text:
    """Return a field with its marks; a mark cut by the end of a sentence bears its sign once, where it begins."""
    text = Text(style=style)
    for place, run in enumerate(pieces):
        before = pieces[place - 1].mark if place else None
        after = pieces[place + 1].mark if place + 1 < len(pieces) else None
        if run.mark and is_plain and run.mark != before:
            text.append(f"[{SIGNS[run.mark.kind]} ")
        lines = "\n".join(visible(line) for line in run.text.split("\n"))
        text.append(lines, _STYLES[run.mark.kind] if run.mark and not is_plain else "")
        if run.mark and is_plain and run.mark != after:
            text.append("]")
        for number in run.ends:
            text.append(f" ‹{number}›", "" if is_plain else "reverse")
    return text


def _statement(one: Told, console: Console, *, rules: bool) -> None:
    head = Text.assemble("\n", (f"‹{one.number}› ", "reverse"), (one.name, "bold"), f"  {one.standing.upper()}")
    head.append(f"  {one.acled}" if one.acled else "", "dim")
    console.print(head, soft_wrap=True)
    body = Text(f"“{visible(one.literal)}”", "italic")
    if one.sums_up:
        body.append(f"\n↳ sums up {_list(one.sums_up)}; not counted beside them", "not italic yellow")
    if one.summed_up_by:
        body.append(f"\n↰ summed up by {_list(one.summed_up_by)}", "not italic dim")
    for label, words in one.facts:
        body.append(f"\n{label:<7}", "not italic bold")
        body.append(visible(words), "not italic")
    if rules:
        for what, rule, confidence in one.rules:
            body.append(f"\nrule   {visible(what)}: {visible(rule)} ({confidence:.2f})", "not italic dim")
    console.print(Padding(body, _INDENT))


def _list(numbers: tuple[int, ...]) -> str:
    return ", ".join(f"‹{number}›" for number in numbers)
