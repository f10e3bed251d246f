"""What real pages declare as their address, how much of it is believed, and whether two pages are taken for one.

python -m benchmarks.addresses [--corpus DIR] [--show]
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from tld import get_fld

from benchmarks import corpus as data
from benchmarks.pages import SETS, Case, cases
from crawlers.records import Outlet, OutletStatus
from crawlers.urls import allowed, canonical
from processing.clean.decode import Decoded, decode
from processing.clean.extract import parse
from processing.clean.identity import DECLARED, DOUBTED, identify
from processing.clean.metadata import read_metadata


def count(given: Iterable[Case], *, show: bool) -> tuple[Counter[str], list[set[str]]]:
    """Return how many pages declare what, and the sets of pages that got one identity."""
    counts: Counter[str] = Counter()
    known: defaultdict[str, set[str]] = defaultdict(set)
    for case in given:
        decoded = decode(case.page.body, case.page.fetch.content_type or "")
        tree = parse(decoded.text) if isinstance(decoded, Decoded) else None
        if tree is None:
            continue
        outlet, metadata = _owner(case.page.fetch.url), read_metadata(tree)
        found = identify(case.page, outlet, metadata)
        known[found.canonical].add(case.page.link.canonical)
        written = metadata.canonicals or metadata.og_urls
        counts["pages"] += 1
        counts["that declare an address"] += bool(written)
        counts["their own"] += any(canonical(url) == case.page.link.canonical for url in written)
        counts["another, believed"] += DECLARED in found.flags
        counts["another, not believed"] += DOUBTED in found.flags
        counts["of these on another domain"] += DOUBTED in found.flags and not any(
            allowed(url, outlet) for url in written
        )
        if show and {DECLARED, DOUBTED} & set(found.flags):
            print(*found.flags, case.page.fetch.url, *written, sep="\n    ")
    own = {address for pages in known.values() for address in pages}
    return counts, [pages for address, pages in known.items() if len(pages | ({address} & own)) > 1]


def _owner(url: str) -> Outlet:
    """Make an outlet of the page's whole domain, without rules of its own."""
    domain = get_fld(url, fail_silently=True) or urlsplit(url).netloc
    return Outlet(
        slug="any", name="Any", home=f"https://{domain}/", domains=(domain,), languages=("en",),
        status=OutletStatus.ACTIVE,
    )  # fmt: skip


def main() -> None:
    """Print the counts of both sets of pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--show", action="store_true", help="print the pages that declare another address")
    given = parser.parse_args()
    folder = data.corpus(given.corpus)
    for name in SETS:
        counts, merged = count(cases(folder, name), show=given.show)
        print(f"{name}: " + ", ".join(f"{number} {what}" for what, number in counts.items()))
        print(f"{name}: {len(merged)} addresses that more than one page is known by")


if __name__ == "__main__":
    main()
