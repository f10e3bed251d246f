"""Start one crawl as a child process and wait for it: the only way that the rest of the project crawls.

Scrapy's reactor runs once per process and would not get on with a worker's own loop; a process of its own can also be
limited and ended for sure. The child stands in a session of its own and holds a tether: if this process dies, however
it dies, the child stops and leaves the crawl to be taken up again under the same id.
"""

from __future__ import annotations

import json
import logging
import os
import re
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError

from crawlers.records import BulletinsError, Manifest

GRACE_SECONDS = 45  # between SIGTERM and SIGKILL; a crawl gives the attempt in flight 5 s and then publishes

_COMPLETE = (0, 10)
_FINAL = (30, 40)  # trying again changes nothing
_MEANINGS = {
    20: "try again: robots.txt or all feeds could not be had, or the crawl could not be written",
    30: "not retried: the declaration, the arguments or the archive's budget need a person",
    40: "not crawled: robots.txt denies it, or the outlet is declared closed or blocked",
}
_MANIFEST = TypeAdapter(Manifest)
_LEVEL = re.compile(r"^\S+ (DEBUG|INFO|WARNING|ERROR|CRITICAL) (.*)", re.DOTALL)

logger = logging.getLogger(__name__)


class CrawlFailed(BulletinsError):
    """A crawl that brought nothing to go on with."""

    def __init__(self, text: str, *, retryable: bool, manifest: Manifest | None = None, exit_code: int = 20) -> None:
        super().__init__(text)
        self.exit_code = exit_code  # of the child, 20 where a signal ended it; `bulletins crawl` passes it on
        self.retryable = retryable
        self.manifest = manifest  # when the crawl was brought to an end and published all the same


def crawl(
    slug: str,
    *,
    crawl_id: str,
    state: Path,
    spool: Path,
    archive: str,
    outlets: Path | None = None,
    replay: Path | None = None,
    force: bool = False,
    limit: int | None = None,
    on_progress: Callable[[dict[str, int]], None] | None = None,
) -> Manifest:
    """Crawl one outlet and return the published manifest; a crawl that died is taken up again under its id.

    `on_progress` gets {"links", "fetched", "failed"} once a second; the child's log goes to this module's logger.
    Raises CrawlFailed. Whatever interrupts this call (KeyboardInterrupt, a task's timeout) first ends the child.
    """
    options = {"--crawl-id": crawl_id, "--state": state, "--spool": spool, "--archive": archive}
    options |= {"--outlets": outlets, "--replay": replay, "--limit": limit}
    given = [part for name, value in options.items() if value is not None for part in (name, str(value))]
    command = [sys.executable, "-m", "crawlers", slug, *given, "--tethered", *(["--force"] if force else [])]
    with _child(command) as (process, tail):
        manifest = _read(process.stdout, on_progress)
        code = process.wait()
    if code in _COMPLETE and manifest is not None:
        return manifest
    raise _failure(slug, code, manifest, tail)


@contextmanager
def _child(command: list[str]) -> Iterator[tuple[subprocess.Popen[str], deque[str]]]:
    """Run a command with its log passed on; its whole process group is gone when the block is left."""
    pipe = subprocess.PIPE
    root = Path(__file__).parent.parent  # so that `-m crawlers` is this very package, installed or not
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(root), os.environ.get("PYTHONPATH"))))}
    process = subprocess.Popen(
        command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, start_new_session=True, env=environment
    )
    tail: deque[str] = deque(maxlen=5)
    log = threading.Thread(target=_pass_on, args=(process.stderr, tail), daemon=True)
    log.start()
    try:
        yield process, tail
    finally:
        _end(process)
        log.join(timeout=5)
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def _end(process: subprocess.Popen[str]) -> None:
    """End the child if it still runs: asked first, so that it can account for what it did, then by force."""
    for sign in (signal.SIGTERM, signal.SIGKILL):
        if process.poll() is not None:
            break
        with suppress(ProcessLookupError):
            os.killpg(process.pid, sign)
        with suppress(subprocess.TimeoutExpired):
            process.wait(GRACE_SECONDS)


def _read(stdout: IO[str] | None, on_progress: Callable[[dict[str, int]], None] | None) -> Manifest | None:
    """Pass on the counts; returns the manifest that the last line holds, None when the child died before it."""
    for line in stdout or ():
        try:
            said = json.loads(line)
        except ValueError:
            logger.warning("%s", line.rstrip())
            continue
        if isinstance(said, dict) and "crawl_id" in said:
            with suppress(ValidationError):
                return _MANIFEST.validate_python(said, strict=False)
        elif on_progress is not None:
            on_progress(said)
    return None


def _pass_on(stderr: IO[str] | None, tail: deque[str]) -> None:
    """Log the child's lines at their own level; one without a level belongs to the line before it."""
    level = logging.INFO
    for line in stderr or ():
        text = line.rstrip()
        if found := _LEVEL.match(text):
            level, text = logging.getLevelNamesMapping()[found[1]], found[2]
        tail.append(text)
        logger.log(level, "%s", text)


def _failure(slug: str, code: int, manifest: Manifest | None, tail: deque[str]) -> CrawlFailed:
    if code < 0:
        meaning = f"ended by signal {-code}; started again, it goes on from there"
    else:
        meaning = _MEANINGS.get(code, f"broke off with exit code {code}")
    last = f" ({tail[-1]})" if tail else ""
    final = code in _FINAL
    return CrawlFailed(
        f"{slug}: {meaning}{last}", retryable=not final, manifest=manifest, exit_code=code if final else 20
    )
