"""The same copies and stories however the articles come: `python -m benchmarks.orders [--corpus DIR] [--orders N]`.

The replayable web is crawled, cleaned and tagged once; then its crawls are loaded into fresh databases in random orders, by
one loader and by two at once, with `deduplicate` and `relate` after every eighth crawl of each. All must hold the same pairs
and the same stories, evidence included, as the database that one night filled. Exit 1 when one does not.
"""

from __future__ import annotations

import random
import sys
import threading
import time
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.console import Console
from rich.table import Table

from benchmarks import corpus as data
from benchmarks.cases import reads_corpus
from benchmarks.runner import Connect, environ, fresh_database, parameters, run_direct, url_of
from processing import crawl as stages
from processing import nightly
from processing.crawl import Place

EVERY = 8  # crawls between two settlings
WANTED = (
    "select article_id, first_article_id, relation, similarity from news.copy_pairs order by 1",
    "select article_id, story_id, relation, other_article_id, similarity, weight, evidence::text from news.story_articles "
    "order by 1",
    "select story_id, first_article_id, article_count, outlet_count from news.stories order by 1",
)


def held(connect: Connect) -> list[list[tuple[object, ...]]]:
    """Return what a database holds of copies and stories."""
    found = []
    with closing(connect()) as connection, connection.cursor() as cursor:
        for query in WANTED:
            cursor.execute(query)
            found.append(cursor.fetchall())
    return found


def load(crawl_ids: list[str], place: Place, failed: list[str]) -> None:
    """Load crawls one after the other, settling now and then."""
    try:
        for number, crawl_id in enumerate(crawl_ids, 1):
            stages.load(crawl_id, place)
            if number % EVERY == 0:
                nightly.deduplicate()
                nightly.relate()
    except Exception as error:  # noqa: BLE001 told in the main thread, which ends with it
        failed.append(repr(error))


def one_order(crawl_ids: list[str], loaders: int, folder: Path) -> tuple[list[list[tuple[object, ...]]], float]:
    """Load crawls in their order into a fresh database; returns what it holds then, and the seconds."""
    with fresh_database() as connect:
        with closing(connect()) as connection:
            url = url_of(connection)
        with environ(BULLETINS_DATABASE_URL=url, BULLETINS_HOME=str(folder / "var"), BULLETINS_ARCHIVE=""):
            nightly.chosen(parameters(folder / "outlets", folder))
            place = Place.from_environment(outlets=str(folder / "outlets"))
            failed: list[str] = []
            started = time.monotonic()
            threads = [
                threading.Thread(target=load, args=(crawl_ids[part::loaders], place, failed)) for part in range(loaders)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            if failed:
                raise SystemExit(f"a loader failed: {failed[0]}")
            nightly.deduplicate()
            nightly.relate()
            return held(connect), time.monotonic() - started


def main() -> None:
    """Print the table."""
    parser = reads_corpus(__doc__)
    parser.add_argument("--orders", type=int, default=3, help="random orders")
    options = parser.parse_args()
    table = Table(
        "order", "loaders", "copies", "stories", "articles in them", "differ", "s", title="the replayable web"
    )
    differ = 0
    with TemporaryDirectory(prefix="bulletins-orders-") as name:
        folder = Path(name)
        web = data.corpus(options.corpus) / "web"
        data.write_outlets(data.expected(web), folder / "outlets")
        with run_direct(folder, web / "syria-web.warc.gz") as run:
            expected = held(run.connect)
            with closing(run.connect()) as connection, connection.cursor() as cursor:
                cursor.execute("select crawl_id from news.crawls order by 1")
                crawl_ids = [row[0] for row in cursor.fetchall()]
        table.add_row("one night", "1", *(str(len(expected[part])) for part in (0, 2, 1)), "", "")
        for number in range(options.orders):
            order = crawl_ids[:]
            random.Random(number).shuffle(order)
            for loaders in (1, 2):
                found, seconds = one_order(order, loaders, folder)
                wrong = sum(len(set(one) ^ set(other)) for one, other in zip(found, expected, strict=True))
                differ += wrong
                sizes = (str(len(found[part])) for part in (0, 2, 1))
                table.add_row(f"random {number}", str(loaders), *sizes, str(wrong), f"{seconds:.0f}")
    Console(width=120).print(table)
    sys.exit(differ > 0)


if __name__ == "__main__":
    main()
