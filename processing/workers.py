"""Cleaning in processes that can be killed: a page ends within its time and memory, as a result or in quarantine.

trafilatura takes minutes on hostile pages and libxml2 can crash on some; a thread could be neither stopped nor survived.
Pages go to the workers in chunks, so that handing them over costs little; a chunk that hangs or dies is done again page
by page, and only the page at fault is set aside.
"""

from __future__ import annotations

import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from types import TracebackType
from typing import Any, Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from crawlers.records import Outlet, Page
from processing.clean import CleanHints, clean, rejected
from processing.records import Article, Quarantine, Rejection

SECONDS_PER_PAGE = 20.0  # of CPU: on a busy machine a page must not be set aside because others were served first
WALL_FACTOR = 10  # a page that waits instead of computing is ended after this many times its seconds
MEMORY_PER_WORKER = 2**30  # bytes beyond what the worker has when it starts
CHUNK = 16  # pages; measured: chunks of 1 lose 15 %
CHUNK_BYTES = 4_000_000  # of page bodies, so that what is read ahead stays small with large pages too
_AHEAD = 2  # chunks per worker that are read before their turn: memory does not grow with the crawl

Result = Article | Rejection
Cleaner = Callable[[Page, Outlet, CleanHints], Result]


class CleanPool:
    """A pool of cleaning processes; use it in a `with` block."""

    def __init__(
        self,
        workers: int = 1,
        *,
        cleaner: Cleaner = clean,
        seconds: float = SECONDS_PER_PAGE,
        memory: int = MEMORY_PER_WORKER,
    ) -> None:
        """`seconds` and `memory` (bytes) hold per page; `cleaner` must be a module's function, for it is pickled."""
        self._workers = workers
        self._cleaner = cleaner
        self._seconds = seconds
        self._pool: Any = ProcessPool(max_workers=workers, initializer=_limit_memory, initargs=(memory,))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if kind is None:
            self._pool.close()
        else:
            self._pool.stop()
        self._pool.join()

    def clean(self, pages: Iterable[Page], outlet: Outlet, hints: CleanHints) -> Iterator[Result]:
        """Yield one result per page, in the order of the pages."""
        waiting: deque[tuple[list[Page], ProcessFuture[list[Result]]]] = deque()
        for chunk in _chunks(pages):
            waiting.append((chunk, self._send(chunk, outlet, hints)))
            if len(waiting) >= self._workers * _AHEAD:
                yield from self._take(*waiting.popleft(), outlet, hints)
        while waiting:
            yield from self._take(*waiting.popleft(), outlet, hints)

    def _send(self, chunk: list[Page], outlet: Outlet, hints: CleanHints) -> ProcessFuture[list[Result]]:
        arguments = (self._cleaner, chunk, outlet, hints, self._seconds)
        timeout = self._seconds * WALL_FACTOR
        future: ProcessFuture[list[Result]] = self._pool.schedule(_clean_chunk, args=arguments, timeout=timeout)
        return future

    def _take(
        self, chunk: list[Page], future: ProcessFuture[list[Result]], outlet: Outlet, hints: CleanHints
    ) -> list[Result]:
        try:
            results: list[Result] = future.result()
        except (FutureTimeout, ProcessExpired, MemoryError) as error:
            if len(chunk) == 1:
                return [rejected(chunk[0], outlet, *_why(error, self._seconds))]
            return [
                result
                for page in chunk
                for result in self._take([page], self._send([page], outlet, hints), outlet, hints)
            ]
        return results


def _chunks(pages: Iterable[Page]) -> Iterator[list[Page]]:
    chunk: list[Page] = []
    for page in pages:
        chunk.append(page)
        if len(chunk) == CHUNK or sum(len(p.body) for p in chunk) > CHUNK_BYTES:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _clean_chunk(
    cleaner: Cleaner, chunk: list[Page], outlet: Outlet, hints: CleanHints, seconds: float
) -> list[Result]:
    """Clean pages one after the other; a page that takes more than `seconds` of CPU ends this process.

    SIGPROF's default action is to end the process, also in the midst of a C function that no Python handler would reach.
    """
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    try:
        results = []
        for page in chunk:
            signal.setitimer(signal.ITIMER_PROF, seconds)
            results.append(_clean_one(cleaner, page, outlet, hints))
        return results
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _clean_one(cleaner: Cleaner, page: Page, outlet: Outlet, hints: CleanHints) -> Result:
    try:
        return cleaner(page, outlet, hints)
    except MemoryError:
        return rejected(page, outlet, Quarantine.MEMORY, "not cleaned within its memory")
    except Exception as error:  # noqa: BLE001 - one page that finds a bug of ours must not stop a crawl of thousands
        return rejected(page, outlet, Quarantine.CRASHED, f"{type(error).__name__}: {error}")


def _limit_memory(extra: int) -> None:
    """Bound the worker's address space, counted from what it has already mapped."""
    with open("/proc/self/statm") as file:  # noqa: PTH123 - the one line of it
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, used + extra))


def _why(error: Exception, seconds: float) -> tuple[Quarantine, str]:
    """Say what ended the process that had one page only."""
    exit_code = getattr(error, "exitcode", None)
    if isinstance(error, FutureTimeout) or exit_code == -signal.SIGPROF:
        return Quarantine.TIMEOUT, f"not cleaned within {seconds:g} s"
    if isinstance(error, MemoryError):
        return Quarantine.MEMORY, "not cleaned within its memory"
    return Quarantine.CRASHED, f"the cleaning process ended with {exit_code}"
