"""What a vocabulary of any size costs: `python -m benchmarks.vocabulary`.

In fresh processes, with nothing imported and with made-up villages imported (names of syllables, coordinates all over Syria):
seconds of CPU to load the vocabulary, megabytes that it adds to the process, and milliseconds of CPU per 3,000 characters to
search and tag a text of our own. The spellings by rule are more than the names.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import marisa_trie
from rich.console import Console
from rich.table import Table

SIZES = (0, 10_000, 50_000, 100_000)  # villages, each with a name in Latin and one in Arabic letters
RUNS = 3
_CONSONANTS = ("bdfhjklmnqrstwz", "بدفهجكلمنقرستوز")
_VOWELS = ("aiu", "ايو")
_MEASURE = """
import json, resource, time
import datetime as dt
import processing.tag
from benchmarks.cases import Case, article
before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
vocabulary = processing.tag.load_vocabulary()
loaded, after = time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
text = ("Shelling hit the outskirts of Kafr Nabl in the south of Idlib province, local sources told our reporter. " * 15
        + "قصفت قوات النظام بلدة كفرنبل جنوبي إدلب بحسب مصادر محلية. " * 25)
one = article(Case(title="", text=text, language="ar", outlet="", date="2019-09-07", governorates=frozenset()))
spent = []
for _ in range(20):
    began = time.process_time()
    processing.tag.tag(one, vocabulary)
    spent.append(time.process_time() - began)
print(json.dumps({"load": loaded, "mb": (after - before) / 1024, "ms": min(spent) / len(text) * 3e6}))
"""


def villages(count: int, path: Path) -> None:
    """Write a list of made-up villages, the same each time."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        out.write("PCODE,NAME_EN,NAME_AR,LATITUDE,LONGITUDE,admin1Pcode\n")
        for number in range(count):
            picked = [(chance.randrange(15), chance.randrange(3)) for _ in range(4)]
            latin, arabic = ("".join(_CONSONANTS[s][c] + _VOWELS[s][v] for c, v in picked) for s in (0, 1))
            where = f"{chance.uniform(33, 37):.4f},{chance.uniform(36, 42):.4f}"
            out.write(f"C{number},{latin.capitalize()},{arabic},{where},SY{chance.randrange(1, 15):02}\n")


def measure(count: int) -> dict[str, float]:
    """Import so many villages into a fresh home, and measure in fresh processes; the median of each figure."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "BULLETINS_HOME": home}
        spellings = 0
        if count:
            listed = Path(home) / "villages.csv"
            villages(count, listed)
            command = [sys.executable, "-m", "bulletins.cli", "places", "import", str(listed)]
            subprocess.run(command, env=environment, check=True, capture_output=True)
            spellings = len(marisa_trie.RecordTrie("<Q").mmap(str(Path(home) / "vocabulary" / "places.names"))) - count
        runs = [
            json.loads(
                subprocess.run(
                    [sys.executable, "-c", _MEASURE], env=environment, check=True, capture_output=True, text=True
                ).stdout
            )
            for _ in range(RUNS)
        ]
    return {key: sorted(run[key] for run in runs)[RUNS // 2] for key in runs[0]} | {"spellings": spellings}


def main() -> None:
    """Print the table."""
    table = Table("villages imported", "their spellings", "load, s", "memory, MB", "ms per 3,000 characters")
    for count in SIZES:
        row = measure(count)
        table.add_row(str(count), str(row["spellings"]), f"{row['load']:.2f}", f"{row['mb']:.0f}", f"{row['ms']:.2f}")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
