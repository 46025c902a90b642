"""Files that people hand in, good and bad: read, or refused in words within two seconds."""

import os
import random
import re
import time
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from core.imports import files, workbook
from core.imports.files import opened
from tests.books import ods, raw_xlsx, xlsx, zipped

ROWS = [["naam", "email"], ["Zoë", "zoe@a.example"], ["Bo", "bo@a.example"]]
CSV = "naam;email\r\nZoë;zoe@a.example\r\nBo;bo@a.example\r\n"
SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{}</worksheet>'
BILLION = (
    '<!DOCTYPE z [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + at)} "{f"&{chr(97 + at)};" * 10}">' for at in range(9))
    + "]>"
)
LONGEST = 2.0  # seconds


def rows_in(content, sheet=0):
    with opened(content) as book:
        return [list(row) for row in book.rows(sheet)]


READ = {
    "utf-8": CSV.encode(),
    "utf-8 with a mark": CSV.encode("utf-8-sig"),
    "windows-1252": CSV.encode("cp1252"),
    "utf-16 with a mark": CSV.encode("utf-16"),
    "utf-16 big end first": b"\xfe\xff" + CSV.encode("utf-16-be"),
    "utf-16 without a mark": CSV.encode("utf-16-le"),
    "commas": CSV.replace(";", ",").encode(),
    "tabs": CSV.replace(";", "\t").encode(),
    "bars": CSV.replace(";", "|").encode(),
    "line ends of a Mac": CSV.replace("\r\n", "\r").encode(),
    "line ends of Linux": CSV.replace("\r\n", "\n").encode(),
    "xlsx": xlsx(("Blad1", ROWS)),
    "ods": ods(ROWS),
}


@pytest.mark.parametrize("name", READ)
def test_file_is_read_by_what_is_in_it(name):
    found = [row for row in rows_in(READ[name]) if any(row)]
    assert found == ROWS


def test_line_of_a_row_is_that_of_the_file():
    assert rows_in(b'sep=;\r\na;b\r\n\r\n"x\r\ny";1\r\nc;d\r\n') == [
        [],
        ["a", "b"],
        [],
        ["x\r\ny", "1"],
        [],
        ["c", "d"],
    ]
    table = xlsx(("Blad1", [[], [], ["a", "b"], ["c", "d"]]))
    assert rows_in(table) == [[], [], ["a", "b"], ["c", "d"]]


def test_quotation_mark_that_is_never_closed_takes_no_other_rows_with_it():
    rows = "\r\n".join(f"Bo{number};x" for number in range(100))
    found = rows_in(f'naam;wens\r\n"Joop;y\r\n{rows}\r\n'.encode())
    assert len(found) == 102
    assert found[-1] == ["Bo99", "x"]


def huge_part():
    return zipped({"xl/workbook.xml": "<workbook/>", "xl/worksheets/sheet1.xml": "0" * 160_000_000})


def lying_sizes():
    """A part that says it is small and is not."""
    content = bytearray(zipped({"xl/workbook.xml": "0" * 50_000_000}))
    small = (1000).to_bytes(4, "little")
    large = (50_000_000).to_bytes(4, "little")
    return bytes(content).replace(large, small)


def far_cell():
    """One cell in the very last corner, which makes a table of 17 billion cells."""
    cell = '<c r="XFD1048576"><v>1</v></c>'
    first = '<row r="1"><c r="A1"><v>1</v></c></row>'
    return raw_xlsx(SHEET.format(f'<sheetData>{first}<row r="1048576">{cell}</row></sheetData>'))


def repeated():
    """One row of LibreOffice that says it is a million."""
    return ods([["a", "b"]]).replace(b"", b"") and zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": (
                '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
                'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
                'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
                '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576">'
                '<table:table-cell table:number-columns-repeated="16384" office:value-type="string">'
                "<text:p>x</text:p></table:table-cell></table:table-row></table:table>"
                "</office:spreadsheet></office:body></office:document-content>"
            ),
            "META-INF/manifest.xml": (
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            ),
        }
    )


REFUSED = {
    "nothing": lambda: b"",
    "white space": lambda: b" \r\n \t",
    "a pdf": lambda: b"%PDF-1.7\n" + b"x" * 100,
    "a pdf that is a workbook too": lambda: b"%PDF-1.7\n" + READ["xlsx"],
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + b"x" * 100,
    "a page": lambda: b"<html><table><tr><td>naam</td></tr></table></html>",
    "xml with entities": lambda: f'<?xml version="1.0"?>{BILLION}<a>&j;</a>'.encode(),
    "rich text": lambda: b"{\\rtf1 naam}",
    "noise": lambda: random.Random(1).randbytes(100_000),
    "noise behind a zip's first letters": lambda: b"PK\x03\x04" + random.Random(2).randbytes(100_000),
    "noise behind an old workbook's first letters": lambda: (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + random.Random(3).randbytes(100_000)
    ),
    "half a workbook": lambda: READ["xlsx"][: len(READ["xlsx"]) // 2],
    "a document": lambda: zipped({"word/document.xml": "<document/>"}),
    "a part of 160 MB in 155 kB": huge_part,
    "a part that lies about its size": lying_sizes,
    "ten thousand parts": lambda: zipped({f"xl/{number}.xml": "" for number in range(10_000)}),
    "names that lead outside": lambda: zipped({"../../etc/passwd": "x", "/etc/passwd": "x"}),
    "a cell in the last corner": far_cell,
    "a row that repeats itself": repeated,
    "one long text in every cell": lambda: xlsx(("A", [["x" * 2_000] * 100] * 450)),
    "one long text in the head of every sheet": lambda: xlsx(
        *((f"A{number}", [["x" * 2_000] * 60] * 30) for number in range(30))
    ),
    "a zip in a zip": lambda: zipped({"xl/workbook.xml": huge_part()}),
    "too large": lambda: b"a;b\n" * 3_000_000,
    "one cell of a megabyte in a quote": lambda: b'a;b\n"' + b"x" * 1_000_000 + b'";c\n',
}


@pytest.mark.parametrize("name", REFUSED)
def test_hostile_file_is_refused_in_words_within_two_seconds(name):
    content = REFUSED[name]()
    began = time.process_time(), time.monotonic()
    with pytest.raises(ValidationError) as refused, opened(content) as book:
        for _row in files.counted(book.rows(0)):
            pass
    assert refused.value.messages[0]
    assert time.process_time() - began[0] < LONGEST
    assert time.monotonic() - began[1] < LONGEST * 5  # where others use the machine too


@pytest.mark.parametrize("place", ["sharedStrings", "sheet"])
def test_entities_of_a_workbook_are_not_followed(place):
    """A billion laughs: the text comes out without them, or not at all."""
    cells = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row></sheetData>'
    shared = f'{BILLION}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&j;</t></si></sst>'
    more = {"xl/sharedStrings.xml": shared} if place == "sharedStrings" else {}
    content = raw_xlsx((BILLION if place == "sheet" else "") + SHEET.format(cells), **more)
    began = time.monotonic()
    try:
        found = rows_in(content)
    except ValidationError:
        found = []
    assert len(str(found)) < 1_000
    assert time.monotonic() - began < LONGEST * 5


def test_reader_of_workbooks_may_take_no_more_than_a_list_needs():
    """As the kernel holds it to that process, while it waits for which sheet is asked."""
    with files.opened(xlsx(("Blad1", [["naam"], ["Noor"]]))):
        (reader,) = children_of(os.getpid())
        limits = Path(f"/proc/{reader}/limits").read_text()
    for what, most in (
        ("address space", workbook.MOST_MEMORY),
        ("cpu time", 2),  # and its own clock stops it at 1.0
        ("file size", 0),
    ):
        assert re.search(rf"Max {what} +{most} +{most} ", limits), limits


def children_of(pid):
    """Keys of the processes that one has started and that still run."""
    found = [
        Path(f"/proc/{pid}/task/{task}/children").read_text() for task in os.listdir(f"/proc/{pid}/task")
    ]
    return [
        one
        for text in found
        for one in text.split()
        if b"workbook.py" in Path(f"/proc/{one}/cmdline").read_bytes()
    ]


def test_more_rows_than_may_be_are_refused():
    with pytest.raises(ValidationError, match="te veel rijen"):
        for _row in files.counted(["x"] for _number in range(files.MOST_ROWS + files.HEAD + 1)):
            pass
