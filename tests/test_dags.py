"""The DAGs load, are documented, and have exactly the edges written here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.airflow

DAGS = Path(__file__).resolve().parent.parent / "dags"
EDGES = {
    "nightly_crawl": {
        "outlets": {"outlet.crawl", "outlet.clean", "outlet.tag", "outlet.load", "check"},
        "outlet.crawl": {"outlet.clean"},
        "outlet.clean": {"outlet.tag"},
        "outlet.tag": {"outlet.load"},
        "outlet.load": {"deduplicate"},
        "deduplicate": {"relate"},
        "relate": {"check"},
        "check": set(),
    }
}

# Airflow reads its settings when it is imported and changes warning filters; a process of its own keeps it from the tests.
DESCRIBE = """
import json, sys, time
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(sys.argv[1], bundle_name="dags-folder")
print(json.dumps({
    "errors": bag.import_errors,
    "dags": {
        name: {
            "doc": dag.doc_md,
            "tags": sorted(dag.tags),
            "catchup": dag.catchup,
            "max_active_runs": dag.max_active_runs,
            "tasks": {
                task.task_id: {
                    "doc": task.doc_md,
                    "down": sorted(task.downstream_task_ids),
                    "retries": task.retries,
                    "timeout": task.execution_timeout and task.execution_timeout.total_seconds(),
                    "rule": getattr(task.trigger_rule, "value", task.trigger_rule),
                    "pool": task.pool,
                }
                for task in dag.tasks
            },
        }
        for name, dag in bag.dags.items()
    },
}))
"""


# A task is with the executor, then the scheduler takes it back because it stays queued for too long.
REVOKE = """
import airflow.settings
from types import SimpleNamespace
airflow.settings.prepare_syspath_for_config_and_plugins()
from airflow.executors.executor_loader import ExecutorLoader
executor = ExecutorLoader.import_executor_cls(
    ExecutorLoader.get_executor_names(validate_teams=False)[0]
)[0]()
task = SimpleNamespace(key="key", id="id")
executor.running.add(task.key)
before = executor.has_task(task)
executor.revoke_task(ti=task)
print(type(executor).__name__, before, executor.has_task(task))
"""


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict:
    home = tmp_path_factory.mktemp("airflow")
    done = run(DESCRIBE, home)
    return json.loads(done.stdout.splitlines()[-1])


def run(script: str, home: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(DAGS / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "ERROR",
        # No database and no network: a DAG file that opens either while it is read does not load.
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/none.db",
        "BULLETINS_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
    }
    command = [sys.executable, "-c", script, str(DAGS)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=True)


def test_every_dag_loads(described: dict) -> None:
    assert described["errors"] == {}
    assert set(described["dags"]) == set(EDGES)


@pytest.mark.parametrize("name", EDGES)
def test_a_dag_has_exactly_these_edges(described: dict, name: str) -> None:
    found = {task: set(about["down"]) for task, about in described["dags"][name]["tasks"].items()}
    assert found == EDGES[name]


@pytest.mark.parametrize("name", EDGES)
def test_every_dag_and_task_says_what_it_does(described: dict, name: str) -> None:
    dag = described["dags"][name]
    assert len(dag["doc"]) > 200
    assert all(len(task["doc"]) > 30 for task in dag["tasks"].values())


def test_tasks_that_may_fail_are_tried_again_within_a_time_limit(described: dict) -> None:
    tasks = described["dags"]["nightly_crawl"]["tasks"]
    assert all(task["retries"] >= 2 for name, task in tasks.items() if name != "check")
    assert all(task["timeout"] for task in tasks.values())
    assert tasks["outlet.crawl"]["pool"] == "crawl"


def test_one_failed_outlet_stops_neither_the_comparison_nor_the_check(described: dict) -> None:
    tasks = described["dags"]["nightly_crawl"]["tasks"]
    assert tasks["deduplicate"]["rule"] == tasks["check"]["rule"] == "all_done"


def test_the_past_is_not_crawled_and_nights_do_not_overlap(described: dict) -> None:
    dag = described["dags"]["nightly_crawl"]
    assert dag["catchup"] is False
    assert dag["max_active_runs"] == 1


def test_the_executor_gives_up_a_task_that_its_process_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AIRFLOW__CORE__EXECUTOR", "recovering_executor.RecoveringExecutor")
    assert run(REVOKE, tmp_path).stdout.split() == ["RecoveringExecutor", "True", "False"]
