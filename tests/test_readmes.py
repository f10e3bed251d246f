"""What the documents promise is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from psycopg2.extensions import connection as Connection

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")
VARIABLES = {
    "BULLETINS_HOME", "BULLETINS_DATABASE_URL", "BULLETINS_OUTLETS", "BULLETINS_ARCHIVE", "BULLETINS_ARCHIVE_BUDGET_GB",
    "BULLETINS_CONTACT", "BULLETINS_MODEL", "BULLETINS_CORPUS",
}  # fmt: skip
QUERIES = [query for query in re.search(r"```sql\n(.*?)```", README, re.S)[1].split(";") if query.strip()]


@pytest.mark.db
@pytest.mark.parametrize("query", QUERIES)
def test_the_queries_of_the_readme_run(connection: Connection, query: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query)
        assert cursor.description


@pytest.mark.parametrize("name", sorted(VARIABLES))
def test_every_variable_is_in_the_readme_and_the_example(name: str) -> None:
    assert f"`{name}`" in README
    assert name in (ROOT / ".env.example").read_text("utf-8")


def test_every_link_of_the_readmes_leads_somewhere() -> None:
    for readme in [*ROOT.glob("*.md"), *ROOT.glob("[a-z]*/*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", readme.read_text("utf-8")):
            assert (readme.parent / target).exists(), f"{readme.name}: {target}"


def test_the_make_targets_of_the_readme_exist() -> None:
    made = (ROOT / "Makefile").read_text("utf-8")
    for target in set(re.findall(r"`?make ([a-z-]+)", README)):
        assert re.search(rf"^{target}:", made, re.M), target
