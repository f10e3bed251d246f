"""Dates of the Hijri calendar: noted, never converted, because its months begin when the moon is seen."""

from __future__ import annotations

import re

from processing.clean.phrases import any_of
from processing.text import fold_plain

MONTHS = """
    محرم
    صفر
    ربيع ال(?:اول|ثاني|اخر)
    جمادي ال(?:اولي|اخره|ثانيه)
    رجب
    شعبان
    رمضان
    شوال
    ذ[وي] القعده
    ذ[وي] الحجه
"""
DATE = re.compile(
    rf"\d{{1,2}}\s*(?:من\s+)?(?:{any_of(MONTHS)})\s*[،,]?\s*1[34]\d\d(?!\d)|(?<!\d)1[34]\d\d\s*(?:ه|للهجره)(?!\w)"
)


def is_hijri(line: str) -> bool:
    """Say whether a line names a day or a year of the Hijri calendar."""
    return DATE.search(fold_plain(line)) is not None
