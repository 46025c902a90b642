"""`python -m drills.mail_speed`: 100,000 mails are due behind two million that went; how fast they go to a local server.

At least 200 a second by two workers, and the question with which a worker takes its next ones in at most 5 ms.
"""

from __future__ import annotations

import re
import resource
import subprocess
import sys
import time
from typing import Any

from drills import verdicts
from drills.mail_ground import Ground, ground
from tools.local.paths import ROOT

MAILS = int(verdicts.number("DRILL_MAILS", 100_000))
SENT = int(verdicts.number("DRILL_SENT", 2_000_000))  # that lie behind them
WORKERS = 2
LEAST_A_SECOND, MOST_OF_CLAIM = 200, 5.0
BEGIN = """
import django
django.setup()
from core import outbox
while outbox.deliver_due(run_seconds=20):
    pass
"""
CLAIM = """
EXPLAIN (ANALYZE, BUFFERS)
SELECT id, claimed_by, attempts, due_at FROM core_outgoingmail
WHERE state = 'queued' AND due_at <= now() AND (due_at, id) > (%(due_at)s::timestamptz, %(pk)s::bigint)
ORDER BY due_at, id LIMIT 20 FOR UPDATE SKIP LOCKED
"""
FIRST = "SELECT due_at, id FROM core_outgoingmail WHERE state = 'queued' ORDER BY due_at, id LIMIT 1"
TIME = re.compile(r"Execution Time: ([\d.]+) ms")


def claim_time(here: Ground, due_at: Any = "0001-01-01 00:00Z", pk: int = 0) -> float:
    """The middle one of nine, in milliseconds, as the database measures it, from where a run has come."""
    times = []
    for _turn in range(9):
        plan = "\n".join(row[0] for row in here.ask(CLAIM, due_at=due_at, pk=pk))
        found = TIME.search(plan)
        assert found, plan
        times.append(float(found.group(1)))
    return sorted(times)[len(times) // 2]


def deliver(here: Ground) -> tuple[float, float, float]:
    """How many a second go; the milliseconds of CPU that a mail costs the workers, and with database and mail server."""
    began, before, others = time.monotonic(), _cpu(), here.cpu()
    command = [sys.executable, "-c", BEGIN]
    workers = [subprocess.Popen(command, cwd=ROOT, env=here.environment) for _number in range(WORKERS)]
    for worker in workers:
        worker.wait()
    rate = MAILS / (time.monotonic() - began)
    own, all_used = _cpu() - before, _cpu() - before + here.cpu() - others
    return rate, own * 1000 / MAILS, all_used * 1000 / MAILS


def _cpu() -> float:
    """Seconds of those that ended and were waited for: the workers, and nothing else meanwhile."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> int:
    verdict = verdicts.Verdict("mail_speed")
    with ground("drill_mail_speed") as here:
        for start in range(0, SENT, 250_000):
            here.queue(min(250_000, SENT - start), f"old{start}", "sent")
            print(f"{start:,} sent and more", file=sys.stderr, flush=True)
        here.queue(MAILS)
        here.ask("VACUUM ANALYZE core_outgoingmail")
        first = claim_time(here)
        rate, cpu, all_cpu = deliver(here)
        here.queue(1000, "again")
        begins, last = claim_time(here), claim_time(here, *here.ask(FIRST)[0])
        rows = here.received()
        lost = int(
            here.ask("SELECT count(*) FROM core_outgoingmail WHERE state <> 'sent' AND kind = 'drill'")[0][0]
        )
        lost -= 1000  # those of the last question
        twice = sum(len(times) > 1 for times in rows.values())
        here.ask("DROP INDEX outgoingmail_due")
        without = claim_time(here)
    verdict.counts = (
        f"{MAILS:,} due behind {SENT:,} sent: {rate:.0f} a second by {WORKERS} workers, {cpu:.1f} ms of CPU "
        f"a mail in them and {all_cpu:.1f} with database and mail server, "
        f"claim {first:.2f} ms before and {last:.2f} ms after ({begins:.2f} ms for the first of a run, which passes by "
        f"what went), {lost} not sent, {twice} twice"
    )
    if rate < LEAST_A_SECOND:
        verdict.faults.append(f"{rate:.0f} a second is less than {LEAST_A_SECOND}")
    if max(first, last) > MOST_OF_CLAIM:
        verdict.faults.append(f"a claim takes {max(first, last):.2f} ms, more than {MOST_OF_CLAIM}")
    if lost or twice:
        verdict.faults.append(f"{lost} mails not sent, {twice} twice")
    verdict.planted["without its index"] = f"{without:.0f} ms" if without > MOST_OF_CLAIM else None
    return verdict.tell()


if __name__ == "__main__":
    sys.exit(main())
