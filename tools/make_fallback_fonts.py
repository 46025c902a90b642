"""Cut the fonts that print what the two of the house cannot: other scripts, symbols, emoji.

Run once when a newer edition is wanted, with fonttools and brotli installed, on folders that hold the sources (the Debian
packages fonts-noto-core, fonts-droid-fallback and fonts-unifont, the npm package @fontsource/noto-emoji, all unpacked):

    python tools/make_fallback_fonts.py FOLDER …

Writes ui/fonts/fallback/, and there coverage.txt: which signs each font has, as ranges of code points, in the order of use;
in front those that both fonts of the house have. A sign stands in the first font that has it.
"""

import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "ui" / "fonts" / "fallback"
SCRIPTS = (
    *(
        "Arabic",
        "Hebrew",
        "Ethiopic",
        "Armenian",
        "Georgian",
        "Devanagari",
        "Bengali",
        "Tamil",
        "Thai",
        "Tifinagh",
        "Syriac",
    ),
    *(
        "Thaana",
        "Gurmukhi",
        "Gujarati",
        "Telugu",
        "Kannada",
        "Malayalam",
        "Sinhala",
        "Khmer",
        "Lao",
        "Myanmar",
    ),
)
FIRST = "NotoSans-Regular.ttf"
WHOLE = [
    FIRST,
    *(f"NotoSans{script}-Regular.ttf" for script in SCRIPTS),
]  # with all they need to join letters
REST = ["DroidSansFallbackFull.ttf", "unifont.otf", "unifont_upper.otf"]
EMOJI = "noto-emoji-*-400-normal.woff2"
KEYS = {ord(sign) for sign in "0123456789#*"}  # with a frame round them
HOUSE = ("familjen-grotesk-400.ttf", "atkinson-hyperlegible-next-400.ttf")


def is_printed(code: int) -> bool:
    return unicodedata.category(chr(code)) not in {"Cc", "Cs", "Co", "Cn"}


def find(folders: list[Path], name: str) -> list[Path]:
    found = sorted(path for folder in folders for path in folder.rglob(name))
    if not found:
        raise SystemExit(f"{name} is in none of the folders")
    return found


def cut(font: TTFont, codes: set[int], target: Path) -> None:
    options = Options(
        hinting=False, desubroutinize=False, notdef_outline=True, name_IDs=[1, 2, 3, 4, 6, 13, 14]
    )
    options.layout_features = ["*"]
    options.drop_tables += ["DSIG", "MATH", "BASE"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    font.save(target)


def emoji(parts: list[Path], folder: Path) -> TTFont:
    """One font of the parts in which a page loads it; the signs in front, joined pictures are drawn apart."""
    for number, part in enumerate(parts):
        font = TTFont(part)
        font.flavor = None
        for table in ("GSUB", "GDEF", "GPOS", "STAT", "vhea", "vmtx", "VORG"):
            if table in font:
                del font[table]
        font.save(folder / f"{number:02}.ttf")
    return Merger().merge([str(path) for path in sorted(folder.glob("*.ttf"))])


def ranges(codes: set[int]) -> Iterator[str]:
    ordered = sorted(codes)
    begin = previous = None
    for code in [*ordered, None]:
        if begin is not None and (code is None or code != previous + 1):
            yield f"{begin:X}-{previous:X}" if begin != previous else f"{begin:X}"
            begin = None
        if begin is None:
            begin = code
        previous = code


def main(folders: list[Path]) -> None:
    import tempfile  # noqa: PLC0415 - a tool

    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.iterdir():
        old.unlink()
    both = [set(TTFont(TARGET.parent / name).getBestCmap()) for name in HOUSE]
    house = {code for code in both[0] & both[1] if is_printed(code) and not unicodedata.combining(chr(code))}
    lines, taken = [f"house\t\t{' '.join(ranges(house))}\n"], set()
    with tempfile.TemporaryDirectory() as scratch:
        sources = [(name, TTFont(find(folders, name)[0])) for name in WHOLE]
        sources.append(("NotoEmoji-Regular.ttf", emoji(find(folders, EMOJI), Path(scratch))))
        sources += [(name, TTFont(find(folders, name)[0])) for name in REST]
        for name, font in sources:
            codes = {code for code in font.getBestCmap() if is_printed(code)}
            if name in REST:
                codes -= taken
            elif name != FIRST:
                shared = set(range(0x21, 0x250)) - (KEYS if "Emoji" in name else set())
                codes -= taken & shared
            cut(font, codes, TARGET / name)
            kept = {code for code in TTFont(TARGET / name).getBestCmap() if is_printed(code)}
            lines.append(
                f"{name}\t{TTFont(TARGET / name)['name'].getDebugName(1)}\t{' '.join(ranges(kept))}\n"
            )
            taken |= kept
            print(f"{name}: {len(kept)} signs, {(TARGET / name).stat().st_size // 1000} kB")
    (TARGET / "coverage.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main([Path(folder) for folder in sys.argv[1:]])
