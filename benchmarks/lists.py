"""`python -m benchmarks.lists [ROWS]`: a workbook with 100,000 students read and checked, on a database dropped after.

One row in fifty has something wrong. Says how long it took from the file to the page with every row's outcome, and how much
memory the two processes held at most: this one, and the one that reads the workbook. Ends with 1 when that is more than
SECONDS or MEGABYTES, on a machine that has nothing else to do.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROWS = 100_000
SECONDS = 15
MEGABYTES = 200
NAME = "leerpact_bench_list"
SETTINGS = "portal.settings.test"
HEADER = (
    *("voornaam", "tussenvoegsel", "achternaam", "email", "geboortedatum", "woonplaats", "postcode4", "startdatum"),
    "wensen",
)  # fmt: skip


def main() -> int:
    from tools.local import servers  # noqa: PLC0415 - the settings are chosen first

    servers.prepare_environment(SETTINGS)
    from tests import databases  # noqa: PLC0415 - reads the environment that was just made

    databases.make_anew(NAME, databases.migrated())
    try:
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": SETTINGS, **servers.urls_of(NAME)}
        rows = sys.argv[1] if len(sys.argv) > 1 else str(ROWS)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "list.xlsx"
            write(path, int(rows))
            command = [sys.executable, "-m", "benchmarks.lists", str(path), "measure"]
            return subprocess.run(command, env=environment, check=False).returncode
    finally:
        databases.drop(NAME)


def write(path: Path, rows: int) -> None:
    """A workbook as a school would have it."""
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for n in range(rows):
            day = f"{n % 28 + 1:02}-{n % 12 + 1:02}-{1970 + n % 40}"
            pc4 = "825" if n % 50 == 0 else "8251"
            name = (f"Voor{n}", "van der" if n % 3 else "", f"Achter{n}", f"v{n}@leerling.example")
            sheet.write_row(n + 1, 0, (*name, day, "Dronten", pc4, "", f"liefst ochtend {n}"))


def measure(path: Path) -> bool:
    """Whether it was quick and small enough."""
    import django  # noqa: PLC0415 - the environment came with the process

    django.setup()
    from django.test import Client  # noqa: PLC0415

    from core.imports import clock  # noqa: PLC0415
    from core.imports.models import ImportBatch  # noqa: PLC0415
    from tests.factories.programmes import CohortFactory, CohortTeacherFactory  # noqa: PLC0415

    cohort = CohortFactory(capacity=30_000)
    teacher = CohortTeacherFactory(cohort=cohort).membership.person.user
    client = Client()
    client.force_login(teacher, backend="accounts.backends.AccountBackend")
    address = f"/school/{cohort.programme.school.slug}/cohorten/{cohort.public_id}/studenten/inlezen/"
    client.get(address)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    began, worked = time.monotonic(), _worked()
    with path.open("rb") as file:
        client.post(address, {"file": file})
    handed_in = time.monotonic() - began
    clock.work_off()
    batch = ImportBatch.objects.get()
    page = client.get(f"{address}{batch.public_id}/")
    total = time.monotonic() - began
    most = _say(batch, page.status_code, handed_in, total, before)
    print(f"processor {_worked() - worked:.1f} s, without the database")
    return total <= SECONDS and most <= MEGABYTES


def _say(batch: Any, status: int, handed_in: float, total: float, before: float) -> float:
    """Prints what was measured; gives the most memory that one of the two held, in megabytes."""
    counts = ", ".join(f"{number:,} {verdict}" for verdict, number in sorted(batch.counts.items()))
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    reader = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(
        f"{batch.row_count:,} rows ({counts}), page {status}: handed in {handed_in:.1f} s, checked {total:.1f} s, "
        f"memory {own:.0f} MB (+{own - before:.0f}), and in the reader at most {reader:.0f} MB"
    )
    return max(own, reader)


def _worked() -> float:
    """Seconds of the processor that this process and the reader of the workbook took."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    if sys.argv[2:] == ["measure"]:
        sys.exit(not measure(Path(sys.argv[1])))
    else:
        sys.exit(main())
