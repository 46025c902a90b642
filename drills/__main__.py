"""`make drill`: each drill on a database of its own, two side by side; one line a drill."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests import databases
from tools.local import servers
from tools.local.paths import ROOT

SETTINGS = "portal.settings.test"
NAMES = ("places", "plans")
SEQUENCES = 1000  # of each; 2,000 together
BEGIN = """
import sys, django
django.setup()
from core import calendars
from drills import running
calendars.fill(years=range(2025, 2030))
running.begin(running.DRILLS[sys.argv[1]])
passed, line = running.told(sys.argv[1], sequences=int(sys.argv[2]), number=int(sys.argv[3]))
print(line)
sys.exit(not passed)
"""


def drill(name: str, sequences: int, seed: int) -> bool:
    """Run one in a process of its own and print what it said."""
    with databases.copy_of(databases.migrated(), f"drill_{name}") as database:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, **servers.urls_of(database)}
        command = [sys.executable, "-c", BEGIN, name, str(sequences), str(seed)]
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    print(done.stdout.strip() or f"FAILED  {name}: {done.stderr.strip()[-4000:]}", flush=True)
    return done.returncode == 0


def main() -> int:
    servers.prepare_environment(SETTINGS)
    sequences = int(os.environ.get("DRILL_SEQUENCES") or SEQUENCES)
    seed = int(os.environ.get("DRILL_SEED") or 20261128)
    databases.migrated()
    with ThreadPoolExecutor(2) as pool:
        passed = list(pool.map(lambda name: drill(name, sequences, seed), NAMES))
    return 0 if all(passed) else 1


if __name__ == "__main__":
    sys.exit(main())
