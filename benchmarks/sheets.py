"""`python -m benchmarks.sheets [ROWS]`: a list of a million rows as a file, on a database made for it and dropped after.

Says when the first byte came, how long the whole took and how much memory the process gained.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time

ROWS = 1_000_000
NAME = "leerpact_bench_sheet"
SETTINGS = "portal.settings.test"


def main() -> int:
    from tools.local import servers  # noqa: PLC0415 - the settings are chosen first

    servers.prepare_environment(SETTINGS)
    from tests import databases  # noqa: PLC0415 - reads the environment that was just made

    databases.make_anew(NAME, databases.migrated())
    try:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, **servers.urls_of(NAME)}
        rows = sys.argv[1] if len(sys.argv) > 1 else str(ROWS)
        command = [sys.executable, "-m", "benchmarks.sheets", rows, "measure"]
        return subprocess.run(command, env=environment, check=False).returncode
    finally:
        databases.drop(NAME)


def measure(rows: int) -> None:
    import django  # noqa: PLC0415 - the environment came with the process

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from accounts.enums import Role  # noqa: PLC0415
    from benchmarks.loading import Loader  # noqa: PLC0415
    from core.append_only import as_role  # noqa: PLC0415
    from partnerships.models import Location  # noqa: PLC0415
    from tests.factories.partnerships import OrganisationFactory  # noqa: PLC0415
    from tests.helpers import member  # noqa: PLC0415

    organisation = OrganisationFactory()
    manager = member(organisation, Role.MANAGER)
    columns = ["organisation_id", "name", "municipality", "neighbourhood", "pc4"]
    places = ((organisation.pk, f"Locatie {n}", "Lelystad", f"Wijk {n % 90}", "8224") for n in range(rows))
    with as_role("owner"):
        Loader(1).load(Location, columns, places)
    client = Client()
    client.force_login(manager, backend="accounts.backends.AccountBackend")
    path = f"/organisatie/{organisation.slug}/locaties/"
    client.get("/oproepen/")  # what every process loads once is no part of the list
    before, began = _memory(), time.monotonic()
    response = client.get(path, {"download": "csv"})
    stream = iter(response.streaming_content)
    size = len(next(stream))
    first = time.monotonic() - began
    size += sum(len(part) for part in stream)
    total = time.monotonic() - began
    print(
        f"{rows:,} rows, {size / 1e6:.0f} MB: first byte {first:.2f} s, all {total:.0f} s, "
        f"memory +{_memory() - before:.0f} MB"
    )


def _memory() -> float:
    """The most this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    if sys.argv[2:] == ["measure"]:
        measure(int(sys.argv[1]))
    else:
        sys.exit(main())
