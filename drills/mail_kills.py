"""`python -m drills.mail_kills`: 10,000 mails are due while workers, clock, broker, database and mail server are killed.

Nothing is lost, all that was due is sent within a minute of recovery, and nothing is sent twice but in the one window of
SMTP: something died between the last dot of a mail and our commit. The second then has the same Message-ID.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import psycopg

from drills import verdicts
from drills.mail_ground import Ground, ground, kill, signal_all
from tools.local.processes import wait_until

KILLS = int(verdicts.number("DRILL_KILLS", 500))
MAILS = int(verdicts.number("DRILL_MAILS", 10_000))
WORKERS, THREADS = 2, 2
MOST_SECONDS = 60  # after recovery, or after the mail's own hour when that comes later
MOST_WAIT = 420  # until the longest own wait of a mail at which the server broke off is over
# Seconds at most until the next mail shows that there is something to kill: a worker starts slowly.
UNDER_WAY = 12
WINDOW = 1.5  # seconds from the last dot in which a kill explains a copy
WEIGHTS = {
    "worker": 8, "worker_stop": 3, "clock": 2, "clock_stop": 1, "broker": 3, "broker_stop": 1, "broker_flush": 2,
    "database": 2, "database_stop": 1, "mail_server": 3, "mail_server_stop": 1,
}  # fmt: skip
# What these do can leave a mail of which nobody knows whether it is out.
BETWEEN = {"worker", "worker_stop", "database", "database_stop", "mail_server", "mail_server_stop"}


@dataclass
class Seen:
    """What came of a run."""

    kills: Counter[str] = field(default_factory=Counter)
    lost: int = 0
    late: int = 0
    slowest: float = 0
    copies: int = 0
    unexplained: int = 0
    strange: int = 0

    def faults(self) -> list[str]:
        said = {
            "lost": self.lost,
            "late": self.late,
            "sent twice without a kill in the window": self.unexplained,
            "with another Message-ID": self.strange,
        }
        return [f"{number} mails {what}" for what, number in said.items() if number]


@dataclass
class Killer:
    """Kills and stops by chance; `windows` are from when to when something was dying that leaves doubt."""

    here: Ground
    chance: random.Random
    windows: list[tuple[float, float]] = field(default_factory=list)

    def once(self) -> str:
        what = self.chance.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        began = time.time()
        self._acts()[what]()
        if what in BETWEEN:
            self.windows.append((began, time.time()))
        return what

    def _acts(self) -> dict[str, Callable[[], None]]:
        return {
            "worker": self._kill_worker,
            "worker_stop": lambda: self._stopped(self.chance.choice(self.here.workers)),
            "clock": self._kill_clock,
            "clock_stop": lambda: self._stopped(self.here.clock),
            "broker": self._kill_broker,
            "broker_stop": lambda: self._stopped_pids([self.here.broker_pid]),
            "broker_flush": self._flush_broker,
            "database": self._kill_database,
            "database_stop": lambda: self._stopped_pids(self.here.database_pids()),
            "mail_server": self.kill_mail_server,
            "mail_server_stop": lambda: self._stopped(self.here.sink),
        }

    def explains(self, at: float) -> bool:
        return any(began - WINDOW <= at <= ended + WINDOW for began, ended in self.windows)

    def _pause(self, longest: float = 1.5) -> None:
        time.sleep(self.chance.uniform(0.05, longest))

    def _kill_worker(self) -> None:
        kill(self.here.workers.pop(self.chance.randrange(len(self.here.workers))))
        self.here.start_worker()

    def _kill_clock(self) -> None:
        kill(self.here.clock)
        self.here.start_clock()

    def kill_mail_server(self) -> None:
        kill(self.here.sink)
        self._pause(0.5)
        self.here.start_sink()

    def _kill_broker(self) -> None:
        signal_all([self.here.broker_pid], signal.SIGKILL)
        self._pause(0.5)
        self.here.start_broker()

    def _flush_broker(self) -> None:
        with suppress(Exception), self.here.broker() as broker:
            broker.flushall()

    def _kill_database(self) -> None:
        signal_all(self.here.database_pids(), signal.SIGKILL)
        self.here.start_database()

    def _stopped(self, process: subprocess.Popen[bytes] | None) -> None:
        kill(process, signal.SIGSTOP)
        self._pause()
        kill(process, signal.SIGCONT)

    def _stopped_pids(self, pids: list[int]) -> None:
        signal_all(pids, signal.SIGSTOP)
        self._pause()
        signal_all(pids, signal.SIGCONT)


def run(*, kills: int, mails: int, seed: int, plant: str = "") -> Seen:
    """So many mails under so many kills, then rest; what became of each mail."""
    # As many mails as the kills last, so that something is under way at each of them.
    pause = max(0.01, kills * 3 * WORKERS * THREADS / mails)
    with ground("drill_mail_kills", plant=plant, threads=THREADS, pause=pause) as here:
        here.queue(mails)
        here.start_clock()
        for _number in range(WORKERS):
            here.start_worker()
        wait_until(lambda: bool(here.received()), 60)
        killer, seen = Killer(here, random.Random(seed)), Seen()
        for number in range(kills):
            before = _size(here)
            seen.kills[killer.once()] += 1
            here.revive()
            here.hint()
            wait_until(partial(_has_grown, here, before), UNDER_WAY)
            time.sleep(killer.chance.uniform(0.02, 0.4))
            if number % 25 == 24:
                print(f"{number + 1} kills, {len(here.received())} mails", file=sys.stderr, flush=True)
        here.pause = 0.005
        killer.kill_mail_server()
        killer.windows.append((time.time() - 1, time.time()))
        recovered = time.time()
        waits = _waits(here)
        wait_until(lambda: (here.revive(), _left(here))[1] == 0, MOST_WAIT)
        _judge(here, killer, seen, recovered, waits)
    return seen


def _size(here: Ground) -> int:
    """How much the mail server has written down."""
    return here.log.stat().st_size if here.log.exists() else 0


def _has_grown(here: Ground, size: int) -> bool:
    return _size(here) > size


def _waits(here: Ground) -> dict[str, float]:
    """When each mail that is left is due by itself, for what the mail server broke off at waits ever longer."""
    rows = here.ask(
        "SELECT message_id, extract(epoch FROM due_at) FROM core_outgoingmail WHERE state = 'queued'"
    )
    return {message_id: float(due) for message_id, due in rows}


def _left(here: Ground) -> int:
    try:
        return int(here.ask("SELECT count(*) FROM core_outgoingmail WHERE state = 'queued'")[0][0])
    except psycopg.Error:
        return -1


def _judge(here: Ground, killer: Killer, seen: Seen, recovered: float, waits: dict[str, float]) -> None:
    received = here.received()
    rows = here.ask("SELECT message_id, state, extract(epoch FROM sent_at) FROM core_outgoingmail")
    known = {message_id for message_id, _state, _at in rows}
    seen.lost = sum(message_id not in received or state != "sent" for message_id, state, _at in rows)
    for message_id, state, at in rows:
        if state == "sent" and message_id in waits:
            took = float(at) - max(recovered, waits[message_id])
            seen.slowest = max(seen.slowest, took)
            seen.late += took > MOST_SECONDS
    seen.strange = len(received.keys() - known)
    for times in received.values():
        seen.copies += len(times) - 1
        seen.unexplained += sum(not killer.explains(at) for at in times[:-1])


def main() -> int:
    verdict = verdicts.Verdict("mail_kills", seed=str(verdicts.seed()))
    seen = run(kills=KILLS, mails=MAILS, seed=verdicts.seed())
    verdict.counts = (
        f"{MAILS:,} mails under {seen.kills.total()} kills ({dict(sorted(seen.kills.items()))}): {seen.lost} lost, "
        f"{seen.late} later than {MOST_SECONDS} s after recovery or their own hour (slowest {seen.slowest:.0f} s), "
        f"{seen.copies} copies with the same Message-ID, {seen.unexplained} of them outside the window"
    )
    verdict.faults = seen.faults()
    for plant in ("marked_first", "other_id"):
        found = run(kills=25, mails=400, seed=verdicts.seed(), plant=plant).faults()
        verdict.planted[plant] = found[0] if found else None
    return verdict.tell()


if __name__ == "__main__":
    sys.exit(main())
