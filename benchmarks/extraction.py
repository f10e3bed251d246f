"""The text of articles: ours beside trafilatura's four ways and five other extractors, on the same pages in one run.

    make bench-clean                              makes the others' environment first
    python -m benchmarks.extraction --corpus FOLDER --only ours,trafilatura

The table gives, per set and language, precision, recall and F1 of shingles with the F1's bootstrap error, the mean F1 of
bags of words, the pages without any text or with an error, and CPU milliseconds a page (the smaller of two rounds). An
extractor is asked for the text alone; `ours` is the whole of cleaning: decoding, kind of page, title, dates, language.
"""

from __future__ import annotations

import base64
import json
import statistics
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import IO, Annotated, Any

import trafilatura
import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table

from benchmarks import corpus as data
from benchmarks import pages as sets
from benchmarks.metric import bag_f1, compare, quality
from processing.clean import CleanHints, clean
from processing.records import Article

PEERS = Path(__file__).parent / "peers"
PYTHON = PEERS.parent.parent / ".venv-peers" / "bin" / "python"
THEIRS = ("newspaper4k", "news-please", "readability-lxml", "resiliparse", "jusText")
WAYS: dict[str, dict[str, Any]] = {
    "trafilatura": {},
    "trafilatura fast": {"fast": True},
    "trafilatura precision": {"favor_precision": True},
    "trafilatura recall": {"favor_recall": True},
    "trafilatura with metadata": {"with_metadata": True},
}
Extractor = Callable[[sets.Case], tuple[str, float, str | None]]  # text, CPU seconds, error


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One extractor on one set in one language; shares are 0-1."""

    set: str
    language: str
    extractor: str
    pages: int
    precision: float
    recall: float
    f1: float
    error: float
    bag_f1: float
    empty: int
    failed: int
    ms: float


def ours(case: sets.Case) -> tuple[str, float, str | None]:
    """Clean a page whole."""
    started = time.process_time()
    result = clean(case.page, sets.outlet(case.host, case.selector), CleanHints())
    seconds = time.process_time() - started
    return (result.text, seconds, None) if isinstance(result, Article) else ("", seconds, None)


def theirs(options: dict[str, Any], case: sets.Case) -> tuple[str, float, str | None]:
    """Ask trafilatura, in this process."""
    started = time.process_time()
    document: Any = trafilatura.bare_extraction(case.page.body, **options)
    return (document.text or "" if document else ""), time.process_time() - started, None


@contextmanager
def peers() -> Iterator[dict[str, Extractor]]:
    """Start the process that answers for the extractors that live in an environment of their own."""
    if not PYTHON.exists():
        raise SystemExit(f"{PYTHON} is not there: benchmarks/peers/install.sh makes it, `make bench-clean` calls that")
    with subprocess.Popen(
        [str(PYTHON), str(PEERS / "serve.py")], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        yield {name: partial(_ask, process.stdin, process.stdout, name) for name in THEIRS}
        process.stdin.close()


def _ask(to: IO[str], back: IO[str], name: str, case: sets.Case) -> tuple[str, float, str | None]:
    page = {"extractor": name, "html": base64.b64encode(case.page.body).decode(), "url": case.page.fetch.url}
    print(json.dumps({**page, "charset": case.charset}), file=to, flush=True)
    answer = json.loads(back.readline())
    return answer["text"], answer["seconds"], answer["error"]


def measure(name: str, cases: list[sets.Case], extractors: dict[str, Extractor], rounds: int) -> Iterator[Row]:
    """Ask every extractor for every page, page by page, and sum up by language."""
    answers: dict[tuple[str, int], list[tuple[str, float, str | None]]] = defaultdict(list)
    order = list(extractors)
    for number, case in enumerate(track(cases, description=name, console=Console(stderr=True), transient=True)):
        for turn in range(rounds):
            shift = (number + turn) % len(order)  # nobody is always the first to touch a page
            for extractor in order[shift:] + order[:shift]:
                answers[extractor, number].append(extractors[extractor](case))
    languages: dict[str, list[int]] = {"all": list(range(len(cases)))}
    for number, case in enumerate(cases):
        languages.setdefault(case.language, []).append(number)
    if len(languages) == 2:
        del languages["all"]
    for language, numbers in languages.items():
        for extractor in order:
            yield _row(name, language, extractor, [(cases[n], answers[extractor, n]) for n in numbers])


def _row(
    name: str, language: str, extractor: str, found: list[tuple[sets.Case, list[tuple[str, float, str | None]]]]
) -> Row:
    texts = [(answers[0][0], case.body or "") for case, answers in found]
    summed = quality([compare(text, body) for text, body in texts])
    return Row(
        set=name, language=language, extractor=extractor, pages=len(found), precision=summed.precision,
        recall=summed.recall, f1=summed.f1, error=summed.error, bag_f1=statistics.fmean(bag_f1(*pair) for pair in texts),
        empty=sum(not text.strip() for text, _ in texts), failed=sum(bool(answers[0][2]) for _, answers in found),
        ms=statistics.fmean(min(seconds for _, seconds, _ in answers) for _, answers in found) * 1e3,
    )  # fmt: skip


def show(rows: list[Row], console: Console) -> None:
    """Print a table for each set and language, the best F1 first."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row.set, row.language].append(row)
    for (name, language), found in groups.items():
        table = Table(
            "extractor", "precision", "recall", "F1", "±", "bag F1", "empty", "failed", "ms",
            title=f"{name}, {language}: {found[0].pages} pages",
        )  # fmt: skip
        for row in sorted(found, key=lambda row: -row.f1):
            figures = (row.precision, row.recall, row.f1, row.error, row.bag_f1)
            counts = (str(row.empty), str(row.failed), f"{row.ms:.2f}")
            table.add_row(row.extractor, *(f"{figure:.4f}" for figure in figures), *counts)
        console.print(table)


def main(
    corpus: Annotated[Path | None, typer.Option(help="Folder with web/ and pages/ as in the corpus.")] = None,
    rounds: Annotated[int, typer.Option(min=1, help="Each page is timed so often; the smallest counts.")] = 2,
    only: Annotated[str, typer.Option(help="Extractors, parted by commas; empty: all.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Measure extractors side by side."""
    here: dict[str, Extractor] = {"ours": ours, **{name: partial(theirs, way) for name, way in WAYS.items()}}
    wanted = only.split(",") if only else [*here, *THEIRS]
    if unknown := sorted(set(wanted) - {*here, *THEIRS}):
        raise SystemExit(f"no such extractor: {', '.join(unknown)}; there are {', '.join([*here, *THEIRS])}")
    rows: list[Row] = []
    with peers() if set(wanted) & set(THEIRS) else _nobody() as others:
        known = {**here, **others}
        for name, cases in sets.all_cases(data.corpus(corpus)):
            rows += measure(name, [case for case in cases if case.body], {w: known[w] for w in wanted}, rounds)
    if as_json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
    else:
        show(rows, Console(width=120))


@contextmanager
def _nobody() -> Iterator[dict[str, Extractor]]:
    yield {}


if __name__ == "__main__":
    typer.run(main)
