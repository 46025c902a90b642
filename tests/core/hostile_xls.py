"""Workbooks of before 2007 that are made to harm whoever reads them: their own format, written by the byte."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.books import zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FULL, CHAIN_END, FREE, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
File = tuple[str, bytes]


def record(kind: int, content: bytes, size: int | None = None) -> bytes:
    """A record of such a workbook, which may say another length than it has."""
    return struct.pack("<HH", kind, len(content) if size is None else size) + content


def workbook_stream(*inside: bytes) -> bytes:
    """The stream of such a workbook, with one sheet and these records in it."""
    begin = struct.pack("<HHHHII", 0x0600, 0x5, 0, 0, 0, 0)
    name = b"Blad1"
    globe = record(0x809, begin)
    sheet = record(0x809, begin.replace(b"\x05\0", b"\x10\0")) + b"".join(inside) + record(0x0A, b"")
    place = len(globe) + 4 + 8 + len(name) + 4
    return (
        globe
        + record(0x85, struct.pack("<IBBBB", place, 0, 0, len(name), 0) + name)
        + record(0x0A, b"")
        + sheet
    )


def old(stream: bytes, *, name: str = "Workbook", chain: tuple[int, int] | None = None, **said: int) -> bytes:
    """A compound file around a stream. `chain` overwrites where a sector says it goes on, `said` parts of the header."""
    stream = stream.ljust(4096, b"\0")
    count = -(-len(stream) // 512)
    fat = [FAT, CHAIN_END, *range(3, 2 + count), CHAIN_END]
    fat = [*fat, *[FREE] * (128 - len(fat))][:128]
    if chain:
        fat[chain[0]] = chain[1]

    def entry(label: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = (label + "\0").encode("utf-16-le") if label else b""
        return (
            text.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(text), kind, 1, FULL, FULL, child)
            + bytes(16)
            + bytes(4 + 16)
            + struct.pack("<IQ", start, size)
        )

    head = bytearray(
        OLE
        + bytes(16)
        + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, said.get("shift", 9), said.get("mini", 6))
        + bytes(6)
    )
    head += struct.pack(
        "<IIIIIIIII",
        0,
        said.get("fats", 1),
        said.get("directory", 1),
        0,
        4096,
        said.get("minis", CHAIN_END),
        0,
        said.get("difat", CHAIN_END),
        said.get("difats", 0),
    )
    head += struct.pack("<I", said.get("fat", 0)) + struct.pack("<I", FREE) * 108
    entries = entry("Root Entry", 5, 1, CHAIN_END, 0) + entry(name, 2, FULL, 2, said.get("size", len(stream)))
    return (
        bytes(head)
        + struct.pack("<128I", *fat)
        + entries.ljust(512, b"\0")
        + stream.ljust(count * 512, b"\0")
    )


def old_workbooks() -> Iterator[File]:
    """Compound files that run in circles or say what they are not, and records that lie."""
    cell = record(0x203, struct.pack("<HHHd", 0, 0, 0, 1.0))
    good = workbook_stream(cell)
    yield "goed.xls", old(good)
    for name in ("EncryptedPackage", "EncryptionInfo", "WordDocument", ""):
        yield "ander.xls", old(good, name=name)
    for chain in ((2, 2), (3, 2), (1, 1), (0, 0), (2, 0xFFFFFFF0), (9, 3)):
        yield "kring.xls", old(good, chain=chain)
    for said in (
        *({"shift": 0}, {"shift": 12}, {"shift": 31}, {"shift": 0xFFFF}, {"mini": 0xFFFF}, {"fats": FULL}),
        *({"directory": 0}, {"directory": FULL}, {"minis": 0}, {"difat": 0}, {"difat": 1, "difats": FULL}),
        *({"fat": FULL}, {"fat": 2}, {"size": 2**63}, {"size": 2**40}, {"size": 0}),
    ):
        yield "kop.xls", old(good, **said)
    for row, column in ((65_535, 255), (0xFFFF, 0xFFFF)):
        yield "ver.xls", old(workbook_stream(cell, record(0x203, struct.pack("<HHHd", row, column, 0, 1.0))))
    for last in (FULL, 65_536):
        yield (
            "maat.xls",
            old(workbook_stream(record(0x200, struct.pack("<IIHHH", 0, last, 0, 0xFFFF, 0)), cell)),
        )
    for many in (FULL, 0x7FFFFFFF):
        yield (
            "teksten.xls",
            old(
                record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
                + record(0xFC, struct.pack("<II", many, many))
                + good
            ),
        )
    yield (
        "wachtwoord.xls",
        old(
            record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
            + record(0x2F, struct.pack("<H", 1) + bytes(52))
            + good
        ),
    )
    yield "lengte.xls", old(workbook_stream(record(0x203, b"x", 0xFFFF)))
    yield (
        "formule.xls",
        old(workbook_stream(record(0x06, bytes(20) + struct.pack("<H", 0xFFFF) + b"\x03" * 2_000))),
    )
    yield (
        "reeks.xls",
        old(workbook_stream(record(0xBD, struct.pack("<HH", 0, 0) + bytes(6) + struct.pack("<H", 0xFFFF)))),
    )
    for book in (b"\xff" * 5_000, b"\x80" * 5_000, b"\x83\x01\xff\xff\xff\x7f" * 1_000):
        parts = {"xl/workbook.bin": book, "xl/worksheets/sheet1.bin": book, "[Content_Types].xml": "<Types/>"}
        rels = '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.bin"/></Relationships>'
        yield "binair.xlsb", zipped(parts | {"xl/_rels/workbook.bin.rels": rels})
