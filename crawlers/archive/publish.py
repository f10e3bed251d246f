"""Bring a closed spool under the archive root: only complete files appear there, manifest.json last."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

from fsspec.implementations.local import LocalFileSystem

from crawlers.archive.manifest import MANIFEST, read_manifest, sync_folder
from crawlers.archive.root import Archive
from crawlers.archive.spool import lock, outlet_of
from crawlers.records import ArchiveError, Manifest


def publish(spool: Path, crawl_id: str, archive: Archive) -> Manifest:
    """Publish the closed crawl in `spool`/<crawl_id>/ and remove it from there; returns its manifest.

    May be called again at any time: a publication that was cut short is finished, one that is complete is left alone.
    Raises ArchiveError when the crawl is neither in the spool, closed, nor in the archive.
    """
    source = spool / crawl_id
    below = f"{outlet_of(crawl_id)}/{crawl_id}"
    if not (source / MANIFEST).exists():
        if source.exists() and not archive.fs.exists(f"{archive.base}/{below}/{MANIFEST}"):
            raise ArchiveError(f"{source}: the crawl is not closed; start it again to finish it")
        manifest = archive.manifest(crawl_id)
    else:
        with lock(source):
            manifest = read_manifest((source / MANIFEST).read_bytes(), str(source / MANIFEST))
            for file in manifest.files:
                _place(archive, source / Path(file.path).name, file.path, file.size)
            _place(archive, source / MANIFEST, f"{below}/{MANIFEST}", (source / MANIFEST).stat().st_size)
    _remove(source)
    return manifest


def _place(archive: Archive, source: Path, path: str, size: int) -> None:
    """Bring one file to its place below the root, where it appears whole; left alone when it is there already."""
    target = f"{archive.base}/{path}"
    part = f"{target}.part"
    if archive.fs.exists(target):
        found = archive.fs.info(target)["size"]
        if found != size:
            raise ArchiveError(f"{archive.name(path)}: is there already, with {found} bytes; expected {size}")
        if archive.fs.exists(part):  # of an object store's move that was a copy and died before its delete
            archive.fs.rm_file(part)
        return
    if not source.exists():
        raise ArchiveError(f"{source}: is missing, and not in the archive either")
    archive.fs.makedirs(target.rsplit("/", 1)[0], exist_ok=True)
    if isinstance(archive.fs, LocalFileSystem):
        _place_locally(source, Path(part), Path(target))
    else:
        archive.fs.put_file(str(source), part)
        archive.fs.mv(part, target)


def _place_locally(source: Path, part: Path, target: Path) -> None:
    """Copy a file beside its target, put it on disk, and rename it; or link it where the disk is the same."""
    part.unlink(missing_ok=True)
    try:
        os.link(source, part)  # the spool's copy stays until the manifest is published
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS, errno.EACCES):
            raise
        shutil.copyfile(source, part)
    with part.open("rb") as file:
        os.fsync(file.fileno())
    part.replace(target)
    sync_folder(target.parent)


def _remove(source: Path) -> None:
    """Remove a spool, its manifest last: while that is there, what a death leaves over is known to be published."""
    if not source.exists():
        return
    for file in sorted(source.iterdir(), key=lambda path: path.name == MANIFEST):
        file.unlink()
    source.rmdir()
