"""`python -m drills.load`: a public that comes at a steady rate, then twice as many, then as before.

At the rate all are answered, none of them much later than most, and the portal does not grow. At twice the rate, or at
twice what this machine can do where that is more, nobody waits over the seconds of `WEB_QUEUE` for a turn: they hear 503
and when to come back. Ten seconds after it all is as before. Planted faults: all wait for as long as it takes, a yes to
what is not there, and one of each kind in made answers (`drills.load.planted`).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import replace

from benchmarks.__main__ import environment_of, filled
from drills.load.arrivals import Public
from drills.load.judging import ALL_BUSY, RECOVERY, Run, counts, lost, memory, overloaded, recovered, steady
from drills.load.planted import found
from drills.verdicts import Verdict, number, seed
from tests import databases
from tools.local import processes, servers
from tools.local.paths import ROOT, VAR, private_directory

RATE, SECONDS, STUDENTS = 100, 600, 1_000
WARM_UP, CAN, OVER, AFTER = 60.0, 20.0, 60.0, 20.0  # seconds
NEVER = "a text that nobody handed in"
SETTINGS = "drills.load.settings"
TELL = "import django; django.setup(); from drills.load import audience; audience.tell({seed})"


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
        print(counts(run), file=sys.stderr, flush=True)
        control = _run({**environment, "WEB_QUEUE": "0"}, audience, rate, min(seconds, 10), min(over, 20))
        missed = lost([*run.written, NEVER], environment["DATABASE_OWNER_URL"]) - run.lost
    verdict.counts = f"{size:,} students, {counts(run)}"
    verdict.faults = [*steady(run), *overloaded(run), *recovered(run)]
    waits = [fault for fault in overloaded(control) if "waited" in fault]
    verdict.planted = {
        "all wait for their turn": waits[0] if waits else None,
        "a yes to what is not there": f"{missed} missed" if missed else None,
        **found(),
    }
    for what, how in verdict.planted.items():
        print(f"planted: {what}: {how}", file=sys.stderr, flush=True)
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
    return replace(run, written=public.written, lost=lost(public.written, environment["DATABASE_OWNER_URL"]))


async def _day(public: Public, pid: int, rate: float, seconds: float, over: float) -> Run:
    await public.come(rate / 2, WARM_UP)
    can, busy = await public.press_on(ALL_BUSY, min(CAN, seconds))
    held = [memory(pid)]
    in_time = await public.come(rate, seconds / 2)
    held.append(memory(pid))
    in_time += await public.come(rate, seconds / 2)
    held.append(memory(pid))
    over_rate = max(2 * rate, 2 * can)
    crowd = await public.come(over_rate, over)
    await asyncio.sleep(RECOVERY)
    after = await public.come(min(rate, can / 2), AFTER)
    return Run(can, busy, in_time, crowd, after, over_rate, held)


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


if __name__ == "__main__":
    sys.exit(main())
