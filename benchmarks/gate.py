"""`python -m benchmarks.gate [PAGE …]`: whether a page became dearer than benchmarks/results has it, with 1,000 students.

A ratio that is a tenth worse fails, beyond what chance may do: what differs between runs of the same code, and twice the
standard error of both ratios. What seems worse is measured once more with more requests before anything is said. One that
is a tenth better is told, so that it can be kept: `make bench SIZES=1000 KEEP=1`.
"""

from __future__ import annotations

import math
import sys
from typing import Any

from benchmarks import measuring, results
from benchmarks.__main__ import filled
from tools.local import servers

SIZE = 1_000
REQUESTS, AGAIN = 40, 120
WORSE = BETTER = 0.10
BETWEEN_RUNS = 0.15  # as much the same code differs from one run to the next, beside other work
CHANCE = 2
READS = 1.2  # what a page may read more: a few rows fall on another side of a block
RATIO = "x_bare"


def main() -> int:
    servers.prepare_environment("portal.settings.test")
    environment = filled(SIZE)
    kept = {row["page"]: row for row in results.read(SIZE)["pages"]}
    found = _measured(environment, REQUESTS, sys.argv[1:])
    doubted = [name for name, row in found.items() if name in kept and worse(kept[name], row)]
    if doubted:
        found |= _measured(environment, AGAIN, doubted)
    failed = 0
    for name, row in found.items():
        if name not in kept:
            print(f"{name}: not kept yet, make bench SIZES={SIZE} KEEP=1")
            failed += 1
        elif said := worse(kept[name], row):
            print(f"{name}: {said}")
            failed += 1
        elif said := better(kept[name], row):
            print(f"{name}: {said} (make bench SIZES={SIZE} KEEP=1 keeps that)")
    print(f"{len(found)} pages, {failed} worse")
    return 1 if failed else 0


def _measured(environment: dict[str, str], requests: int, only: list[str] | None = None) -> dict[str, Any]:
    measured = measuring.measured(environment, requests, only or [], cold=False)
    return {row["page"]: row for row in measured["pages"]}


def worse(kept: dict[str, Any], found: dict[str, Any]) -> str:
    """What became worse, or nothing."""
    most = kept[RATIO] * (1 + WORSE + BETWEEN_RUNS + _chance(kept, found))
    if found[RATIO] > most:
        return f"{found[RATIO]:.2f} times the bare view, {kept[RATIO]:.2f} is kept, {most:.2f} may be chance"
    if found["queries"] > kept["queries"]:
        return f"{found['queries']} queries, {kept['queries']} are kept"
    if found["buffers"] > kept["buffers"] * READS:
        return f"{found['buffers']:,} buffers, {kept['buffers']:,} are kept"
    return ""


def better(kept: dict[str, Any], found: dict[str, Any]) -> str:
    """What became better beyond chance, or nothing."""
    if found[RATIO] < kept[RATIO] * (1 - BETTER - _chance(kept, found)):
        return f"{found[RATIO]:.2f} times the bare view instead of {kept[RATIO]:.2f}"
    if found["queries"] < kept["queries"]:
        return f"{found['queries']} queries instead of {kept['queries']}"
    return ""


def _chance(kept: dict[str, Any], found: dict[str, Any]) -> float:
    return CHANCE * math.hypot(kept["error"], found["error"])


if __name__ == "__main__":
    sys.exit(main())
