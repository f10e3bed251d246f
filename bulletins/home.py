"""Where everything this installation keeps lives, and the settings that a `.env` file may hold.

$BULLETINS_HOME/postgres/     data of the embedded Postgres, one folder per major version
$BULLETINS_HOME/airflow/      Airflow's own folder: its settings, task logs
$BULLETINS_HOME/secrets/      generated passwords and keys, one file each, mode 600
$BULLETINS_HOME/logs/         one log per component of the stack
$BULLETINS_HOME/run/          who is running: pid records, ports, locks
$BULLETINS_HOME/archive/      the WARC files (unless BULLETINS_ARCHIVE says otherwise)
"""

from __future__ import annotations

import os
from pathlib import Path

from crawlers.records import BulletinsError

PROJECT = Path(__file__).resolve().parent.parent

_SETTINGS = (
    "BULLETINS_HOME",
    "BULLETINS_DATABASE_URL",
    "BULLETINS_OUTLETS",
    "BULLETINS_ARCHIVE",
    "BULLETINS_ARCHIVE_BUDGET_GB",
    "BULLETINS_CONTACT",
    "BULLETINS_MODEL",
    "BULLETINS_CORPUS",
)

_lent: set[str] = set()  # what we put into BULLETINS_DATABASE_URL ourselves is not the user's


class HomeError(BulletinsError):
    """BULLETINS_HOME cannot be used, or `.env` cannot be understood."""


def home() -> Path:
    """Return BULLETINS_HOME as an absolute path; default `var` in the project's folder. Nothing is created."""
    given = os.environ.get("BULLETINS_HOME", "").strip()
    # Resolved: processes are found again by this path, which must not have two spellings.
    return (Path(given).expanduser() if given else PROJECT / "var").resolve()


def own_database() -> str:
    """Return the user's BULLETINS_DATABASE_URL, empty when the embedded Postgres holds the news."""
    url = os.environ.get("BULLETINS_DATABASE_URL", "").strip()
    return "" if url in _lent else url


def lend_database(url: str) -> None:
    """Let `processing` find the embedded database, where the user has named none of his own."""
    if not own_database():
        _lent.add(url)
        os.environ["BULLETINS_DATABASE_URL"] = url


def folder(path: Path, mode: int = 0o755) -> Path:
    """Make the folder `path` with its parents if need be; raises HomeError where that is impossible."""
    try:
        path.mkdir(mode=mode, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(f"cannot make the folder {path}: {error.strerror}; set BULLETINS_HOME to another") from error
    return path


def read_dotenv(path: Path = PROJECT / ".env") -> dict[str, str]:
    """Read `KEY=value` lines; empty without the file. Raises HomeError for a line or a key that is not understood."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    settings = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip().removeprefix("export ")
        if not text or text.startswith("#"):
            continue
        key, equals, value = text.partition("=")
        if not equals or key.strip() not in _SETTINGS:
            raise HomeError(f"{path}, line {number}: expected one of {', '.join(_SETTINGS)} and = and a value")
        settings[key.strip()] = value.strip().strip("\"'")
    return settings


def apply_dotenv() -> None:
    """Take the settings of the project's `.env` into the environment; what is set there already wins."""
    for key, value in read_dotenv().items():
        os.environ.setdefault(key, value)
