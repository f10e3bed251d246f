"""Bytes in any encoding → UTF-8, by what the bytes show before what headers and documents claim."""

from __future__ import annotations

import codecs
import re
from encodings import normalize_encoding
from encodings.aliases import aliases

# All encodings of text that a page may be in, loaded here: a label from the web must not make Python look for a
# module of that name, and some of its codecs are no encodings of text or take quadratic time (punycode).
KNOWN = frozenset(
    """
    ascii big5 big5hkscs cp1250 cp1251 cp1252 cp1253 cp1254 cp1255 cp1256 cp1257 cp1258 cp720 cp864 cp866 cp949 euc_jp
    euc_kr gb18030 gb2312 gbk hz iso2022_jp iso8859_10 iso8859_11 iso8859_13 iso8859_14 iso8859_15 iso8859_16 iso8859_2
    iso8859_3 iso8859_4 iso8859_5 iso8859_6 iso8859_7 iso8859_8 iso8859_9 koi8_r koi8_u latin_1 mac_arabic mac_cyrillic
    mac_roman shift_jis tis_620 utf_16 utf_16_be utf_16_le utf_32 utf_32_be utf_32_le utf_7 utf_8 utf_8_sig cp037
    """.split()
)
for _name in KNOWN:
    codecs.lookup(_name)
WIDER = {"latin_1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030", "euc_kr": "cp949"}
LATIN_DEFAULT = "cp1252"  # what servers say when nobody told them
BY_LANGUAGE = {"ar": "cp1256", "fa": "cp1256", "ru": "cp1251", "tr": "cp1254"}  # of text that declares nothing
CHARSET = re.compile(r"""(?i)charset\s{0,9}=\s{0,9}["']?\s{0,9}([\w.:-]{1,40})""")
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0<\0", "utf-16-be"),
    (b"<\0", "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", "cp037"),  # "<?xm" on a mainframe
)
XML_ENCODING = re.compile(rb"""\s*<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']""")
# A damaged byte in an Arabic feed must not make windows-1252 of all of it; of a text in windows-1256, read as UTF-8,
# nearly every letter is damaged.
LETTERS_PER_DAMAGE = 10


def to_utf8(body: bytes, *, http: str | None, declared: str | None, language: str | None, notes: list[str]) -> bytes:
    """The text in UTF-8 without BOM; what had to be replaced or guessed is added to `notes`. Never raises.

    `http` and `declared` are the encodings that the server and the document name, None where they name none. Valid
    UTF-8 is UTF-8, whatever they say: another encoding's Arabic or Cyrillic is never valid UTF-8 by chance.
    """
    for mark, encoding in MARKS:
        if body.startswith(mark):
            return _encoded(body.decode(encoding, "replace"))
    body = body.removeprefix(codecs.BOM_UTF8)
    lenient = body.decode("utf-8", "replace")
    damaged = lenient.count("\ufffd") - body.count(b"\xef\xbf\xbd")
    if not damaged:
        return body
    letters = sum(1 for c in lenient if c > "\x7f") - damaged
    if letters > LETTERS_PER_DAMAGE * damaged:
        notes.append(f"damaged characters replaced: {damaged}")
        return _encoded(lenient)
    return _from_legacy(body, http, declared or _xml_encoding(body), language, notes)


def charset_of(content_type: str) -> str | None:
    """The label in a Content-Type, or in the <meta> of an HTML page's first bytes."""
    found = CHARSET.search(content_type)
    return found[1] if found else None


def _from_legacy(body: bytes, http: str | None, declared: str | None, language: str | None, notes: list[str]) -> bytes:
    http, declared = _codec(http), _codec(declared)
    trusted = None if http == LATIN_DEFAULT else http
    for encoding in filter(None, (trusted, declared, http, BY_LANGUAGE.get(language or ""))):
        try:
            return _encoded(body.decode(encoding))
        except UnicodeDecodeError:
            continue  # it is not what it claims; the next guess
    notes.append("encoding unknown: read as windows-1252")
    return _encoded(body.decode("cp1252", "replace"))


def _codec(label: str | None) -> str | None:
    """A label as pages write it → a codec of KNOWN, in its wider form."""
    name = normalize_encoding(label or "").lower()
    name = aliases.get(name, name)
    return WIDER.get(name, name) if name in KNOWN else None


def _encoded(text: str) -> bytes:
    return text.removeprefix("\ufeff").encode("utf-8", "replace")


def _xml_encoding(body: bytes) -> str | None:
    found = XML_ENCODING.match(body)
    return found[1].decode("ascii") if found else None
