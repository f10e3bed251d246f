"""Boxes beside the article are cut out by their headings; tables that lay out a page are no tables of figures."""

from __future__ import annotations

import pytest
from lxml import html

from processing.clean.prune import prune, unfold_tables

TEASERS = (
    "<ul><li><a href='/2'>A new school opens</a><p>The school in the north has forty rooms and a garden.</p></li></ul>"
)
ARTICLE = "<h1>Road reopened</h1><p>The road between the two villages is open again, a spokesman said.</p>"


def pruned(body: str) -> str:
    tree = html.fromstring(f"<html><body>{body}</body></html>")
    headline = next(tree.iter("h1", "h2"), None)
    unfold_tables(tree, headline)
    prune(tree, headline)
    return " ".join(tree.text_content().split())


@pytest.mark.parametrize(
    "heading",
    "Most read|Related articles|الأكثر قراءة|مقالات ذات صلة|Читайте также|Комментарии (2)|İlgili Haberler|Yorumlar".split(
        "|"
    ),
)
@pytest.mark.parametrize("tag", ["h3", "b", "span", "div"])
def test_a_box_is_cut_with_its_heading(heading: str, tag: str) -> None:
    box = f"<div class='side'><{tag}>{heading}</{tag}>{TEASERS}</div>"
    assert pruned(f"<main>{ARTICLE}</main>{box}") == pruned(f"<main>{ARTICLE}</main>")


def test_a_box_inside_the_article_is_cut_and_what_follows_is_kept() -> None:
    found = pruned(f"{ARTICLE}<aside><b>Read also</b>{TEASERS}</aside><p>Traffic was light on Tuesday.</p>")
    assert found.endswith("a spokesman said.Traffic was light on Tuesday.")


def test_a_cell_that_begins_with_a_heading_is_cut() -> None:
    found = pruned(
        f"<table><tr><td>{ARTICLE}</td><td>Comments:<br><table><tr><td>I was there.</td></tr></table></td></tr></table>"
    )
    assert "I was there" not in found
    assert "open again" in found


def test_nothing_that_holds_the_headline_is_cut() -> None:
    found = pruned(f"<div><span>Comments</span>{ARTICLE}</div>")
    assert "open again" in found


def test_the_articles_own_container_is_kept_though_a_heading_comes_first() -> None:
    found = pruned("<h1>Road</h1><div class='post-body'><p>Related news</p><p>The road is open again.</p></div>")
    assert "open again" in found


def test_nothing_is_cut_from_a_page_without_a_headline() -> None:
    assert "forty rooms" in pruned(f"<div><b>Most read</b>{TEASERS}</div>")


def test_a_word_in_a_sentence_is_no_heading() -> None:
    body = f"{ARTICLE}<div><p>Comments <a href='/x'>on the plan</a> were few.</p><p>Nobody objected.</p></div>"
    assert pruned(body).endswith("were few.Nobody objected.")


def test_a_table_that_lays_out_the_page_is_unfolded_and_one_of_figures_is_not() -> None:
    tree = html.fromstring(
        f"<html><body><table id='page'><tr><td>{ARTICLE}<table id='toll'><tr><td>Hama</td><td>3</td></tr></table></td></tr>"
        "</table></body></html>"
    )
    unfold_tables(tree, next(tree.iter("h1")))
    assert [table.get("id") for table in tree.iter("table")] == ["toll"]
    assert tree.get_element_by_id("page").tag == "div"
