"""Cleaning in processes that can be killed: a page ends within its time and memory, as a result or in quarantine.

trafilatura takes minutes on hostile pages and libxml2 can crash on some; a thread could be neither stopped nor survived.
Pages go to the workers in chunks, so that handing them over costs little; a chunk that hangs or dies is done again page by
page, and only the page at fault is set aside.
"""

from __future__ import annotations

import resource
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as FutureTimeout
from itertools import islice
from types import TracebackType
from typing import Self

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from crawlers.records import Outlet, Page
from processing.clean import CLEANER, CleanHints, clean
from processing.records import Article, Quarantine, Rejection

SECONDS_PER_PAGE = 20.0
MEMORY_PER_WORKER = 2**30  # bytes beyond what the worker has when it starts
CHUNK = 16  # pages; measured: chunks of 1 lose 15 %
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
        self._pool = ProcessPool(max_workers=workers, initializer=_limit_memory, initargs=(memory,))

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
        waiting: deque[tuple[list[Page], ProcessFuture]] = deque()
        source = iter(pages)
        while chunk := list(islice(source, CHUNK)):
            waiting.append((chunk, self._send(chunk, outlet, hints)))
            if len(waiting) >= self._workers * _AHEAD:
                yield from self._take(*waiting.popleft(), outlet, hints)
        while waiting:
            yield from self._take(*waiting.popleft(), outlet, hints)

    def _send(self, chunk: list[Page], outlet: Outlet, hints: CleanHints) -> ProcessFuture:
        # The chunk as a whole gets one page's time: honest pages take 0.05 s each.
        return self._pool.schedule(_clean_chunk, args=(self._cleaner, chunk, outlet, hints), timeout=self._seconds)

    def _take(self, chunk: list[Page], future: ProcessFuture, outlet: Outlet, hints: CleanHints) -> list[Result]:
        try:
            results: list[Result] = future.result()
        except (FutureTimeout, ProcessExpired, MemoryError) as error:
            if len(chunk) == 1:
                return [_set_aside(chunk[0], outlet, error, self._seconds)]
            return [
                result for page in chunk for result in self._take([page], self._send([page], outlet, hints), outlet, hints)
            ]
        return results


def _clean_chunk(cleaner: Cleaner, chunk: list[Page], outlet: Outlet, hints: CleanHints) -> list[Result]:
    return [cleaner(page, outlet, hints) for page in chunk]


def _limit_memory(extra: int) -> None:
    """Bound the worker's address space, counted from what it has already mapped."""
    with open("/proc/self/statm") as file:  # noqa: PTH123 - the one line of it
        used = int(file.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, used + extra))


def _set_aside(page: Page, outlet: Outlet, error: Exception, seconds: float) -> Rejection:
    if isinstance(error, FutureTimeout):
        reason, detail = Quarantine.TIMEOUT, f"not cleaned within {seconds:g} s"
    elif isinstance(error, MemoryError):
        reason, detail = Quarantine.MEMORY, "not cleaned within its memory"
    else:
        reason, detail = Quarantine.CRASHED, f"the cleaning process ended with {getattr(error, 'exitcode', '?')}"
    return Rejection(
        key=page.link.key,
        outlet=outlet.slug,
        crawl_id=page.fetch.crawl_id,
        fetch_sequence=page.fetch.sequence,
        url=page.fetch.url,
        fetched_at=page.fetch.fetched_at,
        reason=reason,
        detail=detail,
        body_sha256=page.fetch.body_sha256 or "",
        cleaner=CLEANER,
    )
