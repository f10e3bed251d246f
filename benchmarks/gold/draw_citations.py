"""Which sentences of the corpus are marked for citations: `python -m benchmarks.gold.draw_citations [--corpus DIR]`.

100 in Arabic and 100 in English of the texts tied to incidents, by hash of article and offset, so that anyone draws the
same ones: 60 of each hundred among sentences with a word of saying (a broad list, no rule of ours), 40 among all.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.cases import rows
from processing.digest.units import units

SHORTEST, LONGEST = 40, 600
SAYING, ALL = 60, 40
SAID = re.compile(
    r"said|says|report|accord|told|stat(?:ed|ement)|announc|confirm|claim|source|cit(?:ed|ing)|quot|monitor|document|activist|agency"
    r"|قال|أفاد|ذكر|أعلن|أكد|مصدر|مصادر|بحسب|وفق|نقل|أضاف|أوضح|أشار|مراسل|ناشط|وكالة|المرصد|الدفاع المدني|رصد|وثق|بيان|صرح"
)


class Drawn(NamedTuple):
    """A sentence of an article."""

    key: str  # id or url of the article
    language: str
    start: int
    end: int
    text: str

    @property
    def digest(self) -> str:
        """Hash by which it is drawn."""
        return hashlib.sha256(f"{self.key} {self.start}".encode()).hexdigest()


def draw(corpus: Path) -> Iterator[Drawn]:
    """Yield the drawn sentences, by language and hash."""
    sentences = [one for one in _sentences(corpus) if SHORTEST <= one.end - one.start <= LONGEST]
    for language in ("ar", "en"):
        own = sorted((one for one in sentences if one.language == language), key=lambda one: one.digest)
        saying = [one for one in own if SAID.search(one.text)][:SAYING]
        rest = [one for one in own if one not in saying][:ALL]
        yield from [*saying, *rest]


def _sentences(corpus: Path) -> Iterator[Drawn]:
    seen: set[str] = set()
    for row in rows(corpus / "syrian-outlets/articles.jsonl.gz"):
        text = row["text"] or ""
        for unit in units(text):
            sentence = text[unit.start : unit.end]
            if sentence not in seen:
                seen.add(sentence)
                yield Drawn(row["id"], row["language"], unit.start, unit.end, sentence)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, default=Path(os.environ.get("BULLETINS_CORPUS", "../shared/corpus")))
    for number, one in enumerate(draw(parser.parse_args().corpus)):
        print(number, one.text.replace("\n", " "))
