"""Which lines recur in an outlet's loaded articles, beside those that are known: for a person to review."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from psycopg2.extensions import connection as Connection

from crawlers.records import Outlet
from processing.clean.boilerplate import form
from processing.clean.naming import is_name
from processing.clean.recurring import Read, learn
from processing.database import statement
from processing.tag import load_vocabulary

MOST = (
    2000  # articles read; a line in a tenth of them is found in fewer, and older ones show what the site no longer is
)


class State(StrEnum):
    """What was decided of a line."""

    NEW = "new"  # proposed
    DROP = "drop"  # known and taken out of texts
    KEEP = "keep"  # looked at, and the articles' own


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line that recurs, or did; counts are of the texts as they are in the tables, where known lines may be gone."""

    line: str
    state: State
    articles: int = 0
    share: float = 0.0  # of the articles read, 0-1
    examples: tuple[str, ...] = ()  # article_ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """An outlet's lines, and how many articles they were looked for in."""

    outlet: str
    articles: int
    applied: bool  # clean.boilerplate: whether known lines are dropped
    lines: tuple[Line, ...]  # proposed ones first, then by how many articles have them

    def of(self, state: State) -> tuple[str, ...]:
        """Return the lines of which this was decided."""
        return tuple(found.line for found in self.lines if found.state is state)


def review(connection: Connection, outlet: Outlet, min_share: float) -> Review:
    """Learn from an outlet's newest loaded articles which lines stand in at least `min_share` (0-1) of them."""
    with connection.cursor() as cursor:
        cursor.execute(statement("select_outlet_texts"), {"outlet": outlet.slug, "most": MOST})
        reads = [Read(str(article_id), title, text) for article_id, title, text in cursor]
    return Review(
        outlet=outlet.slug,
        articles=len(reads),
        applied=outlet.clean.boilerplate,
        lines=tuple(_merged(outlet, reads, min_share)),
    )


def _merged(outlet: Outlet, reads: Iterable[Read], min_share: float) -> list[Line]:
    """Join what recurs with what is known: by form, because a known line may be printed in another way now."""
    known = {form(line): (line, State.DROP) for line in outlet.boilerplate.dropped}
    known |= {form(line): (line, State.KEEP) for line in outlet.boilerplate.kept}
    found = []
    for recurring in learn(reads, partial(is_name, vocabulary=load_vocabulary()), min_share=min_share):
        line, state = known.pop(form(recurring.line), (recurring.line, State.NEW))
        found.append(
            Line(line=line, state=state, articles=recurring.count, share=recurring.share, examples=recurring.examples)
        )
    found += [Line(line=line, state=state) for line, state in known.values()]
    return sorted(found, key=lambda line: (line.state is not State.NEW, -line.articles, line.line))
