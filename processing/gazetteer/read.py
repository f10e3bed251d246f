"""Read a list of populated places: OCHA's tables for Syria, a GeoNames dump, or JSON lines with GeoNames' names.

Columns are recognised by name, in any of the spellings that such files have had; what a row lacks is said, not guessed.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from crawlers.records import BulletinsError
from processing.tag.aliases import script

# What a column may be called, folded to letters and digits; the first that a file has is taken.
_COLUMNS = {
    "code": ("pcode", "admin4pcode", "adm4pcode", "adm4_pcode", "featurepcode", "locationpcode", "geonameid", "code"),
    "governorate": ("admin1pcode", "adm1pcode", "governoratepcode", "adm1_pcode"),
    "district": ("admin2pcode", "adm2pcode", "districtpcode"),
    "name_en": (
        "nameen",
        "featurenameen",
        "featurerefnameen",
        "locationnameen",
        "adm4en",
        "admin4nameen",
        "adm4name",
        "name",
    ),
    "name_ar": (
        "namear",
        "featurenamear",
        "featurerefnamear",
        "locationnamear",
        "adm4ar",
        "admin4namear",
        "adm4namear",
    ),
    "alternate": ("alternatenames", "alternativenames", "altnames", "aliases", "featurenamealt1en", "adm4alt1en"),
    "latitude": ("latitude", "lat", "latitudey", "y", "centerlat"),
    "longitude": ("longitude", "lon", "long", "longitudex", "x", "centerlon"),
    "kind": ("featurecode", "type", "fclass", "featureclass", "populatedplaceclassification"),
}
# Columns of a GeoNames dump, which has no header.
_GEONAMES = (
    "geonameid,name,asciiname,alternatenames,latitude,longitude,featureclass,featurecode,countrycode,cc2,admin1code,"
    "admin2code,admin3code,admin4code,population,elevation,dem,timezone,modified"
).split(",")
_GOVERNORATE = re.compile(r"SY(?:0[1-9]|1[0-4])")
_PLACES = ("P", "PPL")  # GeoNames' feature class of populated places, and its codes


class GazetteerError(BulletinsError):
    """A list of places that cannot be read: names the file, and what was expected."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A place as a list gives it."""

    code: str  # of the list, with its name: "ocha:C1000", "geonames:2960"
    names: tuple[str, ...]  # the first in Latin letters if there is one
    latitude: float | None
    longitude: float | None
    governorate: str | None  # OCHA p-code, where the list has it; GeoNames' numbers are other codes
    district: str | None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no place, with its reason."""

    line: int
    reason: str


def recognised(path: Path) -> dict[str, str]:
    """Return which column of a file is taken for what. Raises GazetteerError naming what is missing."""
    header = next(iter(_rows(path)), None)
    if header is None:
        raise GazetteerError(f"{path}: expected rows of places, got none")
    by_folded = {_fold(name): name for name in header}
    heads = ((part, next((name for name in names if name in by_folded), None)) for part, names in _COLUMNS.items())
    found = {part: by_folded[name] for part, name in heads if name is not None}
    missing = [part for part in ("latitude", "longitude") if part not in found]
    if "name_en" not in found and "name_ar" not in found:
        missing.append("name_en or name_ar")
    if missing:
        known = ", ".join(str(name) for name in header)
        raise GazetteerError(f"{path}: expected columns for {', '.join(missing)}; got {known}")
    return found


def read_list(path: Path) -> Iterator[Named | Skipped]:
    """Yield the places of a list in its order, and the rows that are none. Raises GazetteerError."""
    columns = recognised(path)
    is_geonames = columns.get("code", "").lower() == "geonameid"
    for line, row in enumerate(_rows(path), start=1):
        yield _place(line, {part: str(row.get(name) or "").strip() for part, name in columns.items()}, row, is_geonames)


def _place(line: int, cells: Mapping[str, str], row: Mapping[str, object], is_geonames: bool) -> Named | Skipped:
    if is_geonames and row.get("countrycode", "SY") != "SY":
        return Skipped(line, "not in Syria")
    if is_geonames and cells.get("kind") and not cells["kind"].startswith(_PLACES):
        return Skipped(line, "no populated place")
    try:
        latitude, longitude = float(cells["latitude"]), float(cells["longitude"])
    except ValueError:
        return Skipped(line, "no coordinates")
    if not (32 <= latitude <= 38 and 35 <= longitude <= 43):
        return Skipped(line, "outside Syria")
    alternate = row.get("alternatenames")
    more = alternate if isinstance(alternate, list) else re.split(r"[,|;]", cells.get("alternate", ""))
    listed = [cells.get("name_en", ""), cells.get("name_ar", ""), *(str(name) for name in more)]
    names = tuple(dict.fromkeys(name.strip() for name in listed if _is_name(name.strip())))
    if not names:
        return Skipped(line, "no name in Latin, Arabic or Cyrillic letters")
    code = cells.get("code") or f"{latitude:.4f},{longitude:.4f}"
    governorate = cells.get("governorate", "")
    return Named(
        code=f"{'geonames' if is_geonames else 'ocha'}:{code}",
        names=names,
        latitude=latitude,
        longitude=longitude,
        governorate=governorate if _GOVERNORATE.fullmatch(governorate) else None,
        district=cells.get("district") or None,
    )


def _is_name(name: str) -> bool:
    """Say whether a string can be a name in a text: three letters or more, no digits, of a script that outlets write."""
    return (
        3 <= len(name) <= 60
        and not any(char.isdigit() or char in "{}|" for char in name)
        and (script(name) != "en" or name.isascii() or bool(re.search("[a-zA-Z]", name)))
        and name[0].isalpha()
    )


def _rows(path: Path) -> Iterator[Mapping[str, object]]:
    opener = gzip.open if path.suffix == ".gz" else open
    stem = path.with_suffix("") if path.suffix == ".gz" else path
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as lines:
            if stem.suffix in (".jsonl", ".ndjson"):
                for line in lines:
                    yield json.loads(line)
            elif stem.suffix == ".txt":
                yield from csv.DictReader(lines, _GEONAMES, delimiter="\t", quoting=csv.QUOTE_NONE)
            else:
                yield from csv.DictReader(lines)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError, csv.Error) as error:
        raise GazetteerError(f"{path}: cannot be read as UTF-8 CSV, GeoNames text or JSON lines: {error}") from error


def _fold(name: object) -> str:
    return re.sub(r"[^a-z0-9]", "", str(name).lower())
