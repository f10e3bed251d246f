"""Places that users imported: files of any length, of which next to nothing is read before a text has one of their names.

`bulletins places import` leaves three files beside the installation: places.csv, with the columns of vocabulary/places.csv;
places.names, a trie of every spelling and id with where its row in places.csv begins, which is mapped and not read; and
places.words, a table of bits that says of most words that no name begins with them. 200,000 names in the automaton of our
own would take seconds to load and a hundred megabytes (measured 2026-11-23: 2.7 s, 139 MB).
"""

from __future__ import annotations

import csv
import hashlib
import io
import logging
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from zlib import crc32

import marisa_trie

from processing.tag import forms
from processing.tag.aliases import Alias
from processing.tag.tables import Place, place_of, row_aliases

_LINE = 1 << 16  # bytes; no row is as long
_BITS = 1 << 23  # of the table of first words: of 300,000 names' first words, 3 in 100 others' bits are set as well
_DIGEST = 64  # characters at the head of the table
_ID = "\x01"  # before a place's id among the spellings; no spelling has it
_RECORD = "<Q"  # where a row begins, in bytes
_WORD = re.compile(r"\w+")
_UNIFORM = re.compile(r"\D+|\d+")  # the first letters of a word, or its first figures
_LONGEST = 80  # characters of a name

log = logging.getLogger(__name__)
Row = dict[str, str]
Spell = Callable[[Alias], Iterator[str]]


def imported_path() -> Path:
    """Return where imported places are kept: below BULLETINS_HOME."""
    return Path(os.environ.get("BULLETINS_HOME") or "var").absolute() / "vocabulary" / "places.csv"


@dataclass(slots=True)
class Imported:
    """Imported places by spelling and by id."""

    path: Path
    columns: list[str]
    names: marisa_trie.RecordTrie
    words: bytes = field(repr=False)  # bits of the first words
    sha256: str  # of the CSV file and the rules of spelling
    _file: int  # descriptor, open as long as the vocabulary lives
    _rows: dict[int, Row] = field(default_factory=dict)

    def __del__(self) -> None:
        """Close the file."""
        os.close(self._file)

    def find(self, text: str) -> Iterator[tuple[int, str, int]]:
        """Yield where in a folded text an imported spelling begins, the spelling, and where its row does.

        A spelling begins with a word, or behind the particles that Arabic writes together with it; whether it ends with
        one is not looked at.
        """
        for start in self._begins(text):
            for spelling in self.names.prefixes(text[start : start + _LONGEST]):
                for (offset,) in self.names[spelling]:
                    yield start, spelling, offset

    def _begins(self, text: str) -> Iterator[int]:
        """Yield the places where a name may begin."""
        for found in _WORD.finditer(text):
            word, start = found[0], found.start()
            if self._may_begin(word):
                yield start
            if "\u0600" <= word[0] <= "\u06ff":
                for length in (1, 2):
                    if word[:length] in forms.CLITICS and self._may_begin(word[length:]):
                        yield start + length

    def _may_begin(self, word: str) -> bool:
        bit = _bit(word)
        return bool(self.words[bit >> 3] & (1 << (bit & 7)))

    def row(self, offset: int) -> Row:
        """Return the row that begins at a byte of the file as it was when it was read."""
        if offset not in self._rows:
            # an import meanwhile puts another file in its place
            line = os.pread(self._file, _LINE, offset).partition(b"\n")[0].decode("utf-8")
            self._rows[offset] = dict(zip(self.columns, next(csv.reader([line])), strict=True))
        return self._rows[offset]

    def place(self, place_id: str) -> Place | None:
        """Return an imported place by its id; None: there is none of that id."""
        found = self.names.get(f"{_ID}{place_id}")
        return place_of(self.row(found[0][0]), self.path.name) if found else None

    def ids(self) -> Iterator[str]:
        """Yield the ids of all imported places."""
        yield from dict.fromkeys(key.removeprefix(_ID) for key in self.names.iterkeys(_ID))


def read_imported(path: Path, spell: Spell) -> Imported | None:
    """Read what was imported, compiling it anew where that is missing or of another file; None: nothing was."""
    if not path.is_file():
        return None
    file = os.open(path, os.O_RDONLY)
    data = os.pread(file, os.fstat(file).st_size, 0)
    digest = _digest(data)
    header = next(csv.reader([data.partition(b"\n")[0].decode("utf-8")]))
    names, words = path.with_suffix(".names"), path.with_suffix(".words")
    table = words.read_bytes() if words.is_file() and names.is_file() else b""
    if table[:_DIGEST] == digest.encode():
        return Imported(path, header, marisa_trie.RecordTrie(_RECORD).mmap(str(names)), table[_DIGEST:], digest, file)
    trie, table, _ = _compile(data, header, path.name, spell)
    try:
        _keep(path, trie, digest, table)
    except OSError as error:  # the vocabulary of another user: it is compiled by every process
        log.warning("%s: its spellings cannot be kept beside it (%s); import the list again as its owner", path, error)
    return Imported(path, header, trie, table, digest, file)


def write_imported(path: Path, rows: list[Row], columns: list[str], spell: Spell) -> int:
    """Write imported rows, whole or not at all, with their compiled spellings; returns the number of spellings."""
    path.parent.mkdir(parents=True, exist_ok=True)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    # one line a row, so that a row can be read by where it begins
    writer.writerows({name: " ".join(value.split()) for name, value in row.items()} for row in rows)
    data = out.getvalue().encode()
    trie, table, count = _compile(data, columns, path.name, spell)
    _replace(path, data)
    _keep(path, trie, _digest(data), table)
    return count


def _compile(data: bytes, header: list[str], name: str, spell: Spell) -> tuple[marisa_trie.RecordTrie, bytes, int]:
    """Return the trie and the table of first words of a CSV file, and how many spellings it has."""
    keys: list[tuple[str, tuple[int]]] = []
    bits = bytearray(_BITS >> 3)
    count = 0
    for offset, row in _rows(data, header):
        keys.append((f"{_ID}{row['place_id']}", (offset,)))
        spelled = (pattern for alias in row_aliases(row) for pattern in spell(alias))
        for pattern in dict.fromkeys(spelled):
            if first := _WORD.match(pattern):
                count += 1
                keys.append((pattern, (offset,)))
                bit = _bit(first[0])
                bits[bit >> 3] |= 1 << (bit & 7)
    return marisa_trie.RecordTrie(_RECORD, keys), bytes(bits), count


def _bit(word: str) -> int:
    """Return the place of a word in the table: of its letters up to a figure, which may be written to a name (زمرده1)."""
    start = _UNIFORM.match(word)
    return crc32(start[0].encode() if start else b"") % _BITS


def _rows(data: bytes, header: list[str]) -> Iterator[tuple[int, Row]]:
    offset = data.index(b"\n") + 1
    for line in data[offset:].splitlines(keepends=True):
        yield offset, dict(zip(header, next(csv.reader([line.decode("utf-8")])), strict=True))
        offset += len(line)


def _keep(path: Path, trie: marisa_trie.RecordTrie, digest: str, table: bytes) -> None:
    """Write the trie, then the table whose digest makes both valid."""
    _replace(path.with_suffix(".words"), b"")
    _replace(path.with_suffix(".names"), trie.tobytes())
    _replace(path.with_suffix(".words"), digest.encode() + table)


def _digest(data: bytes) -> str:
    """Hash imported places with the rules of spelling, so that a change of either compiles them anew."""
    return hashlib.sha256(data + Path(forms.__file__).read_bytes() + Path(__file__).read_bytes()).hexdigest()


def _replace(path: Path, data: bytes) -> None:
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
