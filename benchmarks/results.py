"""What was measured, kept as JSON in benchmarks/results, and shown as tables in docs/bench.md.

`python -m benchmarks.results` writes the tables anew from what is kept.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
from pathlib import Path
from typing import Any

from tools.local.paths import ROOT

KEPT = ROOT / "benchmarks" / "results"
DOCUMENT = ROOT / "docs" / "bench.md"
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
DIGITS = {
    "ms": 2,
    "own_ms": 2,
    "base_ms": 2,
    "bare_ms": 2,
    "x_bare": 3,
    "x_floor": 3,
    "cold": 3,
    "error": 4,
    "kB": 1,
}
HEAD = "| page | ms: worker + database | bare ms | × bare | × B | × B cold | queries (bare) | buffers (bare) | kB |"
GROWN = " cost, buffers × those of {:,} |"


def kept_of(size: int) -> Path:
    return KEPT / f"{size}.json"


def keep(size: int, measured: dict[str, Any], fill: dict[str, Any] | None = None) -> None:
    """Without what changes at each run and says nothing: the statements themselves."""
    pages = [
        {
            key: round(value, DIGITS[key]) if key in DIGITS and value is not None else value
            for key, value in row.items()
        }
        for row in measured["pages"]
    ]
    result = {
        "students": size,
        "day": f"{dt.datetime.now(dt.UTC):%Y-%m-%d}",
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[1], 1),
        "requests": measured["requests"],
        "floor_ms": round(measured["floor"], 2),
        **({"fill": fill} if fill else {}),
        "pages": [{key: value for key, value in row.items() if key != "statements"} for row in pages],
    }
    kept_of(size).write_text(json.dumps(result, indent=1) + "\n")


def read(size: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(kept_of(size).read_text())
    return found


def sizes() -> list[int]:
    return sorted(int(path.stem) for path in KEPT.glob("*.json"))


# What is measured of a page, by the budget that it has to keep.
HELD = {"bare": "x_bare", "floor": "x_floor", "queries": "queries", "buffers": "buffers", "cold": "cold"}
SAID = {"bare": "× bare", "floor": "× B", "cold": "× B cold"}


def over(row: dict[str, Any]) -> list[str]:
    """Which budgets a page does not keep, in words."""
    return [f"{SAID.get(name, name)} {row['budget'][name]:g}" for name in HELD if _is_over(row, name)]


def _is_over(row: dict[str, Any], name: str) -> bool:
    """Whether a page goes beyond this budget; one of nought is none, and so it is with what was not measured."""
    most, found = row["budget"][name], row[HELD[name]]
    return 0 < most < (found or 0)


def table(result: dict[str, Any], smallest: dict[str, Any] | None = None) -> str:
    """As the document and the command show it; what is over its budget is bold. Beside the smallest size: what grew."""
    small = {row["page"]: row for row in smallest["pages"]} if smallest else {}
    head = HEAD + (GROWN.format(smallest["students"]) if smallest else "")
    lines = [f"{head}\n|---|{'--:|' * (head.count('|') - 2)}\n"]
    for row in result["pages"]:
        cells = [
            row["page"] if row["counts"] else f"… {row['page'].partition(', ')[2]}",
            f"{row['own_ms']:.1f} + {row['base_ms']:.1f}",
            f"{row['bare_ms']:.1f}",
            _bold(f"{row['x_bare']:.2f}", over=_is_over(row, "bare")),
            _bold(f"{row['x_floor']:.1f}", over=_is_over(row, "floor")),
            _bold(f"{row['cold']:.1f}", over=_is_over(row, "cold")) if row["cold"] else "",
            _bold(f"{row['queries']}", over=_is_over(row, "queries")) + f" ({row['bare_queries']})",
            _bold(f"{row['buffers']:,}", over=_is_over(row, "buffers")) + f" ({row['bare_buffers']:,})",
            f"{row['kB']:.0f}",
        ]
        if smallest:
            cells.append(_grown(row, small.get(row["page"])))
        lines.append(f"| {' | '.join(cells)} |\n")
    thirteen = [row for row in result["pages"] if row["counts"]]
    if thirteen:
        mean = [
            statistics.mean(row[key] for row in thirteen)
            for key in ("own_ms", "base_ms", "bare_ms", "x_bare", "x_floor")
        ]
        lines.append(
            f"| **mean of {len(thirteen)}** | {mean[0]:.1f} + {mean[1]:.1f} | {mean[2]:.1f} | {mean[3]:.2f} | {mean[4]:.1f} "
            f"| | | | |{' |' if smallest else ''}\n"
        )
    return "".join(lines)


def _grown(row: dict[str, Any], small: dict[str, Any] | None) -> str:
    """How many times what the page costs and reads at the smallest size."""
    if not small or not small["buffers"]:
        return ""
    return f"{row['x_floor'] / small['x_floor']:.1f}, {row['buffers'] / small['buffers']:.1f}"


def _bold(text: str, *, over: bool) -> str:
    return f"**{text}**" if over else text


def shown() -> str:
    """All that is kept, as it stands in the document."""
    parts = []
    smallest = read(sizes()[0])
    for size in sizes():
        result = read(size)
        parts.append(
            f"### {size:,} students\n\n{result['day']}, {result['cores']} cores with a load of {result['load']}, "
            f"{result['requests']} requests of each, B {result['floor_ms']} ms.{_filled(result.get('fill'))}\n\n"
            f"{table(result, smallest if size != smallest['students'] else None)}"
        )
    return "\n" + "\n".join(parts) + "\n"


def _filled(fill: dict[str, Any] | None) -> str:
    return f" Filling took {fill['seconds'] / 60:.0f} minutes for {fill['rows']:,} rows." if fill else ""


def write() -> None:
    """The tables in the document, from what is kept."""
    text = DOCUMENT.read_text()
    before, _begin, rest = text.partition(BEGIN)
    _old, _end, after = rest.partition(END)
    DOCUMENT.write_text(f"{before}{BEGIN}{shown()}{END}{after}")


if __name__ == "__main__":
    write()
