"""What a person sees: one console, tables, and JSON for scripts."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

# Rich honours NO_COLOR and drops colour and animation where the output is no terminal. Errors and progress go to standard
# error, so that standard output can be piped.
_PIPED = 150  # columns where no terminal says how many it has; 80 would break slugs and addresses
out = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else _PIPED)
err = Console(stderr=True, width=None if sys.stderr.isatty() or "COLUMNS" in os.environ else _PIPED)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, numbers: Sequence[str] = ()) -> None:
    """Print a table; `numbers` names the columns to align right. Cells are escaped: they may hold an outlet's words."""
    made = Table(title=title or None, title_justify="left", header_style="bold", show_edge=False, pad_edge=False)
    for place, column in enumerate(columns):
        # The first column names the row: it is what one copies, so it is never broken.
        made.add_column(column, justify="right" if column in numbers else "left", overflow="fold", no_wrap=place == 0)
    for row in rows:
        made.add_row(*("" if cell is None else escape(visible(str(cell))) for cell in row))
    out.print(made)


def visible(text: str) -> str:
    """Return text without characters that steer a terminal or turn the direction of what follows."""
    return "".join(" " if char in "\n\t" else char for char in text if char in "\n\t" or _harmless(char))


def _harmless(char: str) -> bool:
    code = ord(char)
    return code >= 0x20 and not 0x7F <= code < 0xA0 and not 0x202A <= code <= 0x202E and not 0x2066 <= code <= 0x2069


def as_json(value: Any) -> None:
    """Print a value as JSON on standard output; what steers a terminal is escaped, for the text may be an outlet's."""
    text = json.dumps(value, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write(
        "".join(char if char == "\n" or _harmless(char) else f"\\u{ord(char):04x}" for char in text) + "\n"
    )
