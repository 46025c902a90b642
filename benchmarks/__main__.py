"""`make bench`, or `python -m benchmarks [SIZE …]`: generates what is missing, then measures at each size.

A database is kept as long as migrations and generator stay the same. It stands on the embedded server of the tests,
whose writes are quick and not safe: only reading is measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time

from tools.local import servers
from tools.local.paths import ROOT, private_directory

GENERATOR = [f"benchmarks/{name}.py" for name in ("loading", "world", "region", "learners")]
SIZES = (1_000, 20_000)
SETTINGS = "benchmarks.settings"


def main() -> int:
    servers.prepare_environment("portal.settings.test")
    for size in [int(argument) for argument in sys.argv[1:]] or SIZES:
        environment = _filled(size)
        print(f"\n{size:,} students", flush=True)
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.pages"], cwd=ROOT, env=environment, check=False
        )
        if done.returncode:
            return done.returncode
    return 0


def _filled(size: int) -> dict[str, str]:
    """The environment of a process on the database with so many students."""
    from tests import databases  # noqa: PLC0415 - reads the environment that main() makes

    name = f"leerpact_bench_{size}"
    home = private_directory(databases.HOME / "bench")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        **servers.urls_of(name),
        "STATIC_ROOT": str(private_directory(home / "static")),
        "MEDIA_ROOT": str(private_directory(home / "media")),
        "PYTHONPATH": str(ROOT),
    }

    def fill() -> None:
        databases.make_anew(name, databases.migrated())
        command = [sys.executable, "-m", "benchmarks.fill", str(size)]
        print(f"{size:,} students: filling the database …", flush=True)
        subprocess.run(command, cwd=ROOT, env=environment, check=True)

    today = time.strftime("%Y-%m-%d")  # the rows count from today
    wanted = databases.fingerprint("*/migrations/*.py", *GENERATOR)
    databases.once(name, f"{wanted} {today}", fill)
    return environment


if __name__ == "__main__":
    sys.exit(main())
