"""`python -m drills.mail_points`: at each point of the way of a mail each thing goes wrong that can; one end state each.

The points: claim, connect, MAIL, RCPT, DATA, last dot, 250 read, UPDATE, COMMIT. What goes wrong there: the worker is
killed, it meets an error, its database breaks off or falls silent, the mail server answers 421, 450 or 550, falls silent
or resets. Each under both values of `MAIL_AMBIGUOUS`, then a second worker takes over.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from drills import verdicts
from drills.mail_ground import Ground, ground
from tools.local.paths import ROOT

BEGIN = "from drills import mail_point; mail_point.main()"
POLICIES = ("resend", "hold")
OUR_POINTS = ("claim", "claim_commit", "connect", "mail", "rcpt", "data", "dot", "answer", "update", "commit")
OUR_FAULTS = ("kill", "error")
DATABASE_POINTS = ("claim", "claim_commit", "update", "commit")
DATABASE_FAULTS = ("reset", "stall")
SERVER_POINTS = ("greeting", "mail", "rcpt", "data", "dot")
SERVER_FAULTS = ("421", "450", "550", "stall", "reset")
AFTER_DOT = {"answer", "update", "commit"}


@dataclass(frozen=True)
class Case:
    """What goes wrong where, and whose fault it is."""

    point: str
    fault: str
    whose: str
    policy: str

    def expected(self) -> tuple[str, int]:
        """State once a second worker took over, and how often the mail server had the mail whole."""
        if self.whose == "server":
            return self._of_server()
        if self.point == "claim":
            return "sent", 1  # the claim was not written: nothing shows, whoever is next takes it
        if self.policy == "hold":  # the worker is gone with its claim written: it may have been anywhere
            return "held", int(self.point in AFTER_DOT)
        return "sent", 1 + (self.point in AFTER_DOT)

    def _of_server(self) -> tuple[str, int]:
        if self.fault == "550" and self.point in {"rcpt", "data", "dot"}:
            return "failed", int(self.point == "dot")
        if self.point == "dot":
            is_in_doubt = self.fault in {"421", "stall", "reset"}
            return ("held", 1) if is_in_doubt and self.policy == "hold" else ("sent", 2)
        return "sent", 1


def cases() -> Iterator[Case]:
    """All of them."""
    for policy in POLICIES:
        yield from (Case(*one, "worker", policy) for one in product(OUR_POINTS, OUR_FAULTS))
        yield from (Case(*one, "database", policy) for one in product(DATABASE_POINTS, DATABASE_FAULTS))
        yield from (Case(*one, "server", policy) for one in product(SERVER_POINTS, SERVER_FAULTS))


def run(here: Ground, case: Case, plant: str = "") -> tuple[str, int]:
    """One mail through one fault, and a healthy worker after it."""
    here.ask("DELETE FROM core_outgoingmail")
    here.queue(1)
    environment = {**here.environment, "MAIL_AMBIGUOUS": case.policy, "DRILL_PLANT": plant}
    command = [sys.executable, "-c", BEGIN, json.dumps(vars(case))]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    whole = int(done.stdout.strip().splitlines()[-1]) if done.stdout.strip() else -1
    if whole < 0:
        raise RuntimeError(f"{case}: {done.stderr.strip()[-1500:]}")
    ((state,),) = here.ask("SELECT state FROM core_outgoingmail")
    return str(state), whole


def compare(here: Ground, plant: str = "", chosen: list[Case] | None = None) -> tuple[int, list[str]]:
    """How many were tried, and where the end is another."""
    faults = []
    all_cases = chosen or list(cases())
    for number, case in enumerate(all_cases):
        found = run(here, case, plant)
        if found != case.expected():
            faults.append(f"{case}: ended as {found}, not {case.expected()}")
            print(faults[-1], file=sys.stderr, flush=True)
        if number % 20 == 19:
            print(f"{number + 1} of {len(all_cases)}", file=sys.stderr, flush=True)
    return len(all_cases), faults


def main() -> int:
    verdict = verdicts.Verdict("mail_points")
    with ground("drill_mail_points") as here:
        number, verdict.faults = compare(here)
        verdict.counts = f"{number} points × faults × policies, {len(verdict.faults)} with another end"
        planted = {
            "marked_first": [Case(point, "kill", "worker", "resend") for point in ("rcpt", "dot")],
            "never_holds": [Case("answer", "kill", "worker", "hold"), Case("dot", "reset", "server", "hold")],
        }
        for plant, chosen in planted.items():
            _number, found = compare(here, plant, chosen)
            verdict.planted[plant] = f"{len(found)} of {len(chosen)} ends" if found else None
    return verdict.tell()


if __name__ == "__main__":
    os.environ.pop("DATABASE_URL", None)
    sys.exit(main())
