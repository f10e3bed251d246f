"""A WARC record as a gzip member of a given length, so that it can take another's place and no offset in a file moves."""

from __future__ import annotations

import io
import struct
import zlib

from fastwarc.stream_io import GzipWriter

_HEAD = b"\x1f\x8b\x08%c\0\0\0\0\x02\xff"  # deflate, flags, no time, best compression, unknown system
_EXTRA, _NAME = 4, 8  # gzip flags
_LARGEST_EXTRA = 4096  # a reader that takes 16 kB at a time meets text in its first bite
_STORED = 65535  # bytes of one deflate block that is not compressed


def squeeze(raw: bytes, length: int) -> bytes | None:
    """Return `raw` as one gzip member of exactly `length` bytes; None when it does not fit, or leaves too much room.

    What is over becomes a field of the gzip header that all readers skip: a name for 1 to 5 bytes, else an extra field
    (RFC 1952).
    """
    for level in (9, 6, 8, 7):  # a higher one is not always smaller in the end
        packed = _deflate(raw, level)
        over = length - len(packed) - 18
        if 0 <= over <= _LARGEST_EXTRA:
            return _member(packed, raw, over)
    return None


def _deflate(raw: bytes, level: int) -> bytes:
    """Return a deflate stream made by what the archive is written with: Python's zlib takes up to 3 % more for lists."""
    buffer = io.BytesIO()
    writer = GzipWriter(buffer, compression_level=level)
    writer.write(raw)
    writer.finish()
    return buffer.getvalue()[10:-8]  # its head has no fields


def room(length: int) -> int:
    """Return how many bytes `store` can hold in a member of `length`."""
    return length - 18 - 5 * max(1, -(-(length - 18) // (_STORED + 5)))


def store(raw: bytes, length: int) -> bytes | None:
    """Return `raw`, not compressed, as one gzip member of exactly `length` bytes; None when it is not about `room`."""
    parts = [raw[start : start + _STORED] for start in range(0, len(raw), _STORED)]
    over = length - 18 - 5 * len(parts) - len(raw)
    if not 0 <= over <= _LARGEST_EXTRA:
        return None
    packed = b"".join(
        struct.pack("<BHH", number == len(parts), len(part), len(part) ^ 0xFFFF) + part
        for number, part in enumerate(parts, 1)
    )
    return _member(packed, raw, over)


def _member(packed: bytes, raw: bytes, over: int) -> bytes:
    """Put gzip's head and tail around a deflate stream, with `over` bytes in the head that mean nothing."""
    filled, flags = b"", 0
    if over > 5:  # 2 for the field's length, 4 for the head of the one subfield in it
        filled, flags = struct.pack("<H2sH", over - 2, b"ER", over - 6) + bytes(over - 6), _EXTRA
    elif over:
        filled, flags = b"erased"[: over - 1] + b"\0", _NAME
    return _HEAD % flags + filled + packed + struct.pack("<II", zlib.crc32(raw), len(raw) & 0xFFFFFFFF)
