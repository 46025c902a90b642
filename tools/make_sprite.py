"""Write static/img/sprite.svg: our icons from Tabler (MIT) and the three party shapes.

    npm install @tabler/icons && python tools/make_sprite.py node_modules/@tabler/icons/icons/outline

Run it when an icon is added to ICONS; the result is committed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ICONS = """
adjustments alert-triangle arrow-back-up arrow-left arrow-right building-hospital calendar-event
calendar-plus certificate check chevron-down circle-dashed circle-x clipboard-list clock copy download eye
eye-off file-text flag-3 history home hourglass id info-circle key language link lock login mail map-pin
menu-2 pencil phone plus printer refresh route school search send settings shield-check signature tools trash user
user-plus users users-group x briefcase books chart-bar flask arrows-exchange
""".split()  # noqa: SIM905 - one name a word reads better than fifty quotes

# Each party has one shape everywhere: student a circle, employer a square, school an arch.
SHAPES = (
    '<symbol id="p-student" viewBox="0 0 24 24"><circle cx="12" cy="12" r="11"/></symbol>'
    '<symbol id="p-employer" viewBox="0 0 24 24"><path d="M1 1h22v22H1z"/></symbol>'
    '<symbol id="p-school" viewBox="0 0 24 24"><path d="M1 23V12a11 11 0 0 1 22 0v11z"/></symbol>'
)


def symbol(folder: Path, name: str) -> str:
    """The drawing of one icon, without Tabler's own size and colour."""
    source = (folder / f"{name}.svg").read_text(encoding="utf-8")
    inner = re.search(r"<svg[^>]*>(.*)</svg>", source, re.DOTALL)
    if inner is None:
        raise SystemExit(f"{name}: not an SVG")
    drawing = re.sub(r'<path stroke="none"[^>]*>', "", re.sub(r"\s*\n\s*", "", inner.group(1)))
    return f'<symbol id="{name}" viewBox="0 0 24 24">{drawing.replace(" />", "/>")}</symbol>'


def main(folder: Path) -> None:
    icons = "".join(symbol(folder, name) for name in sorted(ICONS))
    target = Path(__file__).parent.parent / "static" / "img" / "sprite.svg"
    target.write_text(f'<svg xmlns="http://www.w3.org/2000/svg">{icons}{SHAPES}</svg>\n', encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
