"""`python -m drills.migrating`: a new release is migrated while a public uses the old one, on filled tables (R8).

Somebody's long report keeps reading the same tables meanwhile, so that locks are waited for. Nobody may see an error, and no
lock may be waited for longer than two seconds. Planted fault: the same all at once, by a migrate that waits for ever.
"""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import psycopg

from benchmarks.__main__ import environment_of, filled
from drills.load.__main__ import _audience, _portal
from drills.load.arrivals import Answer, Public
from drills.verdicts import Verdict, number, seed
from tests import databases
from tools.local import servers
from tools.local.paths import ROOT

STUDENTS, RATE = 20_000, 50
MOST_WAITED = 2.0  # seconds
AROUND = 4.0  # seconds of use before and after
TOGETHER = 8  # who ask again at once, to see what the machine can do
REPORT, PAUSE = 0.9, 0.4  # seconds that a report reads, and rests
WAITS = """
SELECT coalesce(max(extract(epoch FROM clock_timestamp() - lock.waitstart)), 0)
FROM pg_locks lock JOIN pg_stat_activity who USING (pid) WHERE NOT lock.granted AND who.usename = %s
"""
SETTINGS = "drills.migrating.settings"


@dataclass
class Seen:
    """What was seen while it migrated."""

    answers: list[Answer] = field(default_factory=list)
    waited: float = 0.0
    took: float = 0.0
    tries: int = 0
    rate: float = 0.0
    fault: str = ""

    @property
    def wrong(self) -> Counter[int]:
        return Counter(one.status for one in self.answers if one.status not in {200, 302})


def main() -> int:
    verdict = Verdict("migrating", seed=str(seed()))
    servers.prepare_environment("portal.settings.test")
    size, rate = int(number("DRILL_STUDENTS", STUDENTS)), number("DRILL_RATE", RATE)
    filled(size)
    with databases.copy_of(f"leerpact_bench_{size}", "migrating") as name:
        environment = {**environment_of(size), "DJANGO_SETTINGS_MODULE": SETTINGS, **servers.urls_of(name)}
        audience = _audience(environment)
        steps = _migrated(environment, audience, rate, "coming")
        once = _migrated(environment, audience, rate, "spoilt", "--lock-seconds=0", "--tries=1")
    errors, others = sum(steps.wrong.values()), sum(once.wrong.values())
    verdict.counts = (
        f"{size:,} students, {steps.rate:.0f} requests/s: {len(steps.answers):,} answers, {errors} errors; "
        f"longest wait for a lock {steps.waited:.1f} s; migrated in {steps.took:.0f} s, {steps.tries} times tried again; "
        f"all at once: {others} errors, {once.waited:.1f} s"
    )
    verdict.faults = [*_faults(steps)]
    verdict.planted = {
        "all at once": next((fault for fault in _faults(once) if "migrate" not in fault), None)
    }
    return verdict.tell()


def _faults(seen: Seen) -> Iterator[str]:
    if seen.fault:
        yield f"migrate: {seen.fault}"
    if seen.wrong:
        yield f"{sum(seen.wrong.values())} of {len(seen.answers)} answers were errors: {dict(seen.wrong)}"
    if seen.waited > MOST_WAITED:
        yield f"someone waited {seen.waited:.1f} s for a lock"


def _migrated(
    environment: dict[str, str], audience: dict[str, list[tuple[str, str]]], rate: float, *what: str
) -> Seen:
    seen = Seen()
    with _portal(environment) as (port, _pid), _looked_at(environment, seen), _reported(environment):
        public = Public(port, audience["reads"], audience["writes"], random.Random(seed()))
        asyncio.run(public.come(rate / 5, 2 * AROUND))  # a warm portal
        can, _busy = asyncio.run(public.press_on(TOGETHER, AROUND))
        # The migration takes a core of the two: a machine that cannot do the rate would say 503 for that alone.
        seen.rate = min(rate, can / 4)
        asyncio.run(public.come(seen.rate / 2, AROUND))
        seen.answers = asyncio.run(_used(public, seen.rate, environment, what, seen))
    return seen


async def _used(
    public: Public, rate: float, environment: dict[str, str], what: tuple[str, ...], seen: Seen
) -> list[Answer]:
    first = len(public.answers)
    coming = asyncio.create_task(_until(public, rate, ended := asyncio.Event()))
    await asyncio.sleep(AROUND)
    began = time.monotonic()
    command = [sys.executable, "-m", "django", "migrate", *what, "--verbosity=0"]
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    seen.took = time.monotonic() - began
    seen.tries = done.stderr.count("trying again")
    seen.fault = (done.stderr.strip().splitlines() or ["?"])[-1] if done.returncode else ""
    await asyncio.sleep(AROUND)
    ended.set()
    await coming
    return public.answers[first:]


async def _until(public: Public, rate: float, ended: asyncio.Event) -> None:
    while not ended.is_set():
        await public.come(rate, 1)


@contextmanager
def _beside(act: Callable[[threading.Event], None]) -> Iterator[None]:
    stop = threading.Event()
    thread = threading.Thread(target=act, args=(stop,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(10)


@contextmanager
def _looked_at(environment: dict[str, str], seen: Seen) -> Iterator[None]:
    """The longest wait for a lock of whoever runs the portal, looked at every twentieth of a second."""
    role = environment["DATABASE_URL"].partition("://")[2].partition(":")[0]

    def look(stop: threading.Event) -> None:
        with psycopg.connect(environment["DATABASE_OWNER_URL"], autocommit=True) as connection:
            while not stop.wait(0.05):
                row = connection.execute(WAITS, [role]).fetchone()
                seen.waited = max(seen.waited, float(row[0]) if row else 0.0)

    with _beside(look):
        yield


@contextmanager
def _reported(environment: dict[str, str]) -> Iterator[None]:
    """A report that reads the same tables, again and again, as a copy by pg_dump would."""

    def read(stop: threading.Event) -> None:
        with psycopg.connect(environment["DATABASE_OWNER_URL"]) as connection:
            while not stop.wait(PAUSE):
                connection.execute("SELECT count(*) FROM students_evidence WHERE id < 1000")
                connection.execute("SELECT count(*) FROM students_goal WHERE id < 1000")
                stop.wait(REPORT)
                connection.rollback()

    with _beside(read):
        yield


if __name__ == "__main__":
    sys.exit(main())
