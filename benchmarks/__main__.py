"""`make bench`, or `python -m benchmarks [SIZE …] [--requests N] [--keep]`: generates what is missing, then measures.

A database is kept as long as migrations and generator stay the same, for a day. It stands on the embedded server of the
tests, whose writes are quick and not safe: only reading is measured. With `--keep` the results go to benchmarks/results
and docs/bench.md.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

from benchmarks import measuring, results
from tools.local import servers
from tools.local.paths import ROOT, private_directory

GENERATOR = [
    f"benchmarks/{name}.py"
    for name in ("loading", "plainly", "fill", "world", "region", "learners", "traces")
]
SIZES = (1_000, 20_000)
SETTINGS = "benchmarks.settings"
CACHE = 60  # of the numbered databases of Valkey: what others keep there is not emptied


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("sizes", nargs="*", type=int)
    parser.add_argument("--requests", type=int, default=measuring.REQUESTS)
    parser.add_argument("--keep", action="store_true")
    asked = parser.parse_args()
    servers.prepare_environment("portal.settings.test")
    for size in asked.sizes or SIZES:
        environment = filled(size)
        print(f"\n{size:,} students", flush=True)
        measured = measuring.measured(environment, asked.requests)
        print(f"B {measured['floor']:.2f} ms\n{results.table(measured)}", flush=True)
        for row in measured["pages"]:
            if missed := results.over(row):
                print(f"{row['page']}: over {', '.join(missed)}")
        if asked.keep:
            results.keep(size, measured, _how(size))
            results.write()
    return 0


def environment_of(size: int) -> dict[str, str]:
    """The environment of a process on the database with so many students."""
    from tests import databases  # noqa: PLC0415 - reads the environment that main() makes

    home = private_directory(databases.HOME / "bench")
    cache = urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{CACHE}"))
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        **servers.urls_of(f"leerpact_bench_{size}"),
        "REDIS_URL": cache,
        "STATIC_ROOT": str(private_directory(home / "static")),
        "MEDIA_ROOT": str(private_directory(home / "media")),
        "PYTHONPATH": str(ROOT),
    }


def filled(size: int) -> dict[str, str]:
    """The same, once everything is in it."""
    from tests import databases  # noqa: PLC0415

    name = f"leerpact_bench_{size}"
    environment = environment_of(size)

    def fill() -> None:
        began = time.monotonic()
        databases.make_anew(name, databases.migrated())
        command = [sys.executable, "-m", "benchmarks.fill", str(size), str(_note(size))]
        print(f"{size:,} students: filling the database …", flush=True)
        subprocess.run(command, cwd=ROOT, env=environment, check=True)
        print(f"filled in {time.monotonic() - began:.0f} s", flush=True)

    today = time.strftime("%Y-%m-%d")  # the rows count from today
    wanted = databases.fingerprint("*/migrations/*.py", *GENERATOR)
    databases.once(name, f"{wanted} {today}", fill)
    static = [
        sys.executable,
        "-c",
        "import django; django.setup(); from demo import static_files; static_files.collect()",
    ]
    subprocess.run(static, cwd=ROOT, env=environment, check=True)
    return environment


def _note(size: int) -> os.PathLike[str]:
    from tests import databases  # noqa: PLC0415

    return private_directory(databases.HOME / "bench") / f"{size}.filled.json"


def _how(size: int) -> dict[str, int]:
    """How long filling took, and for how many rows."""
    with open(_note(size)) as file:
        return dict(json.load(file))


if __name__ == "__main__":
    sys.exit(main())
