"""A page's bytes → its text, by what the bytes show before what headers and markup claim.

Arabic news of the 2000s is windows-1256 that calls itself something else, or nothing. Every encoding that could be
meant is tried, and the one whose text reads like text wins; where none does, the page is refused: a text stored in
the wrong letters can be found by nobody.
"""

from __future__ import annotations

import codecs
import re
import sys
import unicodedata
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

# What a page may be in. A label from the web must not make Python look for a module of that name.
LEGACY = ("cp1256", "iso8859_6", "cp1251", "koi8_r", "cp866", "iso8859_5", "cp1254", "cp1252", "cp1255", "cp1253")
DECLARABLE = {
    *LEGACY, "utf_8", "utf_16", "utf_16_le", "utf_16_be", "iso8859_1", "iso8859_9", "koi8_u", "cp720", "cp1250",
    "iso8859_2", "iso8859_7", "iso8859_8", "iso8859_15", "gb18030", "gbk", "gb2312", "big5", "shift_jis", "euc_jp",
    "euc_kr", "cp949", "mac_cyrillic",
}  # fmt: skip
# Labels that mean more than they say: browsers read them so as well.
WIDER = {"iso8859_1": "cp1252", "ascii": "cp1252", "iso8859_9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SHIFTED = re.compile("[" + "".join(map(chr, range(0x2000, 0x7F00, 0x100))) + "]")
SHIFTED_SHARE = 0.02  # of the characters; of a Chinese text 0.004 end in a zero byte
ZEROS_SHARE = 0.6  # of every second byte: a page's head is ASCII, whose other byte is zero
HEAD = 2048  # bytes in which a page declares its encoding
META_CHARSET = re.compile(
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})|<\?xml[^>]{0,100}?encoding=["']([\w.:-]{1,40})"""
)
HTTP_CHARSET = re.compile(r"""(?i)charset\s*=\s*["']?\s*([\w.:-]{1,40})""")

# Letters by how often they come; the first dozen make up most of any text. Decoded with the wrong table, a text keeps
# the script at best, never these.
COMMON = {
    "arabic": frozenset("اليمنورتبةعدسفهكحق"),
    "cyrillic": frozenset("оеаинтсрвлкмдпуяыьгзб"),
    "latin": frozenset("éèàâêîôûùçäöüßıİğĞşŞáíóúñ"),
    "hebrew": frozenset("ויהלאתרבמשנ"),
    "greek": frozenset("αοιετσνηυρπκμλ"),
}
SCRIPT = {
    "arabic": re.compile("[\u0600-\u06ff]"),
    "cyrillic": re.compile("[\u0400-\u045f]"),
    "latin": re.compile("[\u00c0-\u024f]"),
    "hebrew": re.compile("[\u05d0-\u05ea]"),
    "greek": re.compile("[\u0370-\u03ff]"),
}
NON_ASCII = re.compile("[^\x00-\x7f\u00a0\u2010-\u2026\u00ab\u00bb\u00a9\u00ae]")  # print's own marks say nothing
NUMBERED = re.compile(rb"&#(\d{3,7});")
NUMBERED_LIMIT = 500
SAMPLE = 20_000  # characters beyond ASCII that are looked at
PLAUSIBLE = 0.55  # of text in the right table 0.7-0.95, of Arabic or Cyrillic in a wrong one at most 0.45
SURE = 0.7
PREFERRED = 0.08  # a declared encoding wins against others that read but so much better

# One damaged letter in a hundred is a cut-off excerpt; more, and the rest cannot be trusted either.
DAMAGED_SHARE = 0.01
# UTF-8 that was taken for another encoding and encoded again: its text goes back into UTF-8 through that encoding.
STRANGE_BYTES = re.compile(rb"[\x80-\xff]+")
STRAY_BYTES = 12  # a single word in another script has more
TWICE = ("cp1252", "latin_1", "cp1251", "cp1256", "cp1254")
RUN = re.compile("[^\x00-\x7f\ufffd]{2,40}")
RUNS = 20
TWICE_SHARE = 0.3  # of the characters beyond ASCII; a page may quote one such word
TWICE_RUNS = 3
HALVES = "ÃÂØÙÐÑ"  # what the first bytes of letters in pairs become
THIRDS = ("ïº", "ï»")  # the same of Arabic presentation forms, which have three bytes
HALVES_LIMIT = 20
# Encodings that hide in ASCII: ISO-2022's switches, and UTF-7's base64 words.
ISO_2022 = re.compile(rb"\x1b[$(][@-J]")
UTF7_WORD = re.compile(rb"\+[A-Za-z0-9/]{4,}-?")
UTF7_WORDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A page as text."""

    text: str
    encoding: str  # Python's name of the codec
    replaced: int = 0  # damaged characters that became U+FFFD


def decode(body: bytes, content_type: str = "") -> Decoded | str:
    """Return a page's text, or one line that says why it cannot be read. Never raises."""
    if marked := _marked(body):
        return _checked(marked)
    body = body.removeprefix(codecs.BOM_UTF8)
    if _hides(body):
        return "an encoding hidden in ASCII"
    found = _as_utf8(body) or _legacy(body, declared(body, content_type))
    return (_ascii_damaged(body) or found) if isinstance(found, str) else found


def _as_utf8(body: bytes) -> Decoded | str | None:
    """Return the text where the bytes are UTF-8, sound or but a little damaged; None where they are something else."""
    try:
        return Decoded(text=body.decode("utf-8"), encoding="utf_8")
    except UnicodeDecodeError:
        lenient = body.decode("utf-8", "replace")
    damaged = lenient.count("\ufffd")
    # Of another encoding's bytes hardly any make a letter in UTF-8: where most do, it is UTF-8, and damaged.
    if 2 * damaged <= len(NON_ASCII.findall(lenient)):
        return _checked(Decoded(text=lenient, encoding="utf_8", replaced=damaged))
    return None


def _ascii_damaged(body: bytes) -> Decoded | None:
    """Read a page of ASCII in which a few other bytes stand that no encoding explains; None where they are not few."""
    strange = sum(map(len, STRANGE_BYTES.findall(body)))
    if strange > min(STRAY_BYTES, DAMAGED_SHARE * len(body)):
        return None
    return Decoded(text=body.decode("ascii", "replace"), encoding="ascii", replaced=strange)


def declared(body: bytes, content_type: str) -> list[str]:
    """Return the encodings that the response's header and the page's head name, as far as we know them."""
    labels = [found[1] for found in [HTTP_CHARSET.search(content_type)] if found]
    labels += [(found[1] or found[2]).decode("ascii") for found in [META_CHARSET.search(body[:HEAD])] if found]
    return [codec for codec in map(_codec, labels) if codec]


def mojibake(text: str) -> bool:
    """Whether an article's text is UTF-8 read in another encoding: it goes back through one, and comes out shorter.

    Asked of the extracted text, not of the page: to look for such runs in 300 kB of markup takes 4 ms.
    """
    if text.isascii():
        return False
    # Through latin-1, half of each letter becomes a control character, which no extractor keeps.
    halves = sum(map(text.count, HALVES))
    if halves >= HALVES_LIMIT and halves > len(NON_ASCII.findall(text)) / 2:
        return True
    if sum(map(text.count, THIRDS)) >= HALVES_LIMIT:
        return True
    runs = list(islice(RUN.finditer(text), RUNS))
    # What stands between the first run and the last, so that single letters beyond ASCII count as well.
    strange = len(NON_ASCII.findall(text, runs[0].start(), runs[-1].end())) if runs else 0
    for codec in TWICE:
        back = [len(run[0]) for run in runs if _goes_back(run[0], codec)]
        if len(back) >= TWICE_RUNS and sum(back) > TWICE_SHARE * strange:
            return True
    return False


def _marked(body: bytes) -> Decoded | None:
    """Read a page that shows UTF-16 by a mark or by its zero bytes; the mark may be the wrong way round."""
    zeros = [body[:200][offset::2].count(0) for offset in (0, 1)]
    if not body.startswith(MARKS) and max(zeros) < ZEROS_SHARE * len(body[:200]) / 2:
        return None
    for codec in ("utf_16_be", "utf_16_le"):  # of the two, one has an ASCII "<" in it
        text = body.decode(codec, "replace").lstrip("\ufeff\ufffe")
        if "<" in text:
            # Behind a lost byte every ASCII character is read as one of these, and nothing can be trusted any more.
            shifted = len(SHIFTED.findall(text))
            lost = shifted if shifted > SHIFTED_SHARE * len(text) else 0
            return Decoded(text=text, encoding=codec, replaced=text.count("\ufffd") + lost)
    return None


def _checked(decoded: Decoded) -> Decoded | str:
    """Refuse a text too much of which had to be replaced."""
    letters = len(NON_ASCII.findall(decoded.text)) if decoded.replaced else 0
    if decoded.replaced > DAMAGED_SHARE * letters:
        return f"{decoded.replaced} damaged characters of {letters} in {decoded.encoding}"
    return decoded


def _legacy(body: bytes, names: list[str]) -> Decoded | str:
    best, best_score = None, 0.0
    spelled = _spelled_out(body)
    for codec in dict.fromkeys((*names, *LEGACY)):
        try:
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue  # bytes that this encoding has not
        score = plausibility(text + spelled)
        if codec in names and codec != "cp1252" and score > SURE:  # of the Latin tables several read alike
            return Decoded(text=text, encoding=codec)
        score += PREFERRED if codec in names and not spelled else 0.0
        if score > best_score:
            best, best_score = Decoded(text=text, encoding=codec), score
    if best is None or best_score < PLAUSIBLE:
        return f"no encoding reads well: {best.encoding if best else 'none'} at {best_score:.2f}"
    return best


def _spelled_out(body: bytes) -> str:
    """Return the letters that a page writes as numbers: where most are, the few bytes beside them must fit them."""
    found = (int(number) for number in islice(map(itemgetter(1), NUMBERED.finditer(body)), NUMBERED_LIMIT))
    return unicodedata.normalize("NFKC", "".join(chr(code) for code in found if code <= sys.maxunicode))


def plausibility(text: str) -> float:
    """Return how much the characters beyond ASCII look like one language's letters, 0-1."""
    strange = "".join(NON_ASCII.findall(text)[:SAMPLE])
    if not strange:  # print's own marks only, which the encodings of Windows have in one place
        return PLAUSIBLE
    script = max(SCRIPT, key=lambda name: len(SCRIPT[name].findall(strange)))
    letters = len(SCRIPT[script].findall(strange))
    common = sum(strange.count(letter) for letter in COMMON[script])
    return (0.25 * letters + 0.75 * common) / len(strange)


def _goes_back(run: str, codec: str) -> bool:
    try:
        back = run.encode(codec).decode("utf-8", "ignore")
    except UnicodeError:
        return False
    # Two characters become one, in Arabic and Cyrillic as in accented Latin, and three in presentation forms; a run may
    # begin or end within a letter.
    return 0.28 * len(run) <= len(back) <= 0.6 * len(run)


def _hides(body: bytes) -> bool:
    if not body.isascii():
        return False
    words = b" ".join(UTF7_WORD.findall(body)[:SAMPLE])
    if words.count(b" ") >= UTF7_WORDS:
        text = words.decode("utf-7", "ignore")
        return any(len(SCRIPT[script].findall(text)) > len(text) / 2 for script in ("arabic", "cyrillic"))
    return bool(ISO_2022.search(body))


def _codec(label: str) -> str | None:
    for spelling in (label, label.replace("-", "")):  # "cp-1256" is windows-1256 to everyone but Python
        try:
            name = codecs.lookup(spelling).name.replace("-", "_")
        except LookupError:
            continue
        break
    else:
        return None
    return WIDER.get(name, name) if name in DECLARABLE or name in WIDER else None
