"""Erase pages from the archive: every record keeps its place, so that nothing that points to another one breaks.

A file is written anew beside the old one, read back, and put in its place in one step. Before that its manifest names
both hashes, after it only the new one: whenever the process dies, the crawl can be read, and the next call goes on.

    _erasures/<key>.json    that a page was erased, for a database that is made anew; names no address
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import BinaryIO

from fsspec.implementations.local import LocalFileSystem

from crawlers.archive.manifest import MANIFEST, describe_file, dump_manifest, sync_folder
from crawlers.archive.member import read_records
from crawlers.archive.mentions import Change, Found
from crawlers.archive.replacing import replacement
from crawlers.archive.root import Archive
from crawlers.archive.spool import outlet_of
from crawlers.records import ArchiveError, Manifest

_FOLDER = "_erasures"  # no outlet's slug begins so
_CHUNK = 1024 * 1024

OnStep = Callable[[str], None]


def erased_keys(archive: Archive) -> frozenset[str]:
    """Return the keys of the pages that the archive knows to be erased."""
    folder = f"{archive.base}/{_FOLDER}"
    archive.fs.invalidate_cache()
    if not archive.fs.exists(folder):
        return frozenset()
    names = (str(path).rsplit("/", 1)[1] for path in archive.fs.ls(folder, detail=False))
    return frozenset(name.removesuffix(".json") for name in names if name.endswith(".json"))


def read_decision(archive: Archive, key: str) -> dict[str, str]:
    """Return what the archive keeps of the decision to erase a page: key, erased_at, basis, decided_by."""
    with archive.open(f"{_FOLDER}/{key}.json") as file:
        decision: dict[str, str] = json.load(file)
    return decision


def keep_decision(archive: Archive, decision: Mapping[str, str]) -> None:
    """Note in the archive that a page was erased."""
    path = f"{_FOLDER}/{decision['key']}.json"
    data = json.dumps(dict(decision), ensure_ascii=False, indent=1).encode() + b"\n"
    with archive_file(archive, path) as part:
        part.write_bytes(data)


def erase(archive: Archive, found: Found, erased: Collection[str], on_step: OnStep = lambda step: None) -> int:
    """Make all the changes of a scan, file by file; returns the number of files written. `on_step` is told each step.

    Raises ArchiveError, before anything is written of a file, when it is damaged or has no room for what must stay.
    """
    written = 0
    by_file = {file: list(changes) for file, changes in groupby(found.changes, key=lambda change: change.file)}
    for crawl_id in found.crawls:
        manifest = archive.manifest(crawl_id)
        for file in manifest.files:
            if file.path in by_file:
                manifest = _replace(archive, manifest, file.path, by_file[file.path], erased, on_step)
                written += 1
        if any(file.sha256_before for file in manifest.files):
            files = tuple(replace(file, sha256_before=None) for file in manifest.files)
            _put_manifest(archive, replace(manifest, files=files))
            on_step(f"{crawl_id}: manifest")
    return written


def _replace(
    archive: Archive, manifest: Manifest, path: str, changes: list[Change], erased: Collection[str], on_step: OnStep
) -> Manifest:
    """Write one file anew and put it in its place; returns the manifest, which still names both hashes."""
    [old] = [file for file in manifest.files if file.path == path]
    made = {change.offset: _made(archive, change, erased) for change in changes}
    with archive_file(archive, path, on_step) as part:
        before = _copy(archive, path, part, made)
        if before not in (old.sha256, old.sha256_before):
            raise ArchiveError(f"{archive.name(path)}: its SHA-256 is {before}; its manifest says {old.sha256}")
        new = describe_file(part, path)
        if (new.size, new.records) != (old.size, old.records):
            raise ArchiveError(f"{archive.name(path)}: {new.size} bytes, {new.records} records after erasing; "
                               f"expected {old.size}, {old.records}")  # fmt: skip
        files = tuple(replace(new, sha256_before=before) if file.path == path else file for file in manifest.files)
        manifest = replace(manifest, files=files)
        _put_manifest(archive, manifest)
        on_step(f"{path}: announced")
    on_step(f"{path}: replaced")
    return manifest


def _made(archive: Archive, change: Change, erased: Collection[str]) -> bytes:
    with archive.open(change.file) as stream:
        stream.seek(change.offset)
        record = next(read_records(stream, change.offset))
    return replacement(change, record, erased)


def _copy(archive: Archive, path: str, part: Path, made: Mapping[int, bytes]) -> str:
    """Copy a file with some stretches replaced; returns the hash (hex) of what was read."""
    hashed = hashlib.sha256()
    with archive.open(path, 4 * _CHUNK) as source, part.open("wb") as target:
        for offset in sorted(made):
            _pass(source, target, hashed, offset - target.tell())
            hashed.update(source.read(len(made[offset])))
            target.write(made[offset])
        _pass(source, target, hashed, None)
    return hashed.hexdigest()


def _pass(source: BinaryIO, target: BinaryIO, hashed: hashlib._Hash, size: int | None) -> None:
    """Copy `size` bytes, or all that are left."""
    while size is None or size > 0:
        data = source.read(_CHUNK if size is None else min(size, _CHUNK))
        if not data:
            return
        hashed.update(data)
        target.write(data)
        size = None if size is None else size - len(data)


@contextmanager
def archive_file(archive: Archive, path: str, on_step: OnStep = lambda step: None) -> Iterator[Path]:
    """Give a local file to write, which then takes the place of `path` below the root in one step."""
    target = f"{archive.base}/{path}"
    if isinstance(archive.fs, LocalFileSystem):
        part = Path(f"{target}.part")
        part.parent.mkdir(parents=True, exist_ok=True)
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        on_step(f"{path}: written")
        part.replace(target)
        sync_folder(part.parent)
        return
    with tempfile.TemporaryDirectory() as folder:
        part = Path(folder) / "part"
        yield part
        archive.fs.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
        archive.fs.put_file(str(part), f"{target}.part")
        on_step(f"{path}: written")
        archive.fs.mv(f"{target}.part", target)
        archive.fs.invalidate_cache()


def clear_parts(archive: Archive, crawl_id: str) -> None:
    """Remove what an erasure that died has left beside the files of a crawl."""
    folder = f"{archive.base}/{outlet_of(crawl_id)}/{crawl_id}"
    for path in archive.fs.ls(folder, detail=False):
        if str(path).endswith(".part"):
            archive.fs.rm_file(path)


def _put_manifest(archive: Archive, manifest: Manifest) -> None:
    with archive_file(archive, f"{manifest.outlet}/{manifest.crawl_id}/{MANIFEST}") as part:
        part.write_bytes(dump_manifest(manifest))
