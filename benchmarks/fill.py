"""`python -m benchmarks.fill SIZE`: the invented region in the migrated database that DATABASE_URL names."""

import sys
import time

import django

if __name__ == "__main__":
    django.setup()
    from django.db import connection, transaction

    from benchmarks import learners, region
    from benchmarks.world import World
    from core.append_only import as_role

    began = time.monotonic()
    world = World(int(sys.argv[1]))
    with as_role("owner"):  # sets sequences, and counts what is in the tables
        with transaction.atomic():
            region.fill(world)
            learners.fill(world)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # what autovacuum would do by itself in a while
    counts = world.loader.counts
    print(f"{sum(counts.values()):,} rows in {time.monotonic() - began:.0f} s")
