"""`python -m drills.load`: a public that comes at a steady rate, then twice as many, then as before.

At the rate all are answered, none of them much later than most, and the portal does not grow. At twice the rate, or at
twice what this machine can do where that is more, nobody waits over the seconds of `WEB_QUEUE` for a turn: they hear 503
and when to come back. Ten seconds after it all is as before. Planted fault: all wait for as long as it takes.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import statistics
import subprocess
import sys
import urllib.request
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import psycopg

from benchmarks.__main__ import environment_of, filled
from drills.load.arrivals import Answer, Public
from drills.verdicts import Verdict, number, seed
from tests import databases
from tools.local import processes, servers
from tools.local.paths import ROOT, VAR, private_directory

RATE, SECONDS, STUDENTS = 100, 600, 1_000
WARM_UP, CAN, OVER, RECOVERY, AFTER = 60.0, 20.0, 60.0, 10.0, 20.0  # seconds
# The 99th of a hundred against the middle one; memory at the end against the beginning.
SPREAD, GROWTH = 10.0, 1.05
QUEUE = 2.0  # seconds in a row; then comes what an answer takes while all threads are busy
ALL_BUSY = 16  # who ask again at once: twice as many as there are threads
SETTINGS = "drills.load.settings"
TELL = "import django; django.setup(); from drills.load import audience; audience.tell({seed})"


@dataclass
class Run:
    """What was seen of one portal."""

    can: float
    busy: float  # the longest that one of those waited who kept all threads busy
    steady: list[Answer]
    over: list[Answer]
    after: list[Answer]
    over_rate: float
    grown: float
    lost: int = 0


def main() -> int:
    verdict = Verdict("load", seed=str(seed()))
    servers.prepare_environment("portal.settings.test")
    size, rate = int(number("DRILL_STUDENTS", STUDENTS)), number("DRILL_RATE", RATE)
    seconds = number("DRILL_SECONDS", SECONDS)
    over = min(OVER, seconds)
    filled(size)
    with databases.copy_of(f"leerpact_bench_{size}", "load") as name:
        environment = {**environment_of(size), "DJANGO_SETTINGS_MODULE": SETTINGS, **servers.urls_of(name)}
        audience = _audience(environment)
        run = _run(environment, audience, rate, seconds, over)
        print(_counts(run), file=sys.stderr, flush=True)
        control = _run({**environment, "WEB_QUEUE": "0"}, audience, rate, min(seconds, 10), min(over, 20))
    verdict.counts = f"{size:,} students, {_counts(run)}"
    verdict.faults = [*_steady(run), *_overloaded(run), *_recovered(run)]
    found = [fault for fault in _overloaded(control) if "waited" in fault]
    verdict.planted = {"all wait for their turn": found[0] if found else None}
    return verdict.tell()


def _audience(environment: dict[str, str]) -> dict[str, list[tuple[str, str]]]:
    command = [sys.executable, "-c", TELL.format(seed=seed())]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True)
    made: dict[str, list[tuple[str, str]]] = json.loads(done.stdout)
    return made


def _run(
    environment: dict[str, str],
    audience: dict[str, list[tuple[str, str]]],
    rate: float,
    seconds: float,
    over: float,
) -> Run:
    with _portal(environment) as (port, pid):
        public = Public(port, audience["reads"], audience["writes"], random.Random(seed()))
        run = asyncio.run(_day(public, pid, rate, seconds, over))
    return replace(run, lost=_lost(public, environment["DATABASE_OWNER_URL"]))


async def _day(public: Public, pid: int, rate: float, seconds: float, over: float) -> Run:
    await public.come(rate / 2, WARM_UP)
    can, busy = await public.press_on(ALL_BUSY, min(CAN, seconds))
    begun = [_memory(pid)]
    steady = await public.come(rate, seconds / 2)
    begun.append(_memory(pid))
    steady += await public.come(rate, seconds / 2)
    grown = _memory(pid) / max(begun)
    over_rate = max(2 * rate, 2 * can)
    crowd = await public.come(over_rate, over)
    await asyncio.sleep(RECOVERY)
    after = await public.come(min(rate, can / 2), AFTER)
    return Run(can, busy, steady, crowd, after, over_rate, grown)


@contextlib.contextmanager
def _portal(environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The web server as docs/deploy.md has it, and the process above its workers."""
    port, home = processes.free_port(), private_directory(VAR / "drill-load")
    command = [sys.executable, "-m", "gunicorn", "-c", "python:portal.gunicorn_conf", "portal.wsgi"]
    options = [
        f"--bind=127.0.0.1:{port}",
        "--max-requests=0",
    ]  # a worker made anew would hide what it gathers
    with (home / "web.log").open("ab") as log:
        process = subprocess.Popen(
            [*command, *options],
            cwd=ROOT,
            env={**environment, "TRUSTED_PROXIES": "1", "MEDIA_ROOT": str(home / "media")},
            stdout=log,
            stderr=log,
        )
    try:
        if not processes.wait_until(lambda: _answers(port), 60):
            raise SystemExit(f"the web server does not answer: see the end of {home / 'web.log'}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(40)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://localhost:{port}/livez", timeout=5).close()
    except OSError:
        return False
    return True


def _memory(pid: int) -> int:
    """Bytes that the workers hold, what they share with each other divided among them."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    rollups = [Path(f"/proc/{child}/smaps_rollup").read_text() for child in children]
    return sum(
        int(line.split()[1]) for text in rollups for line in text.splitlines() if line.startswith("Pss:")
    )


def _lost(public: Public, url: str) -> int:
    """How many of the texts that were answered with yes are not there."""
    with psycopg.connect(url) as connection:
        rows = connection.execute(
            "SELECT text FROM students_evidence WHERE text = ANY(%s)", [public.written]
        ).fetchall()
    return len(set(public.written)) - len({text for (text,) in rows})


def _percentile(answers: list[Answer], hundredth: int) -> float:
    return statistics.quantiles([one.seconds for one in answers], n=100)[hundredth - 1]


def _counts(run: Run) -> str:
    middle, late = _percentile(run.steady, 50), _percentile(run.steady, 99)
    told = Counter(one.status for one in run.over)
    longest = max(one.seconds for one in run.over)
    return (
        f"can do {run.can:.0f}/s, {ALL_BUSY} together wait {run.busy:.1f} s at most; "
        f"steady: {len(run.steady):,} answers, p50 {middle * 1000:.0f} ms, p99 {late / middle:.1f} x, "
        f"memory x {run.grown:.3f}; at {run.over_rate:.0f}/s: {len(run.over):,} answers, {told[503]:,} of them 503, "
        f"the longest {longest:.1f} s; {RECOVERY:.0f} s later p50 x {_percentile(run.after, 50) / middle:.1f}; "
        f"{run.lost} lost"
    )


def _steady(run: Run) -> Iterator[str]:
    wrong = Counter((one.status, one.path) for one in run.steady if one.status not in {200, 302})
    if wrong:
        yield f"steady: {sum(wrong.values())} of {len(run.steady)} answers were errors: {wrong.most_common(5)}"
    spread = _percentile(run.steady, 99) / _percentile(run.steady, 50)
    if spread > SPREAD:
        yield f"steady: the 99th of a hundred waited {spread:.1f} times as long as the middle one"
    if run.grown > GROWTH:
        yield f"steady: memory grew by {run.grown - 1:.1%}"
    if run.lost:
        yield f"{run.lost} writes that were answered with yes are gone"


def _overloaded(run: Run) -> Iterator[str]:
    most = QUEUE + max(1.0, run.busy)
    late = [one.seconds for one in run.over if one.seconds > most]
    if late:
        yield f"overload: {len(late)} of {len(run.over)} waited over {most:.1f} s, the longest {max(late):.1f} s"
    odd = Counter(one.status for one in run.over if one.status not in {200, 302, 503})
    if odd or any(not one.says_when for one in run.over if one.status == 503):
        yield f"overload: answers of {dict(odd)}, or 503 without a time to come back"


def _recovered(run: Run) -> Iterator[str]:
    wrong = Counter(one.status for one in run.after if one.status not in {200, 302})
    if wrong:
        yield f"{RECOVERY:.0f} s after the overload {dict(wrong)} of {len(run.after)} answers"
    slower = _percentile(run.after, 50) / _percentile(run.steady, 50)
    if slower > 2:
        yield f"{RECOVERY:.0f} s after the overload pages take {slower:.1f} times as long"


if __name__ == "__main__":
    sys.exit(main())
