"""Two workers take turns in random order, ours and the bare one; medians of what each page took, and what it reads."""

from __future__ import annotations

import json
import math
import random
import statistics
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Self

from benchmarks.pages import MANY_ROWS, MOST_JOINS, B
from tools.local.paths import ROOT

WARM_UP, REQUESTS = 9, 200  # a prepared statement has its lasting plan at the eighth
SEED = 20261130
SETTINGS = {"ours": "benchmarks.settings", "bare": "benchmarks.settings_bare"}
ALONE = "-c max_parallel_workers_per_gather=0"


class Remote:
    """A worker in a process of its own."""

    def __init__(self, side: str, environment: Mapping[str, str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.worker"],
            cwd=ROOT,
            env={**environment, "DJANGO_SETTINGS_MODULE": SETTINGS[side], "PGOPTIONS": ALONE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_exception: object) -> None:
        assert self.process.stdin
        self.process.stdin.close()
        self.process.wait(30)
        assert self.process.stdout
        self.process.stdout.close()

    def ask(self, do: str, **arguments: Any) -> Any:
        assert self.process.stdin and self.process.stdout  # noqa: PT018 - for the type checker
        self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"The worker ended at {arguments}.")
        return json.loads(line)


def measured(
    environment: dict[str, str], requests: int, only: Iterable[str] = (), *, cold: bool = True
) -> dict[str, Any]:
    """What each page costs, as it is kept: milliseconds, ratios, queries, buffers."""
    with Remote("ours", environment) as ours, Remote("bare", environment) as bare:
        pages = [page for page in ours.ask("pages") if not only or page["name"] in only]
        turns = [(ours, page["name"], {"path": page["ours"], "cookie": page["cookie"]}) for page in pages]
        turns += [(bare, page["name"], {"path": page["bare"]}) for page in pages]
        turns.append((bare, "B", {"path": B}))
        times = _times(turns, requests)
        floor = _median(times[bare, "B"])
        rows = []
        for page in pages:
            name, cookie = page["name"], page["cookie"]
            ours.ask("forget")  # what is kept for everyone: what it reads is told of the page made anew
            looks = ours.ask("look", path=page["ours"], cookie=cookie), bare.ask("look", path=page["bare"])
            row = {
                "page": name,
                "counts": page["counts"],
                "budget": page["budget"],
                **_costs(times[ours, name], times[bare, name], floor),
                **_reads(*looks),
            }
            row["statements"] = looks[0]["statements"]
            row["anew"] = sum(one["anew"] and one["joins"] > MOST_JOINS for one in row["statements"])
            row["scans"] = sorted(
                {
                    scan["table"]
                    for one in row["statements"]
                    for scan in one["scans"]
                    if scan["rows"] > MANY_ROWS
                }
            )
            row["cold"] = _cold(ours, page["others"], cookie) / floor if cold and page["others"] else None
            rows.append(row)
    return {"floor": floor, "requests": requests, "pages": rows}


def looked(worker: Remote, *, more: bool = False) -> dict[str, dict[str, Any]]:
    """What each page asks of the database, once its statements have their lasting plans; a kept page made anew."""
    found = {}
    for page in worker.ask("pages", more=more):
        asked = {"path": page["ours"], "cookie": page["cookie"]}
        for _turn in range(WARM_UP):
            worker.ask("forget")
            worker.ask("get", **asked)
        worker.ask("forget")
        found[page["name"]] = {**page, **worker.ask("look", **asked)}
    return found


def _times(turns: list[tuple[Remote, str, Any]], requests: int) -> dict[Any, list[dict[str, Any]]]:
    for worker, _name, asked in turns:
        for _turn in range(WARM_UP):
            worker.ask("get", **asked)
    order = random.Random(SEED)
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for _turn in range(requests):
        order.shuffle(turns)
        for worker, name, asked in turns:
            found[worker, name].append(worker.ask("get", **asked))
    return found


def _median(rows: list[dict[str, Any]], *parts: str) -> float:
    """Milliseconds."""
    return 1000 * statistics.median(sum(row[part] for part in parts or ("own", "base")) for row in rows)


def _error(rows: list[dict[str, Any]]) -> float:
    """The standard error of a median, as a part of it."""
    spent = [row["own"] + row["base"] for row in rows]
    low, middle, high = statistics.quantiles(spent, n=4)
    return 1.253 * (high - low) / 1.349 / math.sqrt(len(spent)) / middle


def _costs(ours: list[dict[str, Any]], bare: list[dict[str, Any]], floor: float) -> dict[str, Any]:
    both, twin = _median(ours), _median(bare)
    return {
        "ms": both,
        "own_ms": _median(ours, "own"),
        "base_ms": _median(ours, "base"),
        "bare_ms": twin,
        "x_bare": both / twin,
        "x_floor": both / floor,
        "error": math.hypot(_error(ours), _error(bare)),
        "kB": ours[0]["size"] / 1000,
    }


def _reads(ours: dict[str, Any], bare: dict[str, Any]) -> dict[str, Any]:
    def buffers(look: dict[str, Any]) -> int:
        return sum(int(one["buffers"]) for one in look["statements"])

    return {
        "queries": ours["queries"],
        "bare_queries": bare["queries"],
        "buffers": buffers(ours),
        "bare_buffers": buffers(bare),
    }


def _cold(worker: Remote, paths: list[str], cookie: str) -> float:
    """Milliseconds of a page that nobody saw since the cache was emptied: each of its kind once."""
    rows = []
    for path in paths:
        worker.ask("empty")
        rows.append(worker.ask("get", path=path, cookie=cookie))
    return _median(rows)
