"""`python -m drills.mail_broker`: the broker is restarted, stopped, emptied and full; mail goes again within 30 seconds.

What is watched is the mail, not the worker: one that reconnected and takes nothing any more would look alive.
"""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress

import redis

from drills import verdicts
from drills.mail_ground import Ground, ground, signal_all
from tools.local.processes import wait_until

ROUNDS = int(verdicts.number("DRILL_ROUNDS", 3))
AWAY = verdicts.number("DRILL_SECONDS", 20)  # that the broker is silent or full
MOST_SECONDS = 30
LONGEST = 60  # that is looked for it


def restarted(here: Ground) -> None:
    signal_all([here.broker_pid], signal.SIGKILL)
    time.sleep(2)
    here.start_broker()


def stopped(here: Ground) -> None:
    pid = here.broker_pid
    signal_all([pid], signal.SIGSTOP)
    time.sleep(AWAY)
    signal_all([pid], signal.SIGCONT)


def emptied(here: Ground) -> None:
    with here.broker() as broker:
        broker.flushall()


def full(here: Ground) -> None:
    """Nothing can be written; what was full is given room again."""
    with here.broker() as broker:
        broker.config_set("maxmemory-policy", "noeviction")
        broker.config_set("maxmemory", "1mb")
        time.sleep(AWAY)
        broker.config_set("maxmemory", "0")


TROUBLES: dict[str, Callable[[Ground], None]] = {
    "restarted": restarted, "stopped": stopped, "emptied": emptied, "full": full
}  # fmt: skip


def goes_after(here: Ground, mark: str, seconds: float) -> float | None:
    """How long until a mail that nobody was told of goes; None when it does not."""
    began = time.monotonic()
    here.queue(1, mark)
    wanted = f"<{mark}-1@drill.example>"

    def is_there() -> bool:
        here.revive()
        return wanted in here.received()

    went = wait_until(is_there, seconds)
    return time.monotonic() - began if went else None


def run(rounds: int, names: Sequence[str], plant: str = "") -> tuple[dict[str, float], list[str], int]:
    """The slowest of each trouble, what did not go in time, and how often a worker or clock had ended of itself."""
    slowest: dict[str, float] = {}
    faults = []
    with ground("drill_mail_broker", plant=plant) as here:
        here.start_clock()
        here.start_worker()
        if goes_after(here, "first", 90) is None and not plant:
            return slowest, ["no mail goes at all"], here.revived
        for turn in range(rounds):
            for name in names:
                with suppress(redis.RedisError):
                    TROUBLES[name](here)
                took = goes_after(here, f"{name}{turn}", LONGEST)
                slowest[name] = max(slowest.get(name, 0), took or LONGEST)
                if took is None or took > MOST_SECONDS:
                    faults.append(f"{name}: a mail went after {took and f'{took:.0f}'} s")
                print(f"{turn + 1} {name}: {took}", file=sys.stderr, flush=True)
        revived = here.revived
    return slowest, faults, revived


def main() -> int:
    verdict = verdicts.Verdict("mail_broker")
    slowest, verdict.faults, revived = run(ROUNDS, tuple(TROUBLES))
    told = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in slowest.items())
    verdict.counts = (
        f"{ROUNDS} times each, mail goes again within: {told}; {revived} times a process ended and came back"
    )
    _slowest, found, _revived = run(1, ("emptied",), "no_sweep")
    verdict.planted["no_sweep"] = found[0] if found else None
    return verdict.tell()


if __name__ == "__main__":
    sys.exit(main())
