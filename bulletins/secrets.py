"""Generated passwords and keys: one file each in a folder of mode 700, the files of mode 600, made once, never printed."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

from crawlers.records import BulletinsError


class SecretError(BulletinsError):
    """A secret's file cannot be read or written, or is empty."""


class Secrets:
    """The secrets of one installation."""

    def __init__(self, folder: Path) -> None:
        """Nothing is made before the first `get`."""
        self.folder = folder

    def path(self, name: str) -> Path:
        """Return the file that holds the secret `name`; this is what may be shown."""
        return self.folder / name

    def get(self, name: str, make: Callable[[], str] = lambda: secrets.token_urlsafe(24)) -> str:
        """Return the secret `name`, made by `make` the first time. Two callers at once get the same one."""
        path = self.path(name)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.folder.chmod(0o700)
            if not path.exists():
                _write_new(path, make())
            path.chmod(0o600)  # a copied or restored home may have lost it
            text = path.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise SecretError(f"cannot read or write {path}: {error.strerror}") from error
        if not text:
            raise SecretError(f"{path} is empty: restore it from a backup")
        return text


def _write_new(path: Path, text: str) -> None:
    """Write a file that is complete when it appears and is never put in another's place."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())  # else a full disk can leave an empty file under the final name
        try:
            os.link(part, path)
        except FileExistsError:
            return  # another process was first: its secret holds
    finally:
        part.unlink(missing_ok=True)
