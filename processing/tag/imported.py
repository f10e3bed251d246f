"""Places that users imported: a file of any length, of which only the spellings are held in memory.

`bulletins places import` leaves two files beside the installation: places.csv, with the columns of vocabulary/places.csv, and
places.compiled, with every spelling and the place in places.csv where its row begins. What a spelling means is read when a
text first has it: 200,000 rows as objects would take seconds to make and hundreds of megabytes to keep.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from processing.tag import forms
from processing.tag.aliases import Alias
from processing.tag.tables import Place, place_of, row_aliases

_LINE = 1 << 16  # bytes; no row is as long
Row = dict[str, str]
Spell = Callable[[Alias], Iterator[str]]


def imported_path() -> Path:
    """Return where imported places are kept: below BULLETINS_HOME."""
    return Path(os.environ.get("BULLETINS_HOME") or "var").absolute() / "vocabulary" / "places.csv"


@dataclass(slots=True)
class Imported:
    """Imported places by spelling."""

    path: Path
    columns: list[str]
    patterns: list[str]
    offsets: list[int]  # of the row of each pattern in the CSV file, in bytes
    sha256: str  # of the CSV file and the rules of spelling
    _file: int  # descriptor, open as long as the vocabulary lives
    _rows: dict[int, Row] = field(default_factory=dict)
    _ids: dict[str, int] | None = None

    def __del__(self) -> None:
        """Close the file."""
        os.close(self._file)

    def row(self, pattern: int) -> Row:
        """Return the row that a spelling comes from."""
        return self._row(self.offsets[pattern])

    def _row(self, offset: int) -> Row:
        if offset not in self._rows:
            # of the file as it was when it was read: an import meanwhile puts another in its place
            line = os.pread(self._file, _LINE, offset).partition(b"\n")[0].decode("utf-8")
            self._rows[offset] = dict(zip(self.columns, next(csv.reader([line])), strict=True))
        return self._rows[offset]

    def place(self, place_id: str) -> Place | None:
        """Return an imported place by its id; None: there is none of that id."""
        if self._ids is None:
            self._ids = {self._row(offset)["place_id"]: offset for offset in dict.fromkeys(self.offsets)}
        offset = self._ids.get(place_id)
        return None if offset is None else place_of(self._row(offset), self.path.name)

    def ids(self) -> Iterator[str]:
        """Yield the ids of all imported places."""
        self.place("")
        yield from self._ids or ()


def read_imported(path: Path, spell: Spell) -> Imported | None:
    """Read what was imported, compiling it anew where that is missing or of another file; None: nothing was."""
    if not path.is_file():
        return None
    file = os.open(path, os.O_RDONLY)
    data = os.pread(file, os.fstat(file).st_size, 0)
    digest = _digest(data)
    header = next(csv.reader([data.partition(b"\n")[0].decode("utf-8")]))
    compiled = path.with_suffix(".compiled")
    lines = compiled.read_text(encoding="utf-8").split("\n") if compiled.is_file() else [""]
    if lines[0] != digest:
        lines = [digest, *compile_rows(data, header, path.name, spell)]
    spelled = [line.partition("\t") for line in lines[1:] if line]
    return Imported(path, header, [one[2] for one in spelled], [int(one[0]) for one in spelled], digest, file)


def compile_rows(data: bytes, header: list[str], name: str, spell: Spell) -> Iterator[str]:
    """Yield a line for each spelling of each row of the CSV file: where the row begins, and the spelling."""
    offset = data.index(b"\n") + 1
    for line in data[offset:].splitlines(keepends=True):
        row = dict(zip(header, next(csv.reader([line.decode("utf-8")])), strict=True))
        seen: set[str] = set()
        for alias in row_aliases(row):
            for pattern in spell(alias):
                if pattern not in seen:
                    seen.add(pattern)
                    yield f"{offset}\t{pattern}"
        offset += len(line)


def write_imported(path: Path, rows: list[Row], columns: list[str], spell: Spell) -> int:
    """Write imported rows, whole or not at all, with their compiled spellings; returns the number of spellings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    # one line a row, so that a row can be read by where it begins
    writer.writerows({name: " ".join(value.split()) for name, value in row.items()} for row in rows)
    data = out.getvalue().encode()
    lines = list(compile_rows(data, columns, path.name, spell))
    _replace(path, data)
    text = "\n".join([_digest(data), *lines])
    _replace(path.with_suffix(".compiled"), text.encode())
    return len(lines)


def _digest(data: bytes) -> str:
    """Hash imported places with the rules of spelling, so that a change of either compiles them anew."""
    return hashlib.sha256(data + Path(forms.__file__).read_bytes()).hexdigest()


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
