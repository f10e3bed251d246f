"""The Airflow UI as an operator sees it after the demo, in a headless Chromium."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from bulletins import airflow, stack
from bulletins.sample.build import OUTLETS
from crawlers.outlets import load_outlets

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
SECONDS_20 = 20_000  # the UI's own requests take seconds on two busy cores

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
        made.set_default_timeout(2 * SECONDS_20)
        made.goto(address)
        made.get_by_label("Username").fill(airflow.USER)
        made.locator("input[type=password]").fill(airflow.password(demo_home))
        made.get_by_role("button", name=re.compile("sign in|log in|login", re.I)).click()
        expect(made).to_have_title(re.compile("Airflow"), timeout=2 * SECONDS_20)
        yield made
        context.close()


@pytest.fixture(scope="module")
def run_id(demo_home: Path) -> str:
    """The demo's run."""
    client = stack.find(demo_home).airflow()
    runs = client.call("GET", f"/api/v2/dags/{stack.DAG}/dagRuns")["dag_runs"]
    return str(runs[0]["dag_run_id"])


def test_without_the_password_there_is_no_way_in(demo_home: Path, address: str, page: Page) -> None:
    stranger = page.context.browser.new_page() if page.context.browser else page.context.new_page()
    page.context.clear_cookies() if False else None
    answer = stranger.request.get(f"{address}/api/v2/dags", headers={"Cookie": ""})
    assert answer.status == 401
    stranger.close()


def test_the_run_is_green_and_its_mapped_tasks_bear_the_outlets_names(page: Page, address: str, run_id: str) -> None:
    page.goto(f"{address}/dags/{stack.DAG}/runs/{run_id}/tasks/group/outlet")
    for slug in load_outlets(OUTLETS):
        expect(page.get_by_text(slug, exact=True).first).to_be_visible(timeout=2 * SECONDS_20)


def test_a_tasks_log_says_the_outlet_and_shows_the_counts(page: Page, address: str, run_id: str) -> None:
    page.goto(f"{address}/dags/{stack.DAG}/runs/{run_id}/tasks/outlet.load/mapped/0")
    expect(page.get_by_text("outlet sample_daily").first).to_be_visible(timeout=2 * SECONDS_20)
    expect(page.get_by_text("silent losses").first).to_be_visible(timeout=2 * SECONDS_20)


def test_every_dag_says_what_it_does(page: Page, address: str) -> None:
    page.goto(f"{address}/dags/{stack.DAG}")
    page.get_by_role("button", name=re.compile("docs", re.I)).first.click()
    expect(page.get_by_text("Every active outlet is crawled").first).to_be_visible(timeout=SECONDS_20)
