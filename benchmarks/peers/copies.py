"""Compare pairs of texts with datasketch and simhash, from the peers' environment: JSON on standard input and output.

    {"pairs": [[words, words], ...]} → {"methods": {name: {"values": [likeness, 0-1], "compared": [bool] or null,
    "seconds": CPU seconds for signatures and comparison}}}

Words are folded as ours are. MinHash has 128 permutations in 32 bands of 4, of sequences of three and of two words; what
shares no band is not compared by MinHash-LSH. SimHash is of 64 bits over sequences of three words.
"""

import json
import sys
import time

from datasketch import MinHash
from simhash import Simhash

PERMUTATIONS, ROWS, BITS = 128, 4, 64


def sequences(words: list[str], length: int) -> list[bytes]:
    """Return the sequences of so many words, one of all words where there are fewer."""
    return [" ".join(words[at : at + length]).encode() for at in range(max(1, len(words) - length + 1))]


def by_minhash(pairs: list[list[list[str]]], length: int) -> dict[str, object]:
    """Return the estimates of MinHash, and whether the two share a band."""
    values, compared = [], []
    began = time.process_time()
    for pair in pairs:
        made = []
        for words in pair:
            sketch = MinHash(num_perm=PERMUTATIONS)
            sketch.update_batch(sequences(words, length))
            made.append(sketch)
        one, other = (sketch.hashvalues.reshape(-1, ROWS) for sketch in made)
        compared.append(bool((one == other).all(axis=1).any()))
        values.append(made[0].jaccard(made[1]))
    return {"values": values, "compared": compared, "seconds": time.process_time() - began}


def by_simhash(pairs: list[list[list[str]]]) -> dict[str, object]:
    """Return the share of bits in common."""
    began = time.process_time()
    values = []
    for pair in pairs:
        one, other = (Simhash([part.decode() for part in sequences(words, 3)], f=BITS) for words in pair)
        values.append(1 - one.distance(other) / BITS)
    return {"values": values, "compared": None, "seconds": time.process_time() - began}


def main() -> None:
    """Answer one request."""
    pairs = json.load(sys.stdin)["pairs"]
    methods = {
        "datasketch MinHash-LSH, 3 words": by_minhash(pairs, 3),
        "datasketch MinHash-LSH, 2 words": by_minhash(pairs, 2),
        "simhash, 3 words": by_simhash(pairs),
    }
    json.dump({"methods": methods}, sys.stdout)


if __name__ == "__main__":
    main()
