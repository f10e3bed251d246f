"""The lines that recur in an outlet's articles, and what was decided of each: `<folder>/boilerplate/<slug>.txt`.

    # a comment
    drop: Follow us on our channel for the latest news
    keep: Statement of the press office

`drop` lines are taken out of the outlet's texts. `keep` lines belong to its articles and are never proposed again.
The file stands beside the declaration and is part of it: `declaration_sha256` covers both. How a line is found in a text
is the cleaner's business (processing.clean.boilerplate); here a line is what is written.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from crawlers.declarations import Faults
from crawlers.records import OutletError
from crawlers.rules import Boilerplate

FOLDER = "boilerplate"
DROP, KEEP = "drop", "keep"
HEAD = """\
# Lines that recur in this outlet's articles, proposed by `bulletins outlets boilerplate` and reviewed by a person.
# drop: a line of the site, taken out of the texts. keep: a line of the articles, never proposed again.
# A number is written 0 and stands for any. Change `drop` to `keep` rather than delete a line, or it is proposed again.
"""
_LINE = re.compile(rf"({DROP}|{KEEP}): (\S.*)")
# Control characters and direction overrides: what a reviewer sees must be what is compared.
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def path_of(declaration: Path) -> Path:
    """Return where the known lines of a declaration are; the file need not exist."""
    return declaration.parent / FOLDER / f"{declaration.stem}.txt"


def read_boilerplate(declaration: Path) -> Boilerplate:
    """Read the known lines of a declaration; none when it has no such file.

    Raises OutletError with a line for each mistake: what is no comment, `drop: …` or `keep: …`, and a line given twice.
    """
    path = path_of(declaration)
    if not path.exists():
        return Boilerplate()
    found: dict[str, str] = {}
    faults = Faults(path)
    for number, line in enumerate(_text(path).split("\n"), start=1):
        line = line.rstrip()
        if not line or line.startswith("#"):
            continue
        parted = _LINE.fullmatch(line)
        if parted is None or _HIDDEN.search(line):
            faults.add(f"line {number}", "a comment, `drop: a line` or `keep: a line`, no control characters", line)
        elif parted[2] in found:
            faults.add(f"line {number}", "a line that is not in the file yet", line)
        else:
            found[parted[2]] = parted[1]
    faults.stop()
    by_word = {word: tuple(line for line, said in found.items() if said == word) for word in (DROP, KEEP)}
    return Boilerplate(dropped=by_word[DROP], kept=by_word[KEEP])


def add_boilerplate(declaration: Path, lines: Iterable[str]) -> Path:
    """Add lines to drop at the end of a declaration's file, whole or not at all; returns the file.

    What is in the file stays as it is, comments too. Raises OutletError when the file cannot be read or written.
    """
    path = path_of(declaration)
    try:
        text = _text(path) if path.exists() else HEAD
        path.parent.mkdir(exist_ok=True)
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        part.write_text("".join([text.rstrip("\n"), "\n", *(f"{DROP}: {line}\n" for line in lines)]), encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise OutletError(f"{path}: file: expected a file that can be written, got {error.strerror}") from error
    return path


def strangers(folder: Path, slugs: Iterable[str]) -> list[Path]:
    """Return the files of known lines in a folder of declarations that belong to none of its outlets."""
    known = {f"{slug}.txt" for slug in slugs}
    return sorted(path for path in (folder / FOLDER).glob("[!.]*.txt") if path.name not in known)


def _text(path: Path) -> str:
    faults = Faults(path)
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        faults.add("file", "a readable file", error.strerror or type(error).__name__)
    except UnicodeDecodeError as error:
        faults.add(f"line {error.object[: error.start].count(10) + 1}", "UTF-8 text", "another encoding")
    faults.stop()
    return ""
