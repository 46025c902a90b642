"""Lists that are made to harm whoever reads them: a few hundred, made on the spot, by kind."""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator
from itertools import product

from tests.books import Again, ods, raw_xlsx, xlsx, zipped
from tests.core.hostile_xls import FULL, OLE, File, old, old_workbooks, workbook_stream

MEGA = 1024 * 1024
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROWS = [["voornaam", "achternaam", "email"], ["Zoë", "Vos", "zoe@a.example"], ["Bo", "Bos", "bo@a.example"]]
CSV = "voornaam;achternaam;email\r\nZoë;Vos;zoe@a.example\r\nBo;Bos;bo@a.example\r\n"


def sheet_of(inside: str, before: str = "") -> str:
    """The XML of a sheet of Excel."""
    return f'{before}<worksheet xmlns="{MAIN}">{inside}</worksheet>'


def cells(*found: str) -> str:
    """The same, with these cells in its first row."""
    return sheet_of(f'<sheetData><row r="1">{"".join(found)}</row></sheetData>')


def texts(*found: str) -> str:
    """Cells with text in them, side by side."""
    made = (f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in found)
    return "".join(made)


def shared(inside: str, before: str = "", attributes: str = "") -> str:
    """The XML of the texts that cells share."""
    return f'{before}<sst xmlns="{MAIN}" {attributes}>{inside}</sst>'


def table(inside: str, before: str = "", fill: str = "") -> bytes:
    """A table of LibreOffice around these rows; with 100 megabytes of `fill` in place of `&z;`."""
    content = (
        f"{before}<office:document-content "
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="a">{inside}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}
        | {"content.xml": filled(content, fill, 100 * MEGA) if fill else content}
        | {"META-INF/manifest.xml": "<manifest:manifest xmlns:manifest='urn:oasis:x'/>"}
    )


def entities(kind: str) -> str:
    """A declaration before a document that makes `&z;` huge, endless, or a file of the machine."""
    if kind == "laughs":
        steps = [f'<!ENTITY a{at + 1} "{f"&a{at};" * 10}">' for at in range(9)]
        inside = '<!ENTITY a0 "ha">' + "".join(steps) + '<!ENTITY z "&a9;">'
    elif kind == "quadratic":
        inside = f'<!ENTITY a "{"x" * 50_000}"><!ENTITY z "{"&a;" * 5_000}">'
    elif kind == "circle":
        inside = '<!ENTITY a "&z;"><!ENTITY z "&a;">'
    elif kind == "file":
        inside = '<!ENTITY z SYSTEM "file:///etc/passwd">'
    elif kind == "web":
        inside = '<!ENTITY z SYSTEM "http://127.0.0.1:9/x">'
    else:
        inside = '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd"> %p;'
    return f'<?xml version="1.0"?><!DOCTYPE z [{inside}]>'


def filled(part: str, unit: str, size: int) -> Again:
    """The same, with this many bytes of `unit` in place of `&z;`."""
    before, after = part.encode().split(b"&z;")
    block = unit.encode() * (MEGA // len(unit.encode()))
    return Again(block, size // len(block), before, after)


def bombs() -> Iterator[File]:
    """Archives that are huge once unpacked, or that hold archives."""
    parts = (
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
        "xl/media/image1.png",
        "docProps/app.xml",
    )
    zeros = filled("&z;", "\0", 160 * MEGA)
    for part in parts:
        yield "bom.xlsx", raw_xlsx(sheet_of(""), **{part: zeros})
        yield "bom.ods", zipped({"mimetype": "x", "content.xml": "<a/>", part: zeros})
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        yield "anders.xlsx", zipped({"xl/workbook.xml": bytes(160 * MEGA)}, method)
    for element in (
        "<row/>",
        "<row><c/></row>",
        "<c><v>1</v></c>",
        "<!---->",
        "<a>",
        "<mergeCell ref='A1:XFD9'/>",
    ):
        inside = filled(sheet_of("<sheetData>&z;</sheetData>"), element, 100 * MEGA)
        yield "elementen.xlsx", raw_xlsx(inside)
    for element in ("<table:table-row/>", "<text:p/>", "<text:s/>", "<a>"):
        yield "elementen.ods", table("&z;", fill=element)
    yield "kenmerk.xlsx", raw_xlsx(filled(sheet_of('<sheetData><row r="&z;"/></sheetData>'), "1", 100 * MEGA))
    yield "kenmerken.xlsx", raw_xlsx(filled(sheet_of("<row &z;/>"), 'a="1" ', 60 * MEGA))
    yield "tekst.xlsx", raw_xlsx(filled(cells(texts("&z;")), "x", 100 * MEGA))
    nested = xlsx(("A", ROWS))
    for _time in range(8):
        nested = zipped({"xl/workbook.xml": nested, "b.xlsx": nested})
    yield "nest.xlsx", nested
    yield "nest.zip", zipped({"a.zip": zipped({"b.zip": zipped({"c": filled("&z;", "\0", 100 * MEGA)})})})
    yield "delen.xlsx", raw_xlsx(sheet_of(""), **{f"xl/a{number}.xml": "" for number in range(2_001)})


def laughs() -> Iterator[File]:
    """Entities, in each part of a workbook."""
    cell = texts("&z;")
    row = f'<sheetData><row r="1">{cell}</row></sheetData>'
    for kind in ("laughs", "quadratic", "circle", "file", "web", "outside"):
        before = entities(kind)
        yield f"{kind}.xlsx", raw_xlsx(sheet_of(row, before))
        pointer = cells('<c t="s"><v>0</v></c>')
        yield (
            f"{kind}.xlsx",
            raw_xlsx(pointer, **{"xl/sharedStrings.xml": shared("<si><t>&z;</t></si>", before)}),
        )
        for part in ("xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"):
            yield f"{kind}.xlsx", raw_xlsx(cells(texts("a", "b")), **{part: f"{before}<a>&z;</a>"})
        inside = (
            "<table:table-row><table:table-cell><text:p>&z;</text:p></table:table-cell></table:table-row>"
        )
        yield f"{kind}.ods", table(inside, before)
        yield f"{kind}.csv", f"{before}<a>&z;</a>".encode()


def far() -> Iterator[File]:
    """Rows and columns where no list has them, or as many as no list has."""
    value = "<v>1</v></c>"
    first = f'<row r="1"><c r="A1">{value}</row>'
    for place in (
        "XFD1048576",
        "A1048576",
        "XFD1",
        "ZZZZZZ1",
        "A4294967295",
        "A99999999999999999999",
        "A0",
        "A-1",
        "",
        "1A",
        "É1",
    ):
        yield (
            "ver.xlsx",
            raw_xlsx(sheet_of(f'<sheetData>{first}<row><c r="{place}">{value}</row></sheetData>')),
        )
    for line in ("0", "-1", "4294967296", "18446744073709551616", "x", "1.5"):
        yield "rij.xlsx", raw_xlsx(sheet_of(f'<sheetData><row r="{line}"><c>{value}</row></sheetData>'))
    for area in ("A1:XFD1048576", "XFD1048576:A1", "A1:ZZZZZZZ9", ":", "A1:A1:A1", ""):
        yield "maat.xlsx", raw_xlsx(sheet_of(f'<dimension ref="{area}"/><sheetData>{first}</sheetData>'))
    yield "breed.xlsx", raw_xlsx(cells(f"<c>{value}" * 1_000_000))
    yield "breed.xlsx", raw_xlsx(cells(texts("a") * 1_000_000))
    yield "breed.csv", b";" * (9 * MEGA)
    yield "breed.csv", b"a;" * (4 * MEGA)
    corner = "".join(
        f'<row r="{n * 400 + 1}"><c r="{"A" if n % 2 else "ZZ"}{n * 400 + 1}">{value}</row>'
        for n in range(2_000)
    )
    yield "ijl.xlsx", raw_xlsx(sheet_of(f"<sheetData>{corner}</sheetData>"))
    merged = "".join(f'<mergeCell ref="A{n}:XFD{n + 1000}"/>' for n in range(1, 20_000))
    yield "samen.xlsx", raw_xlsx(sheet_of(f"<sheetData>{first}</sheetData><mergeCells>{merged}</mergeCells>"))


def repeated() -> Iterator[File]:
    """What LibreOffice writes once and means many times."""
    most = ("1048576", "2147483648", "18446744073709551615", "-1", "0", "x", "1e9")
    text = "<text:p>x</text:p>"
    for rows, columns in (
        *product(most[:2], most[:2]),
        *((one, "2") for one in most),
        *(("2", one) for one in most),
    ):
        cell = f'<table:table-cell table:number-columns-repeated="{columns}">{text}</table:table-cell>'
        yield (
            "herhaald.ods",
            table(f'<table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'),
        )
    for count in ("1000000000", "18446744073709551615", "-1", "x"):
        spaces = f'<text:p>a<text:s text:c="{count}"/>b</text:p>'
        yield (
            "spaties.ods",
            table(f"<table:table-row><table:table-cell>{spaces}</table:table-cell></table:table-row>"),
        )
    empty = '<table:table-row table:number-rows-repeated="1048576"><table:table-cell/></table:table-row>'
    yield "leeg.ods", table(empty * 100)
    deep = "<table:table-row>" * 50_000
    yield "diep.ods", table(deep)
    yield "diep.ods", table("<table:table-row><table:table-cell>" + "<text:span>" * 100_000)
    cell = f"<table:table-cell><text:p>{'x' * 100_000}</text:p></table:table-cell>"
    yield "lang.ods", table(f'<table:table-row table:number-rows-repeated="900">{cell}</table:table-row>')


def pointing() -> Iterator[File]:
    """Texts, sheets and parts that point to what is not there, to themselves, or to the same thing a thousand times."""
    for index in ("1", "-1", "4294967296", "99999999999999999999", "x", ""):
        yield (
            "tekst.xlsx",
            raw_xlsx(
                cells(f'<c t="s"><v>{index}</v></c>'), **{"xl/sharedStrings.xml": shared("<si><t>a</t></si>")}
            ),
        )
    for count in ("4294967295", "18446744073709551615", "-1", "x"):
        attributes = f'count="{count}" uniqueCount="{count}"'
        yield (
            "teller.xlsx",
            raw_xlsx(
                cells('<c t="s"><v>0</v></c>'),
                **{"xl/sharedStrings.xml": shared("<si><t>a</t></si>", "", attributes)},
            ),
        )
    long = shared(f"<si><t>{'x' * 32_000}</t></si>")
    yield "zelfde.xlsx", raw_xlsx(cells('<c t="s"><v>0</v></c>' * 100_000), **{"xl/sharedStrings.xml": long})
    yield (
        "rijk.xlsx",
        raw_xlsx(
            cells('<c t="s"><v>0</v></c>'),
            **{"xl/sharedStrings.xml": shared("<si>" + "<r><t>a</t></r>" * 2_000_000 + "</si>")},
        ),
    )
    for broken in ("<si><t>a", "<si><si><si>", "<t>a</t>", "", "<si/>" * 3_000_000):
        yield (
            "stuk.xlsx",
            raw_xlsx(cells('<c t="s"><v>0</v></c>'), **{"xl/sharedStrings.xml": shared(broken)}),
        )
    rels = "xl/_rels/workbook.xml.rels"
    start = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    for target in (
        *(
            "workbook.xml",
            "_rels/workbook.xml.rels",
            "../../../../etc/passwd",
            "/etc/passwd",
            "file:///etc/passwd",
        ),
        *("http://127.0.0.1:9/a.xml", "", "x" * 70_000, "worksheets/../worksheets/sheet1.xml", "a&#0;b"),
    ):
        relation = f'{start}<Relationship Id="rId1" Type="{kind}" Target="{target}"/></Relationships>'
        yield "naar.xlsx", raw_xlsx(cells(texts("a", "b")), **{rels: relation})
    big = sheet_of(
        "<sheetData>" + f"<row>{texts('voornaam', 'achternaam', 'email')}</row>" * 99_000 + "</sheetData>"
    )
    for amount in (30, 1_000):
        for one_each in (True, False):
            yield "zelfde.xlsx", same_sheet(big, amount, one_each=one_each)
    noise = random.Random(6)
    rows = "".join(f"<row>{texts(str(noise.random()), str(noise.random()))}</row>" for _row in range(80_000))
    yield "zelfde.xlsx", same_sheet(sheet_of(f"<sheetData>{rows}</sheetData>"), 30, one_each=True)
    yield "bladen.xlsx", xlsx(*((f"B{number}", ROWS) for number in range(1_000)))
    heads = [["x" * 1_900] * 100] * 60
    yield "koppen.xlsx", xlsx(*((f"B{number}", heads) for number in range(30)))


def same_sheet(sheet: str, amount: int, *, one_each: bool) -> bytes:
    """A workbook that names one sheet many times, by many relations or by the same one."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    names = "".join(
        f'<sheet name="B{n}" sheetId="{n + 1}" r:id="rId{n if one_each else 0}"/>' for n in range(amount)
    )
    points = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="worksheets/sheet1.xml"/>' for n in range(amount)
    )
    spaces = f'xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    book = f"<workbook {spaces}><sheets>{names}</sheets></workbook>"
    rels = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{points}</Relationships>'
    return raw_xlsx(sheet, **{"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": rels})


def cut_and_changed() -> Iterator[File]:
    """Good lists, cut off and changed at places that a seed chooses."""
    good = {
        "half.xlsx": xlsx(("A", ROWS * 50)),
        "half.ods": ods(ROWS * 50),
        "half.xls": old(workbook_stream()),
        "half.csv": CSV.encode("utf-16"),
    }
    for seed, (name, content) in enumerate(good.items()):
        chance = random.Random(seed)
        for _time in range(10):
            yield name, content[: chance.randrange(1, len(content))]
            spoilt = bytearray(content)
            for _byte in range(chance.randrange(1, 40)):
                spoilt[chance.randrange(8, len(spoilt))] = chance.randrange(256)
            yield name, bytes(spoilt)


def archives() -> Iterator[File]:
    """Zips that do not say what they are."""
    good = xlsx(("A", ROWS))
    end = good.rindex(b"PK\x05\x06")
    listed = good.index(b"PK\x01\x02")
    for size in (0, 0x7FFFFFFF, 0x80000000, FULL):
        for at in (20, 24):  # of the packed and the unpacked part, as the list of parts says it
            lie = bytearray(good)
            struct.pack_into("<I", lie, listed + at, size)
            yield "liegt.xlsx", bytes(lie)
    for at, number in ((8, 0xFFFF), (10, 0xFFFF), (10, 0), (12, FULL), (16, FULL), (20, 0xFFFF)):
        lie = bytearray(good)
        struct.pack_into("<H" if at in (8, 10, 20) else "<I", lie, end + at, number)
        yield "einde.xlsx", bytes(lie)
    for flag in (0x1, 0x2041, 0x8, 0x800):
        lie = bytearray(good)
        struct.pack_into("<H", lie, listed + 8, flag)
        yield ("wachtwoord.xlsx" if flag & 1 else "vlag.xlsx"), bytes(lie)
    for method in (1, 9, 12, 14, 93, 99):
        lie = bytearray(good)
        struct.pack_into("<H", lie, listed + 10, method)
        yield "manier.xlsx", bytes(lie)
    yield "voorop.xlsx", b"MZ\x90\0" + good
    yield "achterop.xlsx", good + b"\0" * MEGA
    yield "einden.xlsx", good + b"PK\x05\x06" * 100_000
    yield "twee.xlsx", good + xlsx(("B", [["a", "b"]]))
    yield "leeg.xlsx", zipped({})
    yield (
        "namen.xlsx",
        raw_xlsx(
            cells(texts("a", "b")),
            **{"../../etc/passwd": "x", "/etc/passwd": "x", "C:\\x": "x", "con": "x", "a\u202eb": "x"},
        ),
    )
    yield "over.xlsx", overlapping()
    pair = zipped({"xl/workbook.xml": "<workbook/>", "xl/workbook.xmm": "<workbook/>"})
    yield "dubbel.xlsx", pair.replace(b"workbook.xmm", b"workbook.xml")


def overlapping() -> bytes:
    """A zip of which all parts are the same bytes: small as a file, and gigabytes once unpacked."""
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packed.compress(bytes(20 * MEGA)) + packed.flush()
    common = struct.pack("<HHHHHIII", 20, 0, 8, 0, 0, zlib.crc32(bytes(20 * MEGA)), len(body), 20 * MEGA)
    local = b"PK\x03\x04" + common + struct.pack("<HH", 1, 0) + b"a" + body
    entries = b"".join(
        b"PK\x01\x02" + struct.pack("<H", 20) + common + struct.pack("<HHHHHII", 1, 0, 0, 0, 0, 0, 0) + b"a"
        for _part in range(1_000)
    )
    return (
        local
        + entries
        + b"PK\x05\x06"
        + struct.pack("<HHHHIIH", 0, 0, 1_000, 1_000, len(entries), len(local), 0)
    )


def others() -> Iterator[File]:
    """Something else under the name of a list, and lists under other names."""
    starts = (
        *(
            b"%PDF-1.7\n",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff\xe0",
            b"GIF89a",
            b"MZ\x90\0",
            b"\x7fELF",
            b"#!/bin/sh\n",
        ),
        *(b"{\\rtf1", b"<html><body>", b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?>"),
        *(
            b"<svg onload='x'/>",
            b"Rar!\x1a\x07\0",
            b"7z\xbc\xaf'\x1c",
            b"\x1f\x8b\x08\0",
            b"BZh9",
            b"SQLite format 3\0",
        ),
        *(b"From: a@b.example\r\n\r\n", b"\x00\x00\x00\x18ftypmp42", OLE),
    )
    noise = random.Random(5).randbytes(5_000)
    for start in starts:
        yield "lijst.xlsx", start + noise
        yield "lijst.csv", start
    yield "lijst.xlsx", (b"%PDF-1.7\n") + xlsx(("A", ROWS))
    for name in ("a.csv.exe", "../../a.csv", "a\u202exslx.csv", "x" * 190 + ".csv", "a.xls", "con", ".csv"):
        yield name, CSV.encode()
    for name in ("lijst.csv", "lijst.pdf", "lijst"):
        yield name, xlsx(("A", ROWS))
    yield "lijst.docx", zipped({"word/document.xml": "<w/>"})
    yield "lijst.xlsx", b""
    yield "lijst.csv", b"\xef\xbb\xbf"
    yield "lijst.csv", b" \r\n\t" * 100_000


def text() -> Iterator[File]:
    """Text that is no list, or one that has no end."""
    yield "regel.csv", b"a" * (9 * MEGA)
    yield "regel.csv", b"a b " * (2 * MEGA)
    yield "regel.csv", "é€ ".encode() * MEGA
    yield "regels.csv", b"a\n" * (4 * MEGA)
    yield "regels.csv", b"a;b\r\n" * (MEGA + MEGA // 2)
    for line in (b";\n", b'"";\n', b"a\r", b'"\n"\n'):
        yield "regels.csv", line * MEGA
    yield "regels.csv", b"\n" * (9 * MEGA) + b"a"
    yield "regels.csv", b"\r" * (9 * MEGA) + b"a;b"
    for sign in (b'"', b'";', b'""', b'"\n', b'";"', b"'", b";\n", b"|\t,;", b'a"', b'"a'):
        yield "tekens.csv", CSV.encode() + sign * (8 * MEGA // len(sign))
        yield "tekens.csv", sign * (100_000 // len(sign)) + CSV.encode()
    yield "open.csv", CSV.encode() + b'"' + b"Bo;Bos;bo@a.example\r\n" * 90_000
    yield "open.csv", (CSV + '"Bo;').encode()
    yield "nul.csv", b"\0" * MEGA
    yield "nul.csv", CSV.encode().replace(b"Bo", b"B\0o")
    yield "nul.csv", CSV.encode() + b"\0" * MEGA
    yield "nul.csv", b"\0a" * MEGA
    yield "tekens.csv", bytes(range(256)) * 100
    yield "tekens.csv", bytes(range(1, 32)) * 10_000
    for encoding in ("utf-7", "utf-32", "utf-16-be", "cp037"):
        yield f"{encoding}.csv", CSV.encode(encoding)
    yield "half.csv", b"\xff\xfe" + CSV.encode("utf-16-le") + b"a"
    yield "half.csv", b"\xff\xfe" + "a;b\r\n".encode("utf-16-le") + b"\x00\xd8" * 1_000
    yield "stuk.csv", CSV.encode() + b"\xc3\x28\xa0\xa1\xf8" * 1_000
    yield "onzichtbaar.csv", "\u200b\u200e\u202e\ufeff".encode() * 100_000
    yield "samen.csv", CSV.replace("Bo", "B" + "\u0301" * 100_000).encode()
    for first in ("sep=", "sep=\n", "sep=;", 'sep="', "sep=\0", "sep=a", "sep=\\", "SEP=,"):
        yield "sep.csv", f"{first}\r\n{CSV}".encode()
    yield "kop.csv", b";".join(b"kolom%d" % number for number in range(100_000)) + b"\n" + b"1;" * 100_000
    yield "kop.csv", ("voornaam;" * 500 + "\n" + "x;" * 500).encode()


def acting() -> Iterator[File]:
    """What would run, fetch or open something in a spreadsheet program."""
    for formula in (
        "=cmd|' /C calc'!A0",
        '=HYPERLINK("http://x.example")',
        "@SUM(1)",
        "+1+1",
        "-2+3",
        "=IMPORTXML(1)",
        "\t=1",
        "=WEBSERVICE(1)",
        "＝1",
    ):
        yield "formule.csv", CSV.replace("Bo;", f'"{formula.replace(chr(34), chr(34) * 2)}";').encode()
    for formula in ("A1", "cmd|'/c calc'!A0", "SUM(" * 20_000, "[1]x!A1", "&amp;" * 100_000, ""):
        yield "formule.xlsx", raw_xlsx(cells(f'<c r="A1"><f>{formula}</f><v>1</v></c>'))
        yield (
            "formule.xlsx",
            raw_xlsx(cells(f'<c r="A1" t="str"><f t="shared" ref="A1:XFD1048576" si="0">{formula}</f></c>')),
        )
    away = 'Type="externalLink" Target="http://127.0.0.1:9/" TargetMode="External"'
    rel = f'<Relationships xmlns="x"><Relationship Id="rId9" {away}/></Relationships>'
    for part in (
        *(
            "xl/vbaProject.bin",
            "xl/macrosheets/sheet1.xml",
            "xl/externalLinks/externalLink1.xml",
            "xl/connections.xml",
        ),
        *(
            "xl/embeddings/oleObject1.bin",
            "xl/activeX/a.xml",
            "customUI/customUI.xml",
            "xl/queryTables/q.xml",
        ),
    ):
        yield (
            "macro.xlsm",
            raw_xlsx(
                cells(texts("voornaam", "achternaam")),
                **{part: OLE + b"x" * 4_000, "xl/worksheets/_rels/sheet1.xml.rels": rel},
            ),
        )
    for part in ("Basic/Standard/Module1.xml", "Scripts/python/x.py", "Object 1/content.xml"):
        made = io.BytesIO(ods(ROWS))
        with zipfile.ZipFile(made, "a") as archive:
            archive.writestr(part, "x")
        yield "macro.ods", made.getvalue()


def values() -> Iterator[File]:
    """Numbers, days and kinds of cells that cannot be."""
    for value in (
        "1e999",
        "-1e999",
        "NaN",
        "",
        "x",
        "-1",
        "2958466",
        "99999999999",
        "1" * 5_000,
        "0.1e-400",
        "١٢",
    ):
        yield "getal.xlsx", raw_xlsx(cells(f"<c><v>{value}</v></c>"))
        styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>'
        yield "dag.xlsx", raw_xlsx(cells(f'<c s="0"><v>{value}</v></c>'), **{"xl/styles.xml": styles})
        yield (
            "getal.ods",
            table(
                f'<table:table-row><table:table-cell office:value-type="float" office:value="{value}"/></table:table-row>'
            ),
        )
    for kind in ("d", "b", "e", "n", "s", "str", "inlineStr", "x", ""):
        yield "soort.xlsx", raw_xlsx(cells(f'<c t="{kind}"><v>ja</v></c>'))
    for day in ("2026-02-30", "9" * 50, "-1", ""):
        yield (
            "dag.ods",
            table(
                f'<table:table-row><table:table-cell office:value-type="date" office:date-value="{day}"/></table:table-row>'
            ),
        )
        yield (
            "tijd.ods",
            table(
                f'<table:table-row><table:table-cell office:value-type="time" office:time-value="{day}"/></table:table-row>'
            ),
        )
    for style in ("-1", "4294967295", "x"):
        yield "opmaak.xlsx", raw_xlsx(cells(f'<c s="{style}"><v>1</v></c>'))
    yield (
        "opmaak.xlsx",
        raw_xlsx(
            cells("<c><v>1</v></c>"),
            **{
                "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs>'
                + '<xf numFmtId="14"/>' * 3_000_000
                + "</cellXfs></styleSheet>"
            },
        ),
    )


KINDS = {
    each.__name__: each
    for each in (
        bombs,
        laughs,
        far,
        repeated,
        pointing,
        cut_and_changed,
        archives,
        others,
        text,
        acting,
        values,
        old_workbooks,
    )
}
