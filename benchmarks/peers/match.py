"""Match names with spaCy's PhraseMatcher, from the peers' environment: one JSON object on standard input, one on output.

    {"names": {name: governorate}, "texts": [...]} → {"answers": [governorate or null for each text], "seconds": CPU seconds}

The answer is the governorate whose names stand most often; of names that overlap the longest counts.
"""

import json
import sys
import time
from collections import Counter

import spacy
from spacy.matcher import PhraseMatcher
from spacy.util import filter_spans

request = json.load(sys.stdin)
language = spacy.blank("xx")
language.max_length = 10_000_000
matcher = PhraseMatcher(language.vocab, attr="LOWER")
for code in sorted(set(request["names"].values())):
    matcher.add(code, [language.make_doc(name) for name, its in request["names"].items() if its == code])
began = time.process_time()
answers = []
for text in request["texts"]:
    document = language.make_doc(text)
    counted = Counter(span.label_ for span in filter_spans(matcher(document, as_spans=True)))
    answers.append(counted.most_common(1)[0][0] if counted else None)
json.dump({"answers": answers, "seconds": time.process_time() - began}, sys.stdout)
