"""Turn a TOML file into a frozen record by the record's own annotations, and note every mistake by its key.

Knows TOML and dataclasses, nothing of outlets: what a value must look like comes in as `Checks`, what the values must
be to one another is the caller's business. pydantic would convert the same types, but it coerces where TOML is exact
("5" for 5, true for 1) or, strict, refuses lists for tuples, and its messages would all have to be rewritten.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import enum
import re
import tomllib
import types
import typing
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from crawlers.records import OutletError

# Returns what the value should have been, or None when it is that.
Check = Callable[[Any], str | None]
# By record and field; for a list, of each item.
Checks = Mapping[tuple[type, str], Check]

_GOT_LENGTH = 80  # characters of a wrong value that are repeated; enough to find it by
# TOML's types are exact: a true is no number, a date with a time is no date.
_SCALARS: Mapping[type, tuple[tuple[type, ...], str]] = {
    str: ((str,), "text in quotes"),
    bool: ((bool,), "true or false"),
    int: ((int,), "a whole number"),
    float: ((int, float), "a number"),
    dt.date: ((dt.date,), "a date without quotes such as 2024-12-08"),
}


def fault(path: Path, key: str, expected: str, got: str) -> str:
    """The one line in which a mistake is told."""
    return f"{path}: {key}: expected {expected}, got {got}"


class Faults:
    """The mistakes of one file, at most one line for a key."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: dict[str, str] = {}

    def add(self, key: str, expected: str, got: object = None) -> None:
        """Note that `key` should hold `expected`; the first mistake of a key stands. No `got`: the key is absent."""
        self._lines.setdefault(key, fault(self._path, key, expected, "nothing" if got is None else shown(got)))

    def __contains__(self, key: str) -> bool:
        """Whether the key, or one below it, is noted: then nothing should be concluded from its value."""
        return any(noted == key or noted.startswith((f"{key}.", f"{key}[")) for noted in self._lines)

    def stop(self) -> None:
        """Raise OutletError with the lines noted so far, if there are any."""
        if self._lines:
            raise OutletError("\n".join(self._lines.values()))


def shown(value: object) -> str:
    """A value on one line, as TOML writes the plain ones; cut where it is long."""
    if isinstance(value, bool):
        return str(value).lower()
    text = value.isoformat() if isinstance(value, dt.date | dt.time) else repr(value)
    return text if len(text) <= _GOT_LENGTH else text[:_GOT_LENGTH] + "…"


def parse(path: Path) -> dict[str, Any]:
    """Read a TOML file; OutletError with the file and, where there is one, the line."""
    try:
        text = path.read_bytes().decode("utf-8-sig")  # an editor's byte order mark is no mistake of the writer's
        return tomllib.loads(text)
    except OSError as error:
        raise OutletError(fault(path, "file", "a readable file", error.strerror or type(error).__name__)) from error
    except UnicodeDecodeError as error:
        line, byte = error.object[: error.start].count(b"\n") + 1, error.object[error.start]
        raise OutletError(fault(path, f"line {line}", "UTF-8 text", f"the byte 0x{byte:02x}")) from error
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise OutletError(fault(path, f"line {line}", "valid TOML", f"an error: {error}")) from error
    except RecursionError as error:
        raise OutletError(fault(path, "file", "valid TOML", "lists or tables nested too deeply")) from error


def read_record(kind: type, table: Mapping[str, object], where: str, checks: Checks, faults: Faults) -> Any:
    """Make a `kind` of a table that stands at key `where`. A wrong value is noted, and None in the record."""
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in dataclasses.fields(kind) if "not_declared" not in field.metadata}
    values: dict[str, object] = {}
    for name in table:
        if name not in fields:
            faults.add(_dotted(where, name), f"one of the keys {', '.join(fields)}", name)
    for name, field in fields.items():
        key = _dotted(where, name)
        if name in table:
            check = checks.get((kind, name))
            values[name] = _value(hints[name], table[name], key, check, checks, faults)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            faults.add(key, _expectation(hints[name]))
            values[name] = None
    return kind(**values)


def _dotted(where: str, name: str) -> str:
    part = name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else shown(name)
    return f"{where}.{part}" if where else part


def _value(hint: Any, value: object, key: str, check: Check | None, checks: Checks, faults: Faults) -> Any:
    """Convert one value to what the annotation asks for; None, and noted, when it does not fit."""
    hint = _without_none(hint)
    if typing.get_origin(hint) is tuple:
        kinds = typing.get_args(hint)
        if isinstance(value, list) and (kinds[-1] is Ellipsis or len(value) == len(kinds)):
            items = enumerate(value)
            return tuple(_value(kinds[0], item, f"{key}[{i}]", check, checks, faults) for i, item in items)
    elif dataclasses.is_dataclass(hint) and isinstance(value, dict):
        return read_record(typing.cast(type, hint), value, key, checks, faults)
    elif _is_enum(hint):
        if value in list(hint):
            return hint(value)
    elif hint in _SCALARS and type(value) in _SCALARS[hint][0]:
        expected = check(value) if check else None
        if expected is None:
            return float(typing.cast(float, value)) if hint is float else value
        faults.add(key, expected, value)
    faults.add(key, _expectation(hint), value)
    return None


def _without_none(hint: Any) -> Any:
    """The annotation without its None: TOML has no null, a key is left out instead."""
    if isinstance(hint, types.UnionType):
        return next(part for part in typing.get_args(hint) if part is not types.NoneType)
    return hint


def _is_enum(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, enum.StrEnum)


def _expectation(hint: Any) -> str:
    hint = _without_none(hint)
    if typing.get_origin(hint) is tuple:
        kinds = typing.get_args(hint)
        if dataclasses.is_dataclass(kinds[0]):
            return "tables, each under a heading in double brackets"
        return f"a list in brackets, of {'' if kinds[-1] is Ellipsis else f'{len(kinds)} x '}{_expectation(kinds[0])}"
    if _is_enum(hint):
        return f"one of {', '.join(hint)}"
    return _SCALARS[hint][1] if hint in _SCALARS else "a table"
