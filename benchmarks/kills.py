"""The replayable web through `nightly_crawl` while its processes are killed by signal 9: is anything lost or changed?

    python -m benchmarks.kills                    the corpus web
    python -m benchmarks.kills --kills 40         more of them

The same night is run undisturbed, its stages called directly. Then every table of the two is compared row for row, but for
clock columns, run ids and the rows that record attempts (benchmarks/tables.py). Exit 1 when they differ.
"""

from __future__ import annotations

from collections import Counter
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from benchmarks.disturbing import Killer
from benchmarks.runner import run_direct, run_in_airflow, url_of
from benchmarks.tables import digest, tables


def main(
    corpus: Annotated[Path | None, typer.Option(help="Folder with web/ as in the corpus.")] = None,
    kills: Annotated[int, typer.Option(min=1, help="How many processes are killed.")] = 14,
    seed: Annotated[int, typer.Option(help="Chooses the moments.")] = 7,
) -> None:
    """Compare a disturbed night with an undisturbed one."""
    web = data.corpus(corpus) / "web"
    if not web.is_dir():
        raise SystemExit(f"{web} is not there; give --corpus or set BULLETINS_CORPUS")
    warc, pages = web / "syria-web.warc.gz", data.expected(web)
    killer = Killer(kills, seed)
    rows = []
    for run_night in (run_direct, lambda folder, warc: run_in_airflow(folder, warc, killer)):
        with TemporaryDirectory(prefix="bulletins-kills-") as folder:
            data.write_outlets(pages, Path(folder) / "outlets")
            with run_night(Path(folder), warc) as run, closing(run.connect()) as connection:
                rows.append(tables(url_of(connection)))
    still, disturbed = map(digest, rows)
    show(still, disturbed, killer)
    raise SystemExit(still != disturbed)


def show(still: dict[str, str], disturbed: dict[str, str], killer: Killer) -> None:
    """Print what was killed, and the tables side by side."""
    console = Console(width=150)
    killed = ", ".join(f"{name} {count}" for name, count in Counter(killer.killed).items())
    console.print(f"killed by signal 9: {len(killer.killed)} ({killed}); red tasks cleared {killer.cleared} times")
    table = Table("table", "undisturbed: rows, hash of all rows", "disturbed", "")
    for name, found in still.items():
        table.add_row(name, found, disturbed[name], "same" if found == disturbed[name] else "DIFFERS")
    console.print(table)


if __name__ == "__main__":
    typer.run(main)
