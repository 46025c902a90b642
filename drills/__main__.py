"""`make drill`: one line a drill, and on the way one of each part to see how far it is.

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
from tests import databases
from tools.local import servers
from tools.local.paths import ROOT

SETTINGS = "portal.settings.test"
NAMES = ("places", "plans")
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
    servers.prepare_environment(SETTINGS)
    sequences = int(os.environ.get("DRILL_SEQUENCES") or SEQUENCES)
    seed = int(os.environ.get("DRILL_SEED") or 20261128)
    databases.migrated()
    began, passed = time.monotonic(), []
    with ThreadPoolExecutor(int(os.environ.get("DRILL_WORKERS") or 2)) as pool:
        waiting = {
            name: [pool.submit(part.run) for part in parts_of(name, sequences, seed)] for name in NAMES
        }
        for name, futures in waiting.items():
            answers = [future.result() for future in futures]
            passed.append(_told(name, answers, seed, time.monotonic() - began))
    return 0 if all(passed) else 1


def _told(name: str, answers: list[dict[str, object]], seed: int, seconds: float) -> bool:
    """Print the line of a drill, and below it what went wrong; says whether it passed."""
    controls, parts = answers[: len(CONTROLS)], answers[len(CONTROLS) :]
    count = {
        key: sum(int(str(part.get(key, 0))) for part in parts) for key in ("sequences", "done", "refused")
    }
    divergences = [str(part["divergence"]) for part in parts if part.get("divergence")]
    errors = [str(answer["error"]) for answer in answers if "error" in answer]
    found = {what: after for control in controls for what, after in control.items() if what != "error"}
    missed = [what for what, after in found.items() if after is None]
    is_good = bool(found) and not (divergences or errors or missed)
    after = ", ".join(str(number) for number in found.values() if number is not None)
    print(
        f"{'ok' if is_good else 'FAILED':7} {name}: {count['sequences']:,} sequences, {count['done']:,} acts done, "
        f"{count['refused']:,} refused, {len(divergences)} divergences · seed {seed} · control: "
        f"{len(found) - len(missed)} of {len(found)} planted faults found, after {after or 'none'} sequences · "
        f"{seconds:.0f} s",
        flush=True,
    )
    for note in (*divergences, *errors, *(f"not found: {what}" for what in missed)):
        print(note, flush=True)
    return is_good


if __name__ == "__main__":
    sys.exit(main())
