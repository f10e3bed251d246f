"""An operator in the Airflow UI, with a real browser on a real stack: log in, see the run, its outlets, a task's counts.

Set BULLETINS_SCREENSHOT to a file to keep the picture of the run that the README shows.
"""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bulletins import airflow, stack
from bulletins.sample.build import OUTLETS, SAMPLE_WEB

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.ui,
    pytest.mark.stack,
    pytest.mark.timeout(900),
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine (Debian: apt-get install chromium)"),
]
# Without these a headless Chromium calls its maker at every start.
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def run() -> Iterator[tuple[stack.Stack, str]]:
    """A stack with one finished night over the sample web, and that run's id."""
    with TemporaryDirectory(prefix="bulletins-ui-") as folder:
        home = Path(folder)
        home.chmod(0o755)
        try:
            running = stack.up(home)
            client = running.airflow()
            client.set_paused(stack.DAG, paused=False)
            conf = {"outlets": str(OUTLETS), "only": [], "replay": str(SAMPLE_WEB), "force": False}
            run_id = client.trigger(stack.DAG, conf)
            while client.run_state(stack.DAG, run_id) not in ("success", "failed"):
                time.sleep(2)
            yield running, run_id
        finally:
            stack.down(home)


@pytest.fixture(scope="module")
def page(run: tuple[stack.Stack, str]) -> Iterator[object]:
    """A browser's page, logged in."""
    from playwright.sync_api import sync_playwright

    running, _ = run
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        opened = browser.new_page(viewport={"width": 1440, "height": 900})
        opened.set_default_timeout(60_000)
        opened.goto(running.address)
        opened.fill("input[name=username]", airflow.USER)
        opened.fill("input[name=password]", airflow.password(running.home))
        opened.click("button[type=submit]")
        opened.wait_for_url(f"{running.address}/**")
        yield opened
        browser.close()


def test_the_run_is_green_and_its_mapped_tasks_bear_the_outlets_names(run, page) -> None:
    running, run_id = run
    page.goto(f"{running.address}/dags/{stack.DAG}/runs/{run_id}")
    page.get_by_text("Success", exact=False).first.wait_for()
    if target := os.environ.get("BULLETINS_SCREENSHOT"):
        page.wait_for_timeout(3000)
        page.screenshot(path=target)
    page.goto(f"{running.address}/dags/{stack.DAG}/runs/{run_id}/tasks/outlet.load/mapped")
    for path in OUTLETS.glob("*.toml"):
        page.get_by_text(path.stem, exact=True).first.wait_for()


def test_a_tasks_log_begins_with_the_outlet_and_ends_with_its_counts(run, page) -> None:
    running, run_id = run
    page.goto(f"{running.address}/dags/{stack.DAG}/runs/{run_id}/tasks/outlet.load/mapped/0?try_number=1")
    page.get_by_text("silent_losses").first.wait_for()
    text = page.inner_text("body")
    outlet = sorted(path.stem for path in OUTLETS.glob("*.toml"))[0]
    assert f"outlet {outlet}" in text
    assert text.index(f"outlet {outlet}") < text.index("loaded_new") < text.index("silent_losses")


def test_the_ui_asks_for_a_password(run) -> None:
    from playwright.sync_api import sync_playwright

    running, _ = run
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        stranger = browser.new_page()
        stranger.goto(f"{running.address}/dags/{stack.DAG}")
        stranger.locator("input[name=password]").wait_for()
        browser.close()
