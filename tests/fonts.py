"""What a font file itself says that it can draw."""

import struct
from pathlib import Path

SEGMENTS, GROUPS = 4, 12  # the two forms of such a table that fonts have


def signs_in(path: Path) -> set[int]:
    """The signs for which a font has a shape: its table `cmap`."""
    content = path.read_bytes()
    (count,) = struct.unpack_from(">H", content, 4)
    tables = [struct.unpack_from(">4sIII", content, 12 + 16 * at) for at in range(count)]
    (start,) = (offset for tag, _sum, offset, _length in tables if tag == b"cmap")
    (count,) = struct.unpack_from(">H", content, start + 2)
    found: set[int] = set()
    for at in range(count):
        platform, _encoding, offset = struct.unpack_from(">HHI", content, start + 4 + 8 * at)
        (form,) = struct.unpack_from(">H", content, start + offset)
        if platform in (0, 3) and form == SEGMENTS:
            found |= _segments(content, start + offset)
        elif platform in (0, 3) and form == GROUPS:
            found |= _groups(content, start + offset)
    return found


def _segments(content: bytes, at: int) -> set[int]:
    (double,) = struct.unpack_from(">H", content, at + 6)
    places = [
        at + 14,
        at + 16 + double,
        at + 16 + 2 * double,
        at + 16 + 3 * double,
    ]  # last, first, shift, further
    found = set()
    for number in range(0, double, 2):
        last, first, shift, further = (
            struct.unpack_from(">H", content, place + number)[0] for place in places
        )
        for sign in range(first, min(last, 0xFFFE) + 1):
            if further:
                (shape,) = struct.unpack_from(
                    ">H", content, places[3] + number + further + 2 * (sign - first)
                )
                shape = (shape + shift) % 0x10000 if shape else 0
            else:
                shape = (sign + shift) % 0x10000
            if shape:
                found.add(sign)
    return found


def _groups(content: bytes, at: int) -> set[int]:
    (count,) = struct.unpack_from(">I", content, at + 12)
    found = set()
    for number in range(count):
        first, last, shape = struct.unpack_from(">III", content, at + 16 + 12 * number)
        found |= set(range(first if shape else first + 1, last + 1))
    return found
