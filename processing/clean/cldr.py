"""The months of further languages, from Unicode's CLDR: `python -m processing.clean.cldr` writes the table beside it anew.

The names come with Babel, which takes a third of a second to read its forty languages; every process that cleans would pay
that, so the table is kept, and a test holds it against Babel. Names that mean two months in two languages (listopad is
October in Croatian, November in Polish) are left out: a wrong date is worse than none.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from processing.text import fold_plain

PREFIXES = {"he": ("", "ב")}  # written together with a month: in April
# A month's name that other dates are told by: "5 hours ago".
ELSEWHERE = frozenset(("ago",))
TABLE = Path(__file__).parent / "cldr_months.txt"
LANGUAGES = (
    "az be bg bs ca cs da el es et eu fa fi fr gl he hr hu hy id is it ka kk ky lt lv mk ms nb nl pl pt ro sk sl sq sr "
    "sr_Latn sv tk uk ur uz vi"
).split()


def table() -> str:
    """Return one line a month: its number and every name of it, folded, in the order of the alphabet."""
    from babel.dates import get_month_names

    numbers: dict[str, set[int]] = defaultdict(set)
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in get_month_names(width, context, language).items():
                    for prefix in PREFIXES.get(language, ("",)):
                        numbers[prefix + fold_plain(name).strip(" .")].add(number)
    sure = {
        name: next(iter(found))
        for name, found in numbers.items()
        if len(found) == 1 and not name.isdigit() and name not in ELSEWHERE
    }
    lines = (f"{month}: {', '.join(sorted(name for name in sure if sure[name] == month))}" for month in range(1, 13))
    return "".join(f"{line}\n" for line in lines)


def months() -> dict[str, int]:
    """Read the table: folded name to 1-12."""
    found: dict[str, int] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        number, _, names = line.partition(": ")
        found |= dict.fromkeys(names.split(", "), int(number))
    return found


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
