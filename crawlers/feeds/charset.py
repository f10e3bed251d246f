"""Bytes in any encoding → UTF-8, by what the bytes show before what headers and documents claim."""

from __future__ import annotations

import codecs
import re

from w3lib.encoding import resolve_encoding

LATIN_DEFAULTS = {"iso-8859-1", "cp1252", "ascii"}  # what servers say when nobody told them
BY_LANGUAGE = {"ar": "cp1256", "fa": "cp1256", "ru": "cp1251", "tr": "cp1254"}  # of text that declares nothing
# Only encodings of text: Python also knows punycode, whose decoder takes quadratic time, and unicode_escape.
TEXT_ENCODING = re.compile(r"(?i)(?:utf|iso|latin|cp|win|koi8|mac|big5|gb|hz|euc|shift|s-?jis|ks|ascii|us-ascii|tis)")
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


def _from_legacy(body: bytes, http: str | None, declared: str | None, language: str | None, notes: list[str]) -> bytes:
    http = http and (resolve_encoding(http) or http)
    declared = declared and (resolve_encoding(declared) or declared)
    trusted = None if http in LATIN_DEFAULTS else http
    for encoding in filter(None, (trusted, declared, http, BY_LANGUAGE.get(language or ""))):
        if TEXT_ENCODING.match(encoding):
            try:
                return _encoded(body.decode(encoding))
            except (UnicodeDecodeError, LookupError):
                continue  # it is not what it claims; the next guess
    notes.append("encoding unknown: read as windows-1252")
    return _encoded(body.decode("cp1252", "replace"))


def _encoded(text: str) -> bytes:
    return text.removeprefix("\ufeff").encode("utf-8", "replace")


def _xml_encoding(body: bytes) -> str | None:
    found = XML_ENCODING.match(body)
    return found[1].decode("ascii") if found else None
