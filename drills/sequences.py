"""The drills of random sequences: `python -m drills.sequences places`. On the way one line of each part says how far it is.

The sequences are shared out over processes, each with a database of its own.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from drills.shares import CONTROLS
from drills.verdicts import Verdict, number, seed
from tests import databases
from tools.local import servers
from tools.local.paths import ROOT

SETTINGS = "portal.settings.test"
SEQUENCES = 2000  # of each
PART = 250  # as many in one process: it takes some seconds to start
BEGIN = """
import json, sys
import django
django.setup()
from drills import running
json.dump(running.part(sys.argv[1], sys.argv[2], int(sys.argv[3])), sys.stdout)
"""


@dataclass(frozen=True)
class Part:
    """So many sequences of a drill from a seed, or its planted faults."""

    name: str
    what: str
    seed: int

    def run(self) -> dict[str, object]:
        """What came of it, from a process of its own."""
        began = time.monotonic()
        database = f"drill_{self.name}_{self.what}_{self.seed}"
        with databases.copy_of(databases.migrated(), database) as own:
            environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, **servers.urls_of(own)}
            command = [sys.executable, "-c", BEGIN, self.name, self.what, str(self.seed)]
            done = subprocess.run(
                command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
            )
        if done.returncode:
            return {"error": done.stderr.strip()[-4000:] or "no answer"}
        answer: dict[str, object] = json.loads(done.stdout)
        print(
            f"{self.name} {self.seed}, {time.monotonic() - began:.0f} s: {answer}",
            file=sys.stderr,
            flush=True,
        )
        return answer


def parts_of(name: str, sequences: int, seed: int) -> list[Part]:
    """The planted faults first, then the sequences: each part has a seed of its own that follows from the one given."""
    sizes = [PART] * (sequences // PART) + ([sequences % PART] if sequences % PART else [])
    return [
        *(Part(name, control, seed) for control in CONTROLS),
        *(Part(name, str(size), seed + number) for number, size in enumerate(sizes)),
    ]


def main() -> int:
    name = sys.argv[1]
    verdict = Verdict(name, seed=str(seed()))
    servers.prepare_environment(SETTINGS)
    sequences = int(number("DRILL_SEQUENCES", SEQUENCES))
    databases.migrated()
    with ThreadPoolExecutor(int(number("DRILL_WORKERS", 2))) as pool:
        answers = list(pool.map(Part.run, parts_of(name, sequences, seed())))
    _fill(verdict, answers)
    return verdict.tell()


def _fill(verdict: Verdict, answers: list[dict[str, object]]) -> None:
    """What the parts saw together."""
    controls, parts = answers[: len(CONTROLS)], answers[len(CONTROLS) :]
    count = {
        key: sum(int(str(part.get(key, 0))) for part in parts) for key in ("sequences", "done", "refused")
    }
    divergences = [str(part["divergence"]) for part in parts if part.get("divergence")]
    errors = [str(answer["error"]) for answer in answers if "error" in answer]
    found = {what: after for control in controls for what, after in control.items() if what != "error"}
    verdict.planted = {
        what: None if after is None else f"after {after} sequences" for what, after in found.items()
    }
    verdict.faults = [*divergences, *errors]
    verdict.counts = (
        f"{count['sequences']:,} sequences, {count['done']:,} acts done, {count['refused']:,} refused, "
        f"{len(divergences)} divergences"
    )


if __name__ == "__main__":
    sys.exit(main())
