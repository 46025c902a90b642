"""Workbooks for tests, written by hand or by a library: good ones, and ones that would do harm."""

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.sax.saxutils import escape

import xlsxwriter

WORKBOOK = (
    '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="Blad1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/></Relationships>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def xlsx(*sheets):
    """A workbook of sheets: name and rows; dates and numbers are kept as such."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"default_date_format": "dd-mm-yyyy"}) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(at, column, cell)
    return out.getvalue()


def ods(rows, name="Blad1"):
    """A table of LibreOffice."""
    cells = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(str(cell))}</text:p></table:table-cell>'
            if cell
            else "<table:table-cell/>"
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = (
        '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{cells}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": content,
            "META-INF/manifest.xml": (
                '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            ),
        }
    )


@dataclass(frozen=True)
class Again:
    """A part that holds the same bytes many times: packed once, and read as any other."""

    unit: bytes
    times: int
    before: bytes = b""
    after: bytes = b""

    def write_to(self, archive, name):
        """Put the packed bytes into the archive, then tell its two lists of parts what they are once unpacked."""
        packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        start = packer.compress(self.before) + packer.flush(zlib.Z_FULL_FLUSH)
        # Knows nothing of what stood before it.
        same = packer.compress(self.unit) + packer.flush(zlib.Z_FULL_FLUSH)
        end = packer.compress(self.after) + packer.flush()
        info = zipfile.ZipInfo(name)
        archive.writestr(info, start + same * self.times + end)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.file_size = len(self.before) + self.times * len(self.unit) + len(self.after)
        info.CRC = zlib.crc32(self.before)
        for _time in range(self.times):
            info.CRC = zlib.crc32(self.unit, info.CRC)
        info.CRC = zlib.crc32(self.after, info.CRC)
        archive.fp.seek(info.header_offset)
        archive.fp.write(info.FileHeader())
        archive.fp.seek(archive.start_dir)


def zipped(parts, compression=zipfile.ZIP_DEFLATED):
    """An archive with these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, text in parts.items():
            if isinstance(text, Again):
                text.write_to(archive, name)
            else:
                archive.writestr(name, text)
    return out.getvalue()


def raw_xlsx(sheet, **more):
    """A workbook around the XML of one sheet, as it is given."""
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="xl/workbook.xml"),
        "xl/_rels/workbook.xml.rels": RELATIONS.format(kind="worksheet", target="worksheets/sheet1.xml"),
        "xl/workbook.xml": WORKBOOK,
        "xl/worksheets/sheet1.xml": sheet,
    }
    return zipped(parts | more)
