"""Write static/img/nl.svg: the twelve provinces, simplified from @svg-maps/netherlands (MapSVG, CC BY 4.0).

    npm install @svg-maps/netherlands@1.0.0 mapshaper
    python tools/make_map.py node_modules/@svg-maps/netherlands/netherlands.svg

The committed drawing came from this recipe; a newer mapshaper may move a point here and there. Whoever renews it looks
at the figures on the map too (core/provinces.py).
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

VIEW = "-4 18 622 712"
RECIPE = [
    "-snap",
    "interval=0.6",
    "-filter-islands",
    "min-area=100",
    "-simplify",
    "weighted",
    "8%",
    "keep-shapes",
    "-clean",
]
Point = tuple[float, float]


def rings(path: str) -> list[list[Point]]:
    """The closed lines of an SVG path of moves and lines, relative or absolute."""
    tokens = re.findall(r"[a-zA-Z]|-?\d*\.?\d+", path)
    found: list[list[Point]] = []
    here, start, command, at = (0.0, 0.0), (0.0, 0.0), "M", 0
    while at < len(tokens):
        if tokens[at].isalpha():
            command, at = tokens[at], at + 1
            if command in "zZ":
                here = start
                continue
        relative = command.islower()
        dx = dy = 0.0
        if command in "hH":
            dx, at = float(tokens[at]), at + 1
            here = (here[0] + dx if relative else dx, here[1])
        elif command in "vV":
            dy, at = float(tokens[at]), at + 1
            here = (here[0], here[1] + dy if relative else dy)
        else:
            dx, dy, at = float(tokens[at]), float(tokens[at + 1]), at + 2
            here = (here[0] + dx, here[1] + dy) if relative else (dx, dy)
        if command in "mM":  # what follows a move without a letter is a line
            start, command = here, "l" if relative else "L"
            found.append([])
        found[-1].append(here)
    return [[*ring, ring[0]] for ring in found if len(ring) > 2]


def geojson(drawing: str) -> dict[str, Any]:
    """The provinces as features; y is turned round, as mapshaper expects of coordinates."""
    features = [
        {
            "type": "Feature",
            "properties": {"id": code},
            "geometry": {
                "type": "MultiPolygon",
                "coordinates": [[[[round(x, 2), round(-y, 2)] for x, y in ring]] for ring in rings(path)],
            },
        }
        for code, path in re.findall(r'<path\s+id="(\w+)"\s+name="[^"]+"\s+d="([^"]+)"', drawing)
    ]
    return {"type": "FeatureCollection", "features": features}


def outline(geometry: dict[str, Any]) -> str:
    """Whole-number relative path data of a (multi)polygon."""
    shapes = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    parts = []
    for ring in (ring for shape in shapes for ring in shape):
        points = [(round(x), round(-y)) for x, y in ring[:-1]]
        steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
        line = " ".join(f"{dx} {dy}" for dx, dy in steps if (dx, dy) != (0, 0)).replace(" -", "-")
        parts.append(f"M{points[0][0]} {points[0][1]}l{line}z")
    return "".join(parts)


def simplified(provinces: dict[str, Any]) -> dict[str, str]:
    """Code → path data, after mapshaper has simplified shared borders alike."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "nl.json", Path(folder) / "simple.json"
        source.write_text(json.dumps(provinces), encoding="utf-8")
        command = ["npx", "mapshaper", str(source), *RECIPE, "-o", str(target), "format=geojson"]
        subprocess.run(command, check=True)  # noqa: S603 - nothing in it comes from elsewhere
        features = json.loads(target.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["id"]: outline(feature["geometry"]) for feature in features}


def main(source: Path) -> None:
    paths = simplified(geojson(source.read_text(encoding="utf-8")))
    one = "".join(
        f'<symbol id="{code}" viewBox="{VIEW}"><path d="{d}"/></symbol>' for code, d in sorted(paths.items())
    )
    whole = "".join(f'<path d="{d}"/>' for d in paths.values())
    target = Path(__file__).parent.parent / "static" / "img" / "nl.svg"
    target.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{VIEW}">{one}'
        f'<symbol id="nl" viewBox="{VIEW}">{whole}</symbol></svg>',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
