"""The demo: the sample web through Airflow into Postgres, with a person watching."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from rich.live import Live
from rich.table import Table

from bulletins import access, console, stack, starting
from bulletins.airflow import Airflow
from bulletins.home import home
from bulletins.sample.build import NEXT_DAY, OUTLETS, SAMPLE_WEB
from crawlers.outlets import load_outlets
from crawlers.records import BulletinsError
from processing.crawl import name_crawl
from processing.database import SQL, statement

RUN_SECONDS = 1200
STAGES = ("crawl", "clean", "tag", "load")
EXAMPLES = ("latest_by_governorate", "copies_across_outlets", "where_dates_come_from")
_COLUMNS = ("outlet", "links", "fetched", "articles", "new versions", "duplicates", "rejected by reason")
_SIGNS = {"success": "✓", "failed": "✗", "upstream_failed": "–", "running": "…", "up_for_retry": "↻", "skipped": "–"}


class DemoFailed(BulletinsError):
    """The run did not succeed, or lost a link."""

    exit_code = 1


def run(*, next_day: bool) -> int:
    """Run the demo; returns the exit code. The stack stays up, also after Ctrl-C."""
    running = starting.up(home())
    airflow = running.airflow()
    warc = NEXT_DAY if next_day else SAMPLE_WEB
    _let_run(running, airflow)
    run_id = airflow.trigger(stack.DAG, {"outlets": str(OUTLETS), "replay": str(warc), "force": next_day, "only": []})
    try:
        state = _watch(airflow, run_id)
    except KeyboardInterrupt:
        console.err.print(
            "Stopped watching. The run goes on; `bulletins demo` shows the next one, `bulletins down` stops everything."
        )
        return 130
    losses = _show_run(airflow, run_id)
    _show_examples()
    starting.show_addresses(running)
    if state != "success":
        raise DemoFailed(f"the run ended {state}; look at its red tasks in {running.address}/dags/{stack.DAG}")
    if losses:
        raise DemoFailed(f"{losses} links are not accounted for; `bulletins db check` names them")
    return 0


def _let_run(running: stack.Stack, airflow: Airflow) -> None:
    """Unpause the DAG, without which no run starts; on a service with a schedule that is the operator's to do."""
    if not running.scheduled:
        airflow.set_paused(stack.DAG, paused=False)
    elif airflow.call("GET", f"/api/v2/dags/{stack.DAG}")["is_paused"]:
        raise DemoFailed(
            f"{stack.DAG} is paused on this service; unpause it, or run the demo in another BULLETINS_HOME"
        )


def _watch(airflow: Airflow, run_id: str) -> str:
    """Show the tasks of a run by outlet until it has ended; returns its state."""
    deadline = time.monotonic() + RUN_SECONDS
    started = time.monotonic()
    told = ""
    with Live(console=console.err, refresh_per_second=4, transient=True) as live:
        while time.monotonic() < deadline:
            state: str = airflow.run_state(stack.DAG, run_id)
            tasks = airflow.task_instances(stack.DAG, run_id)
            live.update(_picture(tasks, time.monotonic() - started))
            if not console.err.is_terminal and (now := _in_words(tasks)) != told:
                told = now
                console.err.print(f"{time.monotonic() - started:4.0f} s  {told}", highlight=False)
            if state in ("success", "failed"):
                return state
            time.sleep(1 if console.err.is_terminal else 5)
    raise DemoFailed(f"the run took longer than {RUN_SECONDS // 60} minutes; see {airflow.base}/dags/{stack.DAG}")


def _in_words(tasks: list[dict[str, Any]]) -> str:
    done = Counter("done" if task["state"] == "success" else task["state"] or "waiting" for task in tasks)
    return f"{len(tasks)} tasks: " + ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in sorted(done.items()))


def _picture(tasks: list[dict[str, Any]], seconds: float) -> Table:
    table = Table(title=f"nightly_crawl, {seconds:.0f} s", title_justify="left", show_edge=False, pad_edge=False)
    table.add_column("outlet")
    for name in STAGES:
        table.add_column(name, justify="center")
    rows: dict[int, dict[str, str]] = {}
    names: dict[int, str] = {}
    for task in tasks:
        index = int(task["map_index"])
        group, _, stage = task["task_id"].rpartition(".")
        if group and index >= 0:
            rows.setdefault(index, {})[stage] = _SIGNS.get(task["state"], "·")
            names[index] = task.get("rendered_map_index") or names.get(index) or f"outlet {index + 1}"
    for index in sorted(rows):
        table.add_row(names[index], *(rows[index].get(stage, "·") for stage in STAGES))
    for task in tasks:
        if task["task_id"] in ("deduplicate", "relate", "check"):
            table.add_row(task["task_id"], _SIGNS.get(task["state"], "·"), "", "", "")
    return table


def _show_run(airflow: Airflow, run_id: str) -> int:
    """Print the accounting of a run by outlet; returns its silent losses."""
    when = dt.datetime.fromisoformat(airflow.run(stack.DAG, run_id)["run_after"])
    crawl_ids = [name_crawl(slug, when, run_id) for slug in load_outlets(OUTLETS)]
    with closing(access.connect("reader")) as connection, connection.cursor() as cursor:
        cursor.execute(statement("summarise_crawls"), {"crawl_ids": crawl_ids})
        rows = cursor.fetchall()
    losses: int = sum(abs(row[-1]) for row in rows)
    console.table("What came in", _COLUMNS, [row[:-1] for row in rows], numbers=_COLUMNS[1:6])
    console.out.print(f"Silent losses: {losses}\n", highlight=False)
    return losses


def _show_examples() -> None:
    """Run three of the example queries and print the first rows of each."""
    with closing(access.connect("reader")) as connection, connection.cursor() as cursor:
        for name in EXAMPLES:
            path = SQL / "queries" / "examples" / f"{name}.sql"
            cursor.execute(path.read_text("utf-8"))
            columns = [column.name for column in cursor.description or ()]
            console.table(f"{_title(path)}  ({path.relative_to(SQL.parent)})", columns, cursor.fetchmany(8))
            console.out.print()


def _title(path: Path) -> str:
    return path.read_text("utf-8").splitlines()[0].removeprefix("--").strip()
