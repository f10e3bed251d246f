"""The manifest of a crawl: what vouches for its files, byte for byte."""

from __future__ import annotations

import os
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from crawlers.archive.member import DamagedError, Hashing, read_records
from crawlers.records import ArchiveError, Manifest, WarcFile

MANIFEST = "manifest.json"

_MANIFESTS: TypeAdapter[Manifest] = TypeAdapter(Manifest)


def read_manifest(data: bytes, name: str) -> Manifest:
    """Read a manifest; raises ArchiveError, naming it by `name`, when it is damaged or names files of other crawls."""
    try:
        manifest = _MANIFESTS.validate_json(data)
    except ValidationError as error:
        problem = error.errors()[0]
        where = ".".join(map(str, problem["loc"])) or "the file"
        raise ArchiveError(f"{name}: no manifest: {where}: {problem['msg']}") from error
    below = f"{manifest.outlet}/{manifest.crawl_id}/"
    for file in manifest.files:
        if not file.path.startswith(below) or "/" in file.path.removeprefix(below):
            raise ArchiveError(f"{name}: names {file.path!r}; expected a file in {below}")
    return manifest


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write a manifest, whole or not at all."""
    write_whole(path, dump_manifest(manifest))


def dump_manifest(manifest: Manifest) -> bytes:
    """Return a manifest as it is written."""
    return _MANIFESTS.dump_json(manifest, indent=2) + b"\n"


def describe_file(file: Path, path: str) -> WarcFile:
    """Read a WARC file to its last record and describe it under `path`; raises ArchiveError when it is damaged."""
    with file.open("rb") as raw:
        stream = Hashing(raw)
        try:
            records = sum(1 for _ in read_records(stream))
        except DamagedError as error:
            raise ArchiveError(f"{file}: {error}") from error
        return WarcFile(path=path, size=stream.size, sha256=stream.sha256(), records=records)


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole, and on disk, or not at all."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Put a folder's list of files on disk."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
