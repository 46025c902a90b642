"""`python -m benchmarks.fill SIZE NOTE`: the invented region in the migrated database of DATABASE_URL.

NOTE is the file that tells how long it took.
"""

import json
import sys
import time
from pathlib import Path

import django

if __name__ == "__main__":
    django.setup()
    from django.db import connection, transaction

    from benchmarks import learners, region, traces
    from benchmarks.plainly import tables_alone
    from benchmarks.world import World
    from core.append_only import as_role

    began = time.monotonic()
    world = World(int(sys.argv[1]))
    with as_role("owner"):  # sets sequences, and counts what is in the tables
        with transaction.atomic(), tables_alone(print):
            for part in (region, learners, traces):
                part.fill(world)
                print(f"{part.__name__}: {time.monotonic() - began:.0f} s", flush=True)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")  # what autovacuum would do by itself in a while
    how = {"rows": sum(world.loader.counts.values()), "seconds": round(time.monotonic() - began)}
    print(f"{how['rows']:,} rows in {how['seconds']} s")
    Path(sys.argv[2]).write_text(json.dumps(how))
