"""Cut the fonts of the PDFs from those of the pages: typst reads no woff2 and no variable weight.

Run once after the fonts in static/fonts change, with fonttools and brotli installed:

    python tools/make_pdf_fonts.py

Writes static instances (400 and 700) of both families to ui/fonts/, latin and latin-ext together.
"""

import tempfile
from pathlib import Path

from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

ROOT = Path(__file__).resolve().parent.parent
SOURCE, TARGET = ROOT / "static" / "fonts", ROOT / "ui" / "fonts"
FAMILIES = {
    "familjen-grotesk": ("Familjen Grotesk", {"Regular": 400, "Bold": 700}),
    "atkinson-hyperlegible-next": ("Atkinson Hyperlegible Next", {"Regular": 400, "Bold": 700}),
}
PARTS = ("latin", "latin-ext")
# name table ids: family, style, unique id, full name, PostScript name
FAMILY, STYLE, UNIQUE, FULL, POSTSCRIPT = 1, 2, 3, 4, 6
VARIABLE_NAMES = (16, 17, 21, 22, 25)


def cut(slug: str, part: str, weight: int, folder: Path) -> Path:
    font = TTFont(SOURCE / f"{slug}-{part}-wght-normal.woff2")
    font.flavor = None
    instantiateVariableFont(font, {"wght": weight}, inplace=True)
    for table in ("STAT", "DSIG"):
        if table in font:
            del font[table]
    path = folder / f"{slug}-{part}-{weight}.ttf"
    font.save(path)
    return path


def rename(font: TTFont, family: str, style: str, weight: int) -> None:
    names = font["name"]
    for ident in VARIABLE_NAMES:
        names.removeNames(nameID=ident)
    full = f"{family} {style}"
    for ident, text in (
        (FAMILY, family),
        (STYLE, style),
        (UNIQUE, full),
        (FULL, full),
        (POSTSCRIPT, full.replace(" ", "-")),
    ):
        names.removeNames(nameID=ident)
        names.setName(text, ident, 3, 1, 0x409)
    font["OS/2"].usWeightClass = weight
    bold = style == "Bold"
    font["OS/2"].fsSelection = (font["OS/2"].fsSelection & ~0b1100001) | (0b100000 if bold else 0b1000000)
    font["head"].macStyle = 1 if bold else 0


def main() -> None:
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for slug, (family, styles) in FAMILIES.items():
            for style, weight in styles.items():
                parts = [str(cut(slug, part, weight, Path(folder))) for part in PARTS]
                font = Merger().merge(parts)
                rename(font, family, style, weight)
                font.save(TARGET / f"{slug}-{weight}.ttf")


if __name__ == "__main__":
    main()
