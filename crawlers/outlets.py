"""Read the outlets' declarations, `crawlers/outlets/<slug>.toml`, and refuse every mistake in them by name.

A declaration that loads is one the crawler can act on: its keys are known, its patterns compile, its addresses lie
within its own domains. A mistake is one line, `<file>: <key>: expected <what>, got <what>`, and all mistakes of all
files come together in one OutletError, so that one look mends them all. What each key means: crawlers/README.md.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import os
import re
import zoneinfo
from pathlib import Path
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from crawlers.boilerplate import path_of, read_boilerplate, strangers
from crawlers.coherence import first_day, judge
from crawlers.declarations import Check, Checks, Faults, fault, parse, read_record
from crawlers.numbers import read_day
from crawlers.records import (
    Affiliation,
    CleanRules,
    EarlierRules,
    Expect,
    Feed,
    Moved,
    Numbered,
    Outlet,
    OutletError,
    OutletStatus,
    Politeness,
    SamePage,
)

# Who can stand behind an outlet, by bloc. crawlers/README.md says what they mean; a new one is added in both places.
# fmt: off
STANCES = frozenset((
    "state_assad", "pro_assad", "pro_assad_private",
    "state_transitional", "state_linked", "pro_transition", "private_pro_transition",
    "opposition", "opposition_civil", "opposition_local", "opposition_private", "opposition_qatar_linked",
    "opposition_western_funded", "independent_opposition", "monitor_opposition_leaning", "think_tank_opposition",
    "hts_media_arm", "hts_line_friendly", "armed_group_official",
    "aanes", "aanes_area_independent", "pkk_linked", "krg_kdp", "iraqi_kurdish_independent",
    "russian_state", "russian_pro_kremlin", "russian_private",
    "iranian_state", "iranian_semi_state", "iran_axis", "hezbollah",
    "turkish_state", "turkish_progov", "qatari_state_funded", "saudi_linked",
    "independent", "international_wire", "un", "aggregator", "analysis_ngo", "think_tank", "us_think_tank",
))
# fmt: on

_SLUG = re.compile(r"[a-z][a-z0-9_]{1,39}")
_DOMAIN = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z0-9]|localhost")
# Line breaks and direction overrides, which would break or turn round a log line; not ZWNJ, which Persian needs.
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028-\u202e\u2066-\u2069]")


def _name(value: str) -> str | None:
    return "a name on one line" if not value.strip() or _CONTROL.search(value) else None


def _address(value: str) -> str | None:
    try:
        parts = urlsplit(value)
        is_sound = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0 and "@" not in parts.netloc
    except ValueError:  # a bad port or bracket
        is_sound = False
    return None if is_sound and re.fullmatch(r"[^\s<>\"]+", value) else "an address such as https://example.org/feed/"


def _domain(value: str) -> str | None:
    return None if _DOMAIN.fullmatch(value) else "a host such as example.org: lower case, no scheme, port or path"


def _language(value: str) -> str | None:
    return None if re.fullmatch(r"[a-z]{2,3}", value) else "a language code such as ar, en, ru, ku, ckb"


def _regex(value: str) -> str | None:
    try:
        re.compile(value)
    except (re.error, OverflowError, RecursionError) as error:
        return f"a regular expression ({error})"
    return None if value else "a regular expression, not an empty one"


def _path(value: str) -> str | None:
    return None if re.fullmatch(r"[/\\][^\s#]*", value) else "a path such as /story/\\1, with the groups of the address"


def _numbered_day(value: str) -> str | None:
    try:
        read_day(value)
    except ValueError:
        return "a page's number and its day, such as 224253 2021-10-02"
    return None


def _selector(value: str) -> str | None:
    try:
        CSSSelector(value, translator="html")  # as the listings' reader does
    except (SelectorError, etree.XPathError, RecursionError) as error:
        return f"a CSS selector ({' '.join(str(error).split())})"
    return None


def _time_zone(value: str) -> str | None:
    return None if value in _time_zones() else "a time zone such as Asia/Damascus or Europe/Moscow"


@functools.cache
def _time_zones() -> frozenset[str]:
    # The set, not ZoneInfo(value): that opens files by name, so "Asia" and "../x" end in errors of other kinds.
    return frozenset(zoneinfo.available_timezones())


def _stance(value: str) -> str | None:
    return None if value in STANCES else f"one of {', '.join(sorted(STANCES))}"


def _partial_date(value: str) -> str | None:
    try:
        first_day(value)
    except ValueError:
        return "2024, 2024-12 or 2024-12-08 in quotes, with ~ at the end where approximate"
    return None


def _between(least: float, most: float) -> Check:
    return lambda value: None if least <= value <= most else f"a number from {least} to {most}"


_CHECKS: Checks = {
    (Outlet, "name"): _name,
    (Outlet, "name_ar"): _name,
    (Outlet, "name_ru"): _name,
    (Outlet, "home"): _address,
    (Outlet, "domains"): _domain,
    (Outlet, "languages"): _language,
    (Outlet, "articles"): _regex,
    (Outlet, "not_articles"): _regex,
    (SamePage, "address"): _regex,
    (SamePage, "identity"): _path,
    (Numbered, "address"): _regex,
    (Numbered, "days"): _numbered_day,
    (Moved, "host"): _domain,
    (Moved, "now"): _domain,
    (Outlet, "cited_as"): _name,
    (Affiliation, "stance"): _stance,
    (Affiliation, "since"): _partial_date,
    (Affiliation, "until"): _partial_date,
    (Feed, "url"): _address,
    (Feed, "language"): _language,
    (Feed, "selector"): _selector,
    (Feed, "next_selector"): _selector,
    (Feed, "max_pages"): _between(1, 1000),
    (CleanRules, "body"): _selector,
    (CleanRules, "prune"): _selector,
    (CleanRules, "timezone"): _time_zone,
    (EarlierRules, "body"): _selector,
    (EarlierRules, "prune"): _selector,
    (EarlierRules, "timezone"): _time_zone,
    (Politeness, "delay_seconds"): _between(0, 3600),
    (Politeness, "page_limit"): _between(1, 1_000_000),
    (Expect, "articles_per_day"): _between(0, 1_000_000),
    (Expect, "with_date"): _between(0, 1),
}


def load_outlet(path: Path) -> Outlet:
    """Read one declaration and its known lines; its slug is the file's stem.

    Raises OutletError with a line for each mistake.
    """
    faults = Faults(path)
    table = parse(path)
    if not _SLUG.fullmatch(path.stem) or path.suffix != ".toml":
        faults.add("slug", "a file named <slug>.toml, of 2 to 40 a-z, 0-9 and _ with a letter first", path.name)
    elif table.get("slug", path.stem) != path.stem:
        faults.add("slug", f"the file's stem {path.stem!r}, or no slug at all", table["slug"])
    outlet: Outlet = read_record(Outlet, {**table, "slug": path.stem}, "", _CHECKS, faults)
    judge(outlet, faults)
    faults.stop()
    return dataclasses.replace(outlet, boilerplate=read_boilerplate(path), declaration_sha256=declaration_sha256(path))


def outlets_folder() -> Path:
    """The folder of declarations: BULLETINS_OUTLETS, or the one that ships with this package."""
    return Path(os.environ.get("BULLETINS_OUTLETS") or Path(__file__).with_suffix(""))


def load_outlets(folder: Path | None = None) -> dict[str, Outlet]:
    """Read every declaration of a folder (outlets_folder() by default), by slug and sorted by it.

    Hidden files are not read, nor sub-folders but that of the known lines (crawlers.boilerplate). Raises one OutletError
    with a line for each mistake in any file, also when the folder is missing or holds no declaration.
    """
    lines: list[str] = []
    outlets: dict[str, Outlet] = {}
    taken: dict[tuple[str, str], Path] = {}
    folder = outlets_folder() if folder is None else folder
    paths = _declarations(folder)
    for path in paths:
        try:
            _take("slug", re.sub(r"[-_]", "", path.stem).casefold(), path, taken)
            outlet = load_outlet(path)
            _take("home", outlet.home.rstrip("/").casefold(), path, taken)
            outlets[outlet.slug] = outlet
        except OutletError as error:
            lines += str(error).split("\n")
    expected = "the name of an outlet declared in the folder above"
    lines += [fault(path, "file", expected, path.name) for path in strangers(folder, [path.stem for path in paths])]
    if lines:
        raise OutletError("\n".join(lines))
    return dict(sorted(outlets.items()))


def _take(key: str, value: str, path: Path, taken: dict[tuple[str, str], Path]) -> None:
    """Claim a value that only one outlet can have; OutletError when another file has claimed it."""
    first = taken.setdefault((key, value), path)
    if first != path:
        expected = f"an outlet of its own (case, {'- and _' if key == 'slug' else 'and a final /'} make no difference)"
        raise OutletError(fault(path, key, expected, f"the {key} of {first.name} again"))


def _declarations(folder: Path) -> list[Path]:
    """The folder's declarations; sound names first, so that of two spellings the unsound one is refused."""
    elsewhere = "BULLETINS_OUTLETS or --outlets names another folder"
    if not folder.is_dir():
        got = "a file" if folder.exists() else "no such folder"
        raise OutletError(fault(folder, "folder", f"a folder of outlet declarations ({elsewhere})", got))
    paths = [path for path in folder.iterdir() if path.suffix.lower() == ".toml" and not path.name.startswith(".")]
    if not paths:
        raise OutletError(fault(folder, "folder", f"at least one <slug>.toml ({elsewhere})", "none"))
    return sorted(paths, key=lambda path: (not _SLUG.fullmatch(path.stem), path.name))


def is_crawled(outlet: Outlet) -> bool:
    """Whether a nightly crawl has anything to do here: the outlet is believed alive and a feed of it is known."""
    return outlet.status in (OutletStatus.ACTIVE, OutletStatus.UNVERIFIED) and bool(outlet.feeds)


def declaration_sha256(path: Path) -> str:
    """SHA-256 (hex) of a declaration's bytes, then those of its known lines: what a crawl was made and cleaned with."""
    digest = hashlib.sha256()
    for file in (path, path_of(path)):
        if file == path or file.exists():
            digest.update(_bytes(file))
    return digest.hexdigest()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise OutletError(fault(path, "file", "a readable file", error.strerror or type(error).__name__)) from error
