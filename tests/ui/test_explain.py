"""The page of an explained article as a researcher sees it, in a headless Chromium."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from bulletins.explain_html import page as rendered
from bulletins.home import PROJECT
from processing.explain import Explained, explain_text
from tests.explaining import ARABIC, DAY, explained

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
PICTURES = PROJECT / "build"

pytestmark = [
    pytest.mark.ui,
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"no Chromium at {CHROMIUM}"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # Playwright leaves its driver's pipes to the collector
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=arguments)
        yield made
        made.close()


def opened(browser: Browser, folder: Path, found: Explained, width: int = 1200, scheme: str = "light") -> Page:
    file = folder / "page.html"
    file.write_text(rendered(found), encoding="utf-8")
    made = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    made.goto(file.as_uri())
    return made


def test_a_number_leads_from_the_sentence_to_its_statement_and_back(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, explained())
    page.locator("article a[href='#statement-2']").click()
    assert page.locator("#statement-2:target").is_visible()
    page.locator("#statement-2 a[href='#said-2']").first.click()
    assert page.locator("#said-2:target").is_visible()


def test_every_link_within_the_page_leads_somewhere(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, explained())
    for target in page.locator("a[href^='#']").evaluate_all("links => links.map(link => link.hash)"):
        assert page.locator(target).count() == 1, target


@pytest.mark.parametrize(
    ("name", "width", "scheme"), [("desktop", 1200, "light"), ("dark", 1200, "dark"), ("phone", 400, "light")]
)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_nothing_is_wider_than_the_screen(
    browser: Browser, tmp_path: Path, name: str, width: int, scheme: str, language: str
) -> None:
    found = explained() if language == "en" else explain_text(ARABIC, title="قصف على ريف إدلب", day=DAY)
    page = opened(browser, tmp_path, found, width, scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"explain-{name}-{language}.png", full_page=True)


def test_a_hostile_text_runs_nothing_and_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    asked: list[str] = []
    found = explain_text('Afrin was shelled. <script>document.title = "taken"</script><img src="https://x.example/">')
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    file = tmp_path / "page.html"
    file.write_text(rendered(found), encoding="utf-8")
    page.goto(file.as_uri())
    assert page.title() == "Text without a title"
    assert asked == [file.as_uri()]
