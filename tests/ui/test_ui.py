"""The Airflow UI as an operator sees it after the demo, in a headless Chromium."""

from __future__ import annotations

import os
import re
import shutil
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bulletins import airflow, stack
from bulletins.home import PROJECT
from bulletins.sample.build import OUTLETS
from crawlers.outlets import load_outlets

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
PATIENCE = 60_000  # ms; the UI's own requests take seconds on two busy cores
PICTURE = PROJECT / "build" / "nightly-crawl.png"  # the one in the README is a copy of it

pytestmark = [
    pytest.mark.ui,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Playwright leaves its driver's pipes to the collector
]


@pytest.fixture(scope="module")
def address(demo_home: Path) -> str:
    """The address of the UI."""
    return stack.find(demo_home).address


@pytest.fixture(scope="module")
def page(demo_home: Path, address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that is logged in."""
    arguments = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
    arguments += ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            str(tmp_path_factory.mktemp("profile")), executable_path=CHROMIUM, headless=True, args=arguments,
            viewport={"width": 1400, "height": 900},
        )  # fmt: skip
        made = context.new_page()
        made.set_default_timeout(PATIENCE)
        made.goto(address)
        made.locator("input:not([type=password])").first.fill(airflow.USER)
        made.locator("input[type=password]").fill(airflow.password(demo_home))
        made.get_by_role("button", name="Sign in").click()
        expect(made.get_by_text("Dags", exact=True).first).to_be_visible(timeout=PATIENCE)
        yield made
        context.close()


@pytest.fixture(scope="module")
def run_id(demo_home: Path) -> str:
    """The demo's run."""
    client = stack.find(demo_home).airflow()
    runs = client.call("GET", f"/api/v2/dags/{stack.DAG}/dagRuns")["dag_runs"]
    return str(runs[0]["dag_run_id"])


def test_without_the_password_there_is_no_way_in(address: str) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused, urllib.request.urlopen(f"{address}/api/v2/dags"):
        pass
    assert refused.value.code == 401
    refused.value.close()


def test_the_run_is_green_and_its_mapped_tasks_bear_the_outlets_names(page: Page, address: str, run_id: str) -> None:
    page.goto(f"{address}/dags/{stack.DAG}/runs/{run_id}/tasks/group/outlet")
    for slug in load_outlets(OUTLETS):
        expect(page.get_by_text(slug, exact=True).first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("Success").first).to_be_visible(timeout=PATIENCE)
    assert page.get_by_text("Failed").count() == 0
    PICTURE.parent.mkdir(exist_ok=True)
    page.screenshot(path=PICTURE)


def test_a_tasks_log_says_the_outlet_and_shows_the_counts(page: Page, address: str, run_id: str) -> None:
    page.goto(f"{address}/dags/{stack.DAG}/runs/{run_id}/tasks/outlet.load/mapped/0")
    expect(page.get_by_text("outlet sample_daily").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text(re.compile("silent.losses")).first).to_be_visible(timeout=PATIENCE)


def test_every_dag_says_what_it_does(page: Page, address: str) -> None:
    page.goto(f"{address}/dags/{stack.DAG}")
    page.get_by_role("button", name="Dag Docs").click()
    expect(page.get_by_text("Every active outlet is crawled").first).to_be_visible(timeout=PATIENCE)
