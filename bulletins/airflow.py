"""Airflow on this machine: the environment its four components run in, and the few REST calls we make.

The settings were measured on two cores with Airflow 3.3; each one that differs from the default has its reason.
"""

from __future__ import annotations

import base64
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import quote

from bulletins.home import PROJECT
from bulletins.secrets import Secrets
from crawlers.records import BulletinsError

USER = "admin"
PROGRAM = str(Path(sys.executable).parent / "airflow")  # of the same environment as we are
COMPONENTS = ("api-server", "scheduler", "dag-processor", "triggerer")
# The API server goes last: without it a scheduler waits for its tasks' calls for more than half a minute.
STOP_ORDER = ("scheduler", "triggerer", "dag-processor", "api-server")

_PASSWORDS = "airflow_passwords.json"


class AirflowError(BulletinsError):
    """Airflow did not answer, or refused; the text says what to look at."""


def password_file(home: Path) -> Path:
    """Return where the UI's password stands, as JSON {user: password}."""
    return Secrets(home / "secrets").path(_PASSWORDS)


def password(home: Path) -> str:
    """Return the UI password, made on first use."""
    made = Secrets(home / "secrets").get(_PASSWORDS, lambda: json.dumps({USER: _random()}))
    return str(json.loads(made)[USER])


def environment(home: Path, *, metadata_url: str, news_url: str, port: int, scheduled: bool) -> dict[str, str]:
    """Return the environment of Airflow's components and of every task they start.

    Without `scheduled` only runs that someone triggers are made.
    """
    password(home)
    # Without PYTHONDONTWRITEBYTECODE: compiling Airflow anew at each start takes a minute instead of ten seconds.
    dropped = ("AIRFLOW", "PG", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    keys = Secrets(home / "secrets")
    base = f"http://127.0.0.1:{port}"
    settings = {
        "CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "CORE__PLUGINS_FOLDER": str(PROJECT / "dags" / "plugins"),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__EXECUTOR": "recovering_executor.RecoveringExecutor",  # LocalExecutor that loses no task; see the module
        "CORE__PARALLELISM": str(max(2, min(4, (os.cpu_count() or 2) * 2))),
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",  # `up` says which DAGs run
        "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(password_file(home)),
        "CORE__EXECUTION_API_SERVER_URL": f"{base}/execution/",
        "CORE__FERNET_KEY": keys.get("airflow_fernet", lambda: base64.urlsafe_b64encode(os.urandom(32)).decode()),
        "DATABASE__SQL_ALCHEMY_CONN": metadata_url.replace("postgresql://", "postgresql+psycopg2://"),
        "API__HOST": "127.0.0.1",
        "API__PORT": str(port),
        "API__WORKERS": "1",
        "API__BASE_URL": base,
        "API__SECRET_KEY": keys.get("airflow_api", _random),
        "API_AUTH__JWT_SECRET": keys.get("airflow_jwt", lambda: secrets.token_urlsafe(64)),
        "LOGGING__LOGGING_LEVEL": "INFO",  # what a task prints is logged at this level; a quieter one leaves its log empty
        "LOGGING__BASE_LOG_FOLDER": str(home / "logs" / "tasks"),
        "LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(home / "logs" / "dags"),
        "DAG_PROCESSOR__REFRESH_INTERVAL": "30",
        "SCHEDULER__ENABLE_HEALTH_CHECK": "False",
        # Off in the demo: a DAG must be unpaused to run at all, and the schedule of one just unpaused is due at once.
        "SCHEDULER__USE_JOB_SCHEDULE": str(scheduled),
        # The defaults of 300 s leave a killed task unnoticed for five minutes.
        "SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "30",
        # There are as many processes as tasks are queued at once: one that is queued for so long has lost its process.
        "SCHEDULER__TASK_QUEUED_TIMEOUT": "120",
        "SCHEDULER__TASK_QUEUED_TIMEOUT_CHECK_INTERVAL": "30",
        "WORKERS__EXECUTION_API_TIMEOUT": "30",  # 5 s is too short on two busy cores
        "USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    return {
        **kept,
        **{f"AIRFLOW__{name}": value for name, value in settings.items()},
        "AIRFLOW_HOME": str(home / "airflow"),
        "AIRFLOW_CONN_NEWS_DB": news_url,
        "BULLETINS_HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
        "NO_PROXY": ",".join(filter(None, ("127.0.0.1", "localhost", os.environ.get("NO_PROXY")))),
        "NO_COLOR": "1",
        "PYTHONUNBUFFERED": "1",
    }


class Airflow:
    """A client of the REST API of the running stack."""

    def __init__(self, home: Path, base: str) -> None:
        self.base = base
        self._password = password(home)
        self._token = ""

    def healthy(self) -> bool:
        """Tell whether the database and all components answer."""
        try:
            parts = self._call("GET", "/api/v2/monitor/health", timeout=5)
        except (OSError, ValueError):
            return False
        names = ("metadatabase", "scheduler", "dag_processor", "triggerer")
        return all((parts.get(name) or {}).get("status") == "healthy" for name in names)

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """Make one call with the user's token; raises AirflowError that quotes Airflow's own detail."""
        for attempt in range(5):
            try:
                if not self._token:
                    login = {"username": USER, "password": self._password}
                    self._token = self._call("POST", "/auth/token", login)["access_token"]
                return self._call(method, path, body)
            except urllib.error.HTTPError as error:
                if error.code == 401 and attempt < 2:
                    self._token = ""
                    continue
                raise AirflowError(f"Airflow: {method} {path}: {error.code} {_detail(error)}") from error
            except OSError as error:  # a restarting API server, or one that is busy
                if attempt == 4:
                    raise AirflowError(
                        f"Airflow does not answer at {self.base} ({error}); `bulletins status`"
                    ) from error
                time.sleep(1 + attempt)
        raise AirflowError(f"Airflow does not answer at {self.base}; `bulletins status`")

    def wait_for_dag(self, dag: str, seconds: float) -> None:
        """Wait until a DAG is known; raises AirflowError with its import error, if it has one."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if any(row["dag_id"] == dag for row in self.call("GET", "/api/v2/dags?limit=200")["dags"]):
                return
            for error in self.call("GET", "/api/v2/importErrors")["import_errors"]:
                if dag in error["filename"]:
                    raise AirflowError(f"{error['filename']} does not load: {error['stack_trace'].splitlines()[-1]}")
            time.sleep(0.5)
        raise AirflowError(f"Airflow did not find the DAG {dag} in {seconds:.0f} s; see the log dag-processor.log")

    def set_pool(self, name: str, slots: int, description: str) -> None:
        """Make or change a pool: a task whose pool is missing would wait for ever."""
        body = {"name": name, "slots": slots, "description": description, "include_deferred": False}
        if any(pool["name"] == name for pool in self.call("GET", "/api/v2/pools?limit=200")["pools"]):
            self.call("PATCH", f"/api/v2/pools/{quote(name)}", body)
        else:
            self.call("POST", "/api/v2/pools", body)

    def set_paused(self, dag: str, paused: bool) -> None:
        """Pause a DAG or let its schedule run."""
        self.call("PATCH", f"/api/v2/dags/{quote(dag)}", {"is_paused": paused})

    def trigger(self, dag: str, conf: dict[str, Any]) -> str:
        """Start a run; returns its id."""
        made = self.call("POST", f"/api/v2/dags/{quote(dag)}/dagRuns", {"logical_date": None, "conf": conf})
        return str(made["dag_run_id"])

    def run(self, dag: str, run: str) -> dict[str, Any]:
        """Return what Airflow knows of a run."""
        found: dict[str, Any] = self.call("GET", f"/api/v2/dags/{quote(dag)}/dagRuns/{quote(run, safe='')}")
        return found

    def run_state(self, dag: str, run: str) -> str:
        """Return the state of a run: queued, running, success or failed."""
        return str(self.run(dag, run)["state"])

    def task_instances(self, dag: str, run: str) -> list[dict[str, Any]]:
        """Return all task instances of a run."""
        path = f"/api/v2/dags/{quote(dag)}/dagRuns/{quote(run, safe='')}/taskInstances"
        rows: list[dict[str, Any]] = []
        while True:
            page = self.call("GET", f"{path}?limit=100&offset={len(rows)}")
            rows += page["task_instances"]
            if not page["task_instances"] or len(rows) >= page["total_entries"]:
                return rows

    def _call(self, method: str, path: str, body: Any = None, timeout: float = 30) -> Any:
        headers = {"Content-Type": "application/json"}
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.base + path, data, headers, method=method)  # noqa: S310 - our own base
        with _opener.open(request, timeout=timeout) as answer:
            return json.loads(answer.read() or b"null")


# No proxy of the environment stands between us and our own loopback.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _detail(error: urllib.error.HTTPError) -> str:
    text = error.read().decode(errors="replace")
    try:
        return str(json.loads(text)["detail"])[:300]
    except (ValueError, KeyError, TypeError):
        return text[:300]


def _random() -> str:
    return secrets.token_urlsafe(24)
