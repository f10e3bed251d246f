"""outlets numbers."""

from __future__ import annotations

from contextlib import closing
from typing import Annotated

import typer

from bulletins import console
from crawlers.records import BulletinsError

MOST = 200_000  # articles read: addresses and days alone
APART = 14  # days from one declared day to the next; nearer ones would tell little more


def numbers(
    slug: Annotated[str, typer.Argument(help="The outlet's slug: the name of its file.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")] = False,
) -> None:
    """Propose the days of an outlet's numbered addresses from its loaded articles with sound dates.

    Prints [[numbered]] tables to put in place of those in the outlet's file; days that it declares already are kept
    where they agree. The address patterns are yours to write (crawlers/README.md).
    """
    from bulletins import access
    from crawlers.numbers import NumberedDay, number_in, read_day, thin
    from crawlers.outlets import load_outlets
    from processing.database import statement

    outlet = load_outlets().get(slug)
    if outlet is None:
        raise BulletinsError(f"no outlet {slug!r}; `bulletins outlets list` shows those that are declared")
    if not outlet.numbered:
        raise BulletinsError(
            f"{slug} declares no [[numbered]] addresses; crawlers/README.md says how, with a first and a last day"
        )
    with closing(access.connect("reader")) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement("select_numbered_days"), {"outlet": slug, "most": MOST})
        dated = cursor.fetchall()
    found = []
    for rule in outlet.numbered:
        known = [read_day(line) for line in rule.days]
        read = [NumberedDay(number, day) for url, day in dated if (number := number_in(url, rule, outlet)) is not None]
        kept = thin([*known, *read], APART)
        found.append((rule.address, [f"{one.number} {one.day}" for one in kept], len(read)))
    if as_json:
        console.as_json([{"address": address, "days": days, "articles": count} for address, days, count in found])
        return
    for address, days, count in found:
        console.out.print(f"# {count} loaded articles with a sound date", markup=False, highlight=False)
        lines = "".join(f'  "{day}",\n' for day in days)
        console.out.print(
            f"[[numbered]]\naddress = '{address}'\ndays = [\n{lines}]\n", markup=False, highlight=False, soft_wrap=True
        )
